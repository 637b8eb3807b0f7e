// Renames the scope of all packages for somebody who publishes them under another: `node checks/scripts/rename-scope.mjs @acme`.
// It changes every file under version control that names it: package names, imports, documentation, expectations of tests.
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
    `expected a scope of small letters, digits and hyphens, such as @acme; got ${JSON.stringify(process.argv[2] ?? '')}`,
  );
}
const { scope } = project();
if (to === scope) fail(`the scope is @${scope} already`);

/** Files that earlier versions have written stay as they are: they must remain readable. */
const KEPT = /(^|\/)test\/(fixtures|model-files)\/.*\.json$/;
/** `@churn/model` is what every model file says that it is, whoever published the program that wrote it. */
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
// The width of a table follows that of the names in it.
execFileSync(process.execPath, ['checks/scripts/describe-packages.mjs'], { cwd: ROOT });
process.stdout.write(
  `@${scope} is @${to} in ${changed} files. Now run pnpm install, pnpm format and pnpm build, then pnpm test.\n`,
);
