// Builds the site with those of earlier versions: this working tree at the root, and the last release of each earlier minor version of
// @churn/core, found by its tag, at v/0.1/. All lie in docs/.vitepress/dist.
import { execFileSync } from 'node:child_process';
import { cpSync, mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { ROOT } from './entry-points.mjs';

const BASE = process.env.DOCS_BASE ?? '/';
/** Each takes some minutes to build. */
const MAX_VERSIONS = 4;
const DIST = 'docs/.vitepress/dist';

const { name, version } = JSON.parse(readFileSync(join(ROOT, 'packages/core/package.json'), 'utf8'));
const tags = run('git', ['tag', '--list', `${name}@*`, '--sort=version:refname'], ROOT)
  .split('\n')
  .filter(Boolean);
/** The last tag of each minor version. */
const tagOf = new Map(tags.map((tag) => [minorOf(tag.slice(name.length + 1)), tag]));
tagOf.delete(minorOf(version));
const earlier = [...tagOf.keys()].slice(-MAX_VERSIONS).reverse();

build(ROOT, BASE);
for (const minor of earlier) {
  const folder = mkdtempSync(join(tmpdir(), 'churn-docs-'));
  const tree = join(folder, minor);
  run('git', ['worktree', 'add', '--detach', tree, tagOf.get(minor)], ROOT);
  run('pnpm', ['install', '--frozen-lockfile'], tree);
  build(tree, `${BASE}v/${minor}/`);
  cpSync(join(tree, DIST), join(ROOT, DIST, 'v', minor), { recursive: true });
  run('git', ['worktree', 'remove', '--force', tree], ROOT);
  rmSync(folder, { recursive: true });
}

function minorOf(text) {
  return text.split('.').slice(0, 2).join('.');
}

function build(tree, base) {
  run('pnpm', ['site'], tree, { ...process.env, DOCS_BASE: base, DOCS_VERSIONS: earlier.join(' ') });
}

function run(command, args, cwd, env = process.env) {
  return execFileSync(command, args, { cwd, env, encoding: 'utf8', stdio: ['ignore', 'pipe', 'inherit'] });
}
