// Copies the project's metadata from the root package.json into every published package: author and repository into its package.json, and
// badges and the list of related packages into its README. The root README gets badges, too.
//
// `--check` changes nothing and fails if a file is stale. With `--origin` the root first takes the repository that the remote `origin`
// names, as a release does: npm signs a package's provenance only if `repository` is that of the workflow. The working tree of a release is
// discarded, so forks need no changes.
import { execFileSync } from 'node:child_process';
import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { pageOf, project, publishedDirectories, ROOT, readManifest } from './project.mjs';

const isCheck = process.argv.includes('--check');
const stale = [];

/** Writes a file, or with `--check` records that it is stale. */
function write(file, content) {
  if (readFileSync(join(ROOT, file), 'utf8') === content) return;
  if (isCheck) stale.push(file);
  else writeFileSync(join(ROOT, file), content);
}
const json = (value) => `${JSON.stringify(value, null, 2)}\n`;
const fail = (message) => {
  process.stderr.write(`${message}\n`);
  process.exit(1);
};

const root = readManifest(ROOT);
if (process.argv.includes('--origin')) {
  const remote = execFileSync('git', ['remote', 'get-url', 'origin'], { cwd: ROOT, encoding: 'utf8' }).trim();
  const page = pageOf(remote);
  if (page === undefined) {
    fail(
      `The remote origin must be the address of a repository, such as https://example.com/owner/name.git, not ${remote}`,
    );
  }
  root.repository.url = `git+${page}.git`;
  root.bugs = `${page}/issues`;
  write('package.json', json(root));
}

const { page } = project();
const packages = publishedDirectories().map((directory) => ({
  directory,
  manifest: readManifest(join(ROOT, directory)),
}));

for (const { directory, manifest } of packages) {
  const { name, version, description, license, ...rest } = manifest;
  const said = {
    author: root.author,
    homepage: `${page}/tree/main/${directory}#readme`,
    repository: { type: 'git', url: root.repository.url, directory },
    bugs: root.bugs,
  };
  // Once for the position, once for the value.
  write(
    join(directory, 'package.json'),
    json({ name, version, description, license, ...said, ...rest, ...said }),
  );

  const file = join(directory, 'README.md');
  const readme = readFileSync(join(ROOT, file), 'utf8');
  const described = headed(readme, name, badges(manifest));
  const list = `\n## Related packages\n\n${others(directory)}\n`;
  write(
    file,
    described.replace(/(\n## Related packages\n[\s\S]*)?$/, () => list),
  );
}
const overview = readFileSync(join(ROOT, 'README.md'), 'utf8');
write('README.md', headed(overview, 'churn', badgesOfProject()));

/** A README with its title and the badges below it. */
function headed(readme, title, line) {
  return readme.replace(/^# .*\n(\n\[!\[.*\n)?/, () => `# ${title}\n\n${line}\n`);
}

function badge(label, image, link) {
  return `[![${label}](${image})](${link})`;
}

/** The badges of the project: tests, npm version, licence and documentation. */
function badgesOfProject() {
  const cli = packages.find(({ directory }) => directory === 'apps/churn').manifest.name;
  return [
    badge('tests', `${page}/actions/workflows/ci.yml/badge.svg`, `${page}/actions/workflows/ci.yml`),
    badge('npm', `https://img.shields.io/npm/v/${cli}`, `https://www.npmjs.com/package/${cli}`),
    badge(`licence: ${root.license}`, `https://img.shields.io/badge/licence-${root.license}-blue`, 'LICENSE'),
    badge('documentation', 'https://img.shields.io/badge/documentation-site-blue', root.homepage),
  ].join(' ');
}

/** The badges of a package: version, licence and, for a library, included types. */
function badges({ name, license, exports }) {
  const npm = `https://www.npmjs.com/package/${name}`;
  return [
    badge('npm', `https://img.shields.io/npm/v/${name}`, npm),
    badge(`licence: ${license}`, `https://img.shields.io/badge/licence-${license}-blue`, 'LICENSE'),
    ...(exports ? [badge('types: included', 'https://img.shields.io/badge/types-included-blue', npm)] : []),
  ].join(' ');
}

/** The other packages, with their descriptions, as a table. */
function others(directory) {
  const rows = packages
    .filter((each) => each.directory !== directory)
    .map(({ directory: other, manifest: { name, description } }) => [
      `[\`${name}\`](../${up(directory, other)}/README.md)`,
      description,
    ]);
  const width = (column) => Math.max(...rows.map((row) => row[column].length), 'package'.length);
  const line = (cells, fill = ' ') =>
    `| ${cells.map((cell, column) => cell.padEnd(width(column), fill)).join(' | ')} |`;
  return [line(['package', 'what it is']), line(['', ''], '-'), ...rows.map((row) => line(row))].join('\n');
}

/** The relative path from one package to another. */
function up(from, to) {
  return from.split('/')[0] === to.split('/')[0] ? to.split('/')[1] : `../${to}`;
}

if (stale.length > 0) {
  fail(`stale: ${stale.join(', ')}. Run node checks/scripts/describe-packages.mjs`);
}
