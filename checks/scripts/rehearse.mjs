// Rehearses a release: versions what is committed, publishes it to a local registry, installs it from there into an empty project and fits
// a model. Then it runs the quick start with npx in an empty folder, and the scripts of a project made by npm create.
import assert from 'node:assert/strict';
import { execFileSync, spawn } from 'node:child_process';
import {
  cpSync,
  existsSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  rmSync,
  symlinkSync,
  writeFileSync,
} from 'node:fs';
import { createServer } from 'node:net';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';

const root = join(import.meta.dirname, '../..');
const folder = mkdtempSync(join(tmpdir(), 'churn-rehearsal-'));
const inFolder = (name) => join(folder, name);
const said = (text) => process.stdout.write(`${text}\n`);

const port = await new Promise((resolve) => {
  const server = createServer().listen(0, '127.0.0.1', () => {
    const { port } = server.address();
    server.close(() => resolve(port));
  });
});
const registry = `http://127.0.0.1:${port}/`;
const identity = { NAME: 'rehearsal', EMAIL: 'rehearsal@example.invalid' };
const env = { ...process.env, npm_config_loglevel: 'error' };
for (const [key, value] of Object.entries(identity)) {
  env[`GIT_AUTHOR_${key}`] = env[`GIT_COMMITTER_${key}`] = value;
}

function run(command, args, cwd, more = {}) {
  try {
    return execFileSync(command, args, {
      cwd,
      env: { ...env, ...more },
      encoding: 'utf8',
      stdio: ['ignore', 'pipe', 'pipe'],
    });
  } catch ({ message, stdout, stderr }) {
    throw new Error(`${command} ${args.join(' ')}: ${message}\n${stdout}\n${stderr}`);
  }
}

/** npm's package cache without npx's installations, since an earlier rehearsal may have installed the same versions from other sources. */
function cacheOfItsOwn() {
  const folder = inFolder('npm-cache');
  mkdirSync(folder);
  const cache = run('npm', ['config', 'get', 'cache'], root).trim();
  symlinkSync(join(cache, '_cacache'), join(folder, '_cacache'));
  return folder;
}
const readJson = (...path) => JSON.parse(readFileSync(join(...path), 'utf8'));
const install = (cwd, ...names) =>
  run('npm', ['install', '--prefer-offline', '--no-audit', '--no-fund', ...names], cwd);

let verdaccio;
try {
  said('starting a registry');
  const tools = inFolder('tools');
  mkdirSync(tools);
  // The last Verdaccio for Node 20 requires a tag of node-fetch that some mirrors lack.
  writeFileSync(join(tools, 'package.json'), '{ "private": true, "overrides": { "node-fetch": "2.7.0" } }');
  install(tools, 'verdaccio@6.8.0');
  writeFileSync(
    inFolder('verdaccio.yaml'),
    `storage: ${inFolder('storage')}
packages:
  '**':
    access: $all
    publish: $all
log: { type: stdout, format: pretty, level: error }
`,
  );
  verdaccio = spawn(
    process.execPath,
    [
      join(tools, 'node_modules/verdaccio/bin/verdaccio'),
      '--config',
      inFolder('verdaccio.yaml'),
      '--listen',
      `127.0.0.1:${port}`,
    ],
    { cwd: folder, stdio: ['ignore', 'ignore', 'inherit'] },
  );
  const answers = () =>
    fetch(`${registry}-/ping`).then(
      ({ ok }) => ok,
      () => false,
    );
  for (let tries = 0; !(await answers()); tries++) {
    assert(tries < 100 && verdaccio.exitCode === null, 'the registry does not answer');
    await new Promise((resolve) => setTimeout(resolve, 200));
  }

  said('raising the versions of a clone');
  const clone = inFolder('clone');
  run('git', ['clone', '--quiet', root, clone], folder);
  // Versioning and publishing only need the tools and the workspace's packages.
  symlinkSync(join(root, 'node_modules'), join(clone, 'node_modules'));
  const changeset = (...args) => run(join(root, 'node_modules/.bin/changeset'), ...args);
  changeset(['version'], clone);
  run('git', ['remote', 'set-url', 'origin', 'git@example.invalid:owner/name.git'], clone);
  run(process.execPath, ['checks/scripts/describe-packages.mjs', '--origin'], clone);
  run(process.execPath, ['checks/scripts/npm-readmes.mjs'], clone);
  const directories = new Map(
    ['packages', 'apps']
      .flatMap((group) => readdirSync(join(clone, group)).map((name) => join(group, name)))
      .concat('data/generator')
      .map((directory) => [readJson(clone, directory, 'package.json').name, directory]),
  );
  const published = [];
  for (const [, directory] of directories) {
    const path = join(clone, directory);
    const manifest = readJson(path, 'package.json');
    if (manifest.private) continue;
    assert.notEqual(manifest.version, '0.0.0', `${manifest.name} has no changeset`);
    assert(existsSync(join(path, 'CHANGELOG.md')), `${manifest.name} has no changelog`);
    cpSync(join(root, directory, 'dist'), join(path, 'dist'), { recursive: true });
    for (const name of Object.keys({ ...manifest.dependencies, ...manifest.devDependencies })) {
      const target = directories.get(name);
      if (target === undefined) continue;
      const link = join(path, 'node_modules', name);
      mkdirSync(dirname(link), { recursive: true });
      symlinkSync(join(clone, target), link);
    }
    // Only the publishing workflow can sign provenance.
    manifest.publishConfig.provenance = false;
    writeFileSync(join(path, 'package.json'), JSON.stringify(manifest, null, 2));
    published.push(manifest);
  }

  said('publishing');
  // Publishing requires a login; this registry accepts any.
  writeFileSync(inFolder('npmrc'), `//127.0.0.1:${port}/:_authToken=rehearsal\n`);
  const asSomebody = { npm_config_registry: registry, npm_config_userconfig: inFolder('npmrc') };
  changeset(['publish'], clone, asSomebody);

  said('installing into an empty project');
  const project = inFolder('project');
  mkdirSync(project);
  writeFileSync(join(project, 'package.json'), '{ "name": "elsewhere", "private": true }');
  writeFileSync(join(project, '.npmrc'), `@churn:registry=${registry}\n`);
  install(project, ...published.map(({ name }) => name));
  for (const { name, version } of published) {
    const installed = readJson(project, 'node_modules', name, 'package.json');
    assert.equal(installed.version, version);
    assert.doesNotMatch(JSON.stringify(installed.dependencies ?? {}), /workspace:/);
    assert.equal(installed.repository.url, 'git+https://example.invalid/owner/name.git');
    assert(existsSync(join(root, installed.repository.directory, 'package.json')));
    const readme = readFileSync(join(project, 'node_modules', name, 'README.md'), 'utf8');
    assert.match(readme, /\(https:\/\/example\.invalid\/owner\/name\/blob\/main\//);
    said(`  ${name}@${version}`);
  }
  cpSync(join(root, 'checks/test/browser/fit.js'), join(project, 'fit.mjs'));
  writeFileSync(
    join(project, 'run.mjs'),
    "import { fit } from './fit.mjs';\nconsole.log(fit().flat().every((p) => p >= 0 && p <= 1), fit().length);",
  );
  assert.equal(run(process.execPath, ['run.mjs'], project), 'true 4\n');

  said('the quick start in an empty folder');
  // Everything else is in npm's cache now; other requests go to a proxy that does not exist.
  const offline = {
    npm_config_cache: cacheOfItsOwn(),
    npm_config_prefer_offline: 'true',
    npm_config_proxy: 'http://127.0.0.1:9',
    npm_config_https_proxy: 'http://127.0.0.1:9',
    npm_config_noproxy: '127.0.0.1',
    npm_config_fetch_retries: '0',
    npm_config_audit: 'false',
    npm_config_userconfig: inFolder('npmrc'),
  };
  writeFileSync(inFolder('npmrc'), `@churn:registry=${registry}\n`);
  const empty = inFolder('empty');
  mkdirSync(empty);
  const rows = Array.from(
    { length: 200 },
    (_, i) => `${'ABC'[i % 3]},${i},${(i * 37) % 101},${(i * 37) % 101 > 55 + (i % 9) ? 'yes' : 'no'}`,
  );
  writeFileSync(join(empty, 'customers.csv'), `plan,tenure,usage,left\n${rows.join('\n')}\n`);
  const churn = (...args) => run('npx', ['-y', '@churn/cli', ...args], empty, offline);
  const isThere = (...path) => assert(existsSync(join(...path)), `there is no ${path.at(-1)}`);
  churn('init', '--data', 'customers.csv', '--target', 'left');
  churn('train', '--preset', 'fast', '--no-images', '--no-report');
  churn('predict', '--input', 'customers.csv', '--output', 'scored.csv', '--explain');
  isThere(empty, 'outputs/latest/models/training_report.md');
  assert.match(readFileSync(join(empty, 'scored.csv'), 'utf8'), /left_probability/);

  said('npm create');
  run(
    'npm',
    ['create', '-y', '@churn', 'my-case', '--', '--data', 'customers.csv', '--target', 'left'],
    empty,
    offline,
  );
  const created = join(empty, 'my-case');
  run('npm', ['run', 'train', '--', '--preset', 'fast', '--no-images', '--no-report'], created, offline);
  run('npm', ['run', 'campaign'], created, offline);
  isThere(created, 'outputs/campaign.html');
  run('npm', ['test'], created, offline);
  said('works');
} finally {
  verdaccio?.kill();
  rmSync(folder, { recursive: true, force: true });
}
