// Renames the scope of all packages, for publishing under another one: `node checks/scripts/rename-scope.mjs @acme`. It changes every
// tracked file that contains it: package names, imports, documentation and expectations of tests.
import { execFileSync } from 'node:child_process';
import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { project, ROOT } from './project.mjs';

const fail = (message) => {
  process.stderr.write(`${message}\n`);
  process.exit(1);
};
const [, to] = /^@?([a-z\d](?:[a-z\d-]*[a-z\d])?)$/.exec(process.argv[2] ?? '') ?? [];
if (to === undefined) {
  fail(
    `expected a scope of lower-case letters, digits and hyphens, such as @acme, got ${JSON.stringify(process.argv[2] ?? '')}`,
  );
}
const { scope } = project();
if (to === scope) fail(`the scope is already @${scope}`);

/** Files written by earlier versions, which must stay unchanged to remain readable. */
const KEPT = /(^|\/)test\/(fixtures|model-files)\/.*\.json$/;
/** `@churn/model` is the format name in every model file, independent of the scope. */
const names = new RegExp(`@${scope}(?![\\w-]|/model(?![\\w-]))`, 'g');

const git = (...args) => execFileSync('git', args, { cwd: ROOT, encoding: 'utf8', maxBuffer: 64 << 20 });
const files = git('grep', '-lI', '-z', '--fixed-strings', `@${scope}`).split('\0').filter(Boolean);
let changed = 0;
for (const file of files) {
  if (KEPT.test(file)) continue;
  const path = join(ROOT, file);
  const text = readFileSync(path, 'utf8');
  const renamed = text.replaceAll(names, `@${to}`);
  if (renamed === text) continue;
  writeFileSync(path, renamed);
  changed++;
}
// The widths of tables depend on names.
execFileSync(process.execPath, ['checks/scripts/describe-packages.mjs'], { cwd: ROOT });
process.stdout.write(
  `@${scope} is @${to} in ${changed} files. Now run pnpm install, pnpm format and pnpm build, then pnpm test.\n`,
);
