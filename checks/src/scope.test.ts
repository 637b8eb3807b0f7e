import { execFile, spawnSync } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { parse } from 'yaml';
import { root, run } from './process';

const [, scope] = /^@([^/]+)\//.exec(JSON.parse(readFileSync(join(root, 'package.json'), 'utf8')).name) ?? [];
const other = scope === 'acme' ? 'umbrella' : 'acme';
const folder = mkdtempSync(join(tmpdir(), 'churn-scope-'));

afterAll(() => rmSync(folder, { recursive: true }));

describe('the scope of all packages, renamed in a clone', () => {
  const clone = join(folder, 'clone');
  const script = join(clone, 'checks/scripts/rename-scope.mjs');

  beforeAll(() => {
    run('git', ['clone', '--quiet', '--shared', root, clone], folder);
    run(process.execPath, [script, `@${other}`], clone);
  });

  it('appears only in files written by earlier versions, and in the name of their format', () => {
    const pattern = `@${scope}([^/a-z-]|/(?!model[^s]))`;
    const { stdout } = spawnSync('git', ['grep', '-lIP', pattern], { cwd: clone, encoding: 'utf8' });
    const left = stdout.split('\n').filter(Boolean);
    expect(left.filter((file) => !/\/test\/(fixtures|model-files)\/.*\.json$/.test(file))).toEqual([]);
    expect(left.length).toBeGreaterThan(0);
  });

  it('leaves the lockfile consistent with the packages', () => {
    const lockfile = parse(readFileSync(join(clone, 'pnpm-lock.yaml'), 'utf8'));
    const importers: readonly [
      string,
      Record<string, Record<string, { specifier: string; version: string }>>,
    ][] = Object.entries(lockfile.importers);
    const manifestOf = (path: string) => JSON.parse(readFileSync(join(clone, path, 'package.json'), 'utf8'));
    let linked = 0;
    for (const [path, groups] of importers) {
      const manifest = manifestOf(path);
      expect(manifest.name).toMatch(new RegExp(`^@${other}/`));
      for (const [group, dependencies] of Object.entries(groups)) {
        const locked = Object.entries(dependencies).map(([name, { specifier }]) => [name, specifier]);
        if (group !== 'optionalDependencies') expect(Object.fromEntries(locked)).toEqual(manifest[group]);
        for (const [name, { version }] of Object.entries(dependencies)) {
          if (!version.startsWith('link:')) continue;
          expect(manifestOf(join(path, version.slice('link:'.length))).name).toBe(name);
          linked++;
        }
      }
    }
    expect(linked).toBeGreaterThan(50);
  });

  it.each(['', 'Acme', '@acme/core', '@-', `@${other}`])('rejects %j', (name) => {
    const { status, stderr } = spawnSync(process.execPath, [script, name], { cwd: clone, encoding: 'utf8' });
    expect(status).toBe(1);
    expect(stderr).toMatch(
      name === `@${other}` ? /^the scope is already @.*\n$/ : /^expected a scope of .*, got/,
    );
  });
});

describe('a release', () => {
  /** What the registry answers to a path; 403 to others. */
  let answers: Readonly<Record<string, unknown>>;
  let server: Server;
  let npmrc: string;
  let registry: string;

  beforeAll(async () => {
    server = createServer(({ url = '', headers }, response) => {
      const path = url.replace(/\?.*$/, '');
      const isKnown = headers.authorization === 'Bearer mine' && path in answers;
      response.writeHead(isKnown ? 200 : 403, { 'content-type': 'application/json' });
      response.end(JSON.stringify(isKnown ? answers[path] : {}));
    });
    await new Promise<void>((done) => server.listen(0, '127.0.0.1', done));
    const { port } = server.address() as AddressInfo;
    npmrc = join(folder, 'npmrc');
    registry = `http://127.0.0.1:${port}/`;
    writeFileSync(npmrc, `//127.0.0.1:${port}/:_authToken=mine\n`);
  });

  afterAll(() => server.close());

  /** What the check says before a release, and the status with which it ends. */
  const check = () =>
    new Promise<{ status: number; said: string }>((done) => {
      const env = {
        ...process.env,
        npm_config_userconfig: npmrc,
        npm_config_registry: registry,
        npm_config_fetch_retries: '0',
      };
      execFile(
        process.execPath,
        [join(root, 'checks/scripts/check-scope.mjs')],
        { cwd: root, env },
        (error, _, said) => done({ status: Number(error?.code ?? 0), said }),
      );
    });

  it('starts for a member of the organisation that owns the scope', async () => {
    answers = { '/-/whoami': { username: 'ann' }, [`/-/org/${scope}/user`]: { ann: 'developer' } };
    expect(await check()).toEqual({ status: 0, said: '' });
  });

  it('ends with one message for somebody who is not a member', async () => {
    answers = { '/-/whoami': { username: 'bob' }, [`/-/org/${scope}/user`]: { ann: 'owner' } };
    const { status, said } = await check();
    expect(status).toBe(1);
    expect(said).toMatch(
      new RegExp(
        `^Nothing was published: the scope @${scope} does not belong to the npm user "bob".*rename-scope\\.mjs @yours\\n$`,
      ),
    );
  });

  it('ends with one message if nobody is logged in', async () => {
    answers = {};
    expect(await check()).toEqual({
      status: 1,
      said: expect.stringMatching(/^Nothing was published: npm is not logged in.*NPM_TOKEN.*\n$/),
    });
  });
});
