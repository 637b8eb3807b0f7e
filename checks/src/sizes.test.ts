import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { gzipSync } from 'node:zlib';
import { ENTRIES } from './entries';
import { root, run } from './process';

/** The bytes that each entry may have, minified and compressed, without what it imports of other packages. */
const limits: Readonly<Record<string, number>> = JSON.parse(
  readFileSync(join(root, 'checks/sizes.json'), 'utf8'),
);

it('has a limit for each entry that is published, and for no others', () => {
  expect(Object.keys(limits)).toEqual(ENTRIES.map(({ name }) => name));
});

it.each(ENTRIES)('$name keeps within its limit', ({ name, file }) => {
  const args = ['--bundle', '--minify', '--format=esm', '--platform=node', '--packages=external', file];
  const bytes = gzipSync(run(join(root, 'checks/node_modules/.bin/esbuild'), args, root)).length;
  // An entry that is really meant to grow gets another limit in checks/sizes.json.
  expect(bytes).toBeLessThanOrEqual(limits[name]!);
  expect(bytes).toBeGreaterThan(500);
});
