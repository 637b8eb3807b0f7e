import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { gzipSync } from 'node:zlib';
import { ENTRIES } from './entries';
import { root, run } from './process';

/** The bytes that each entry may have, minified and compressed, without what it imports of other packages. */
const limits: Readonly<Record<string, number>> = JSON.parse(
  readFileSync(join(root, 'checks/sizes.json'), 'utf8'),
);

it('has a limit for each published entry, and for no others', () => {
  expect(Object.keys(limits)).toEqual(ENTRIES.map(({ name }) => name));
});

it.each(ENTRIES)('$name stays within its limit', ({ name, file }) => {
  const args = ['--bundle', '--minify', '--format=esm', '--platform=node', '--packages=external', file];
  const bytes = gzipSync(run(join(root, 'checks/node_modules/.bin/esbuild'), args, root)).length;
  // An entry that is really meant to grow gets another limit in checks/sizes.json.
  expect(bytes).toBeLessThanOrEqual(limits[name]!);
  expect(bytes).toBeGreaterThan(500);
});

/** Prints what Vite makes of a module. It loads as an ES module alone, which jest does not. */
const BUNDLE = `
  import { build } from 'vite';
  const [source] = process.argv.slice(1);
  const resolveId = (id) => (id.endsWith('only-this') ? 'only-this.js' : undefined);
  const plugin = { name: 'source', enforce: 'pre', resolveId, load: (id) => (id === 'only-this.js' ? source : undefined) };
  const lib = { entry: 'only-this', formats: ['es'] };
  const [{ output }] = await build({ configFile: false, logLevel: 'silent', plugins: [plugin], build: { write: false, lib } });
  process.stdout.write(output[0].code);
`;

it('a bundle excludes unused models', () => {
  const source = "export { LogisticRegression } from '@churn/models';";
  const args = ['--input-type=module', '-e', BUNDLE, source];
  const bundle = run(process.execPath, args, join(root, 'checks'));
  expect(bundle).toContain('penalizeIntercept');
  // Of other models: parameters, and a name by which model files refer to one.
  for (const foreign of ['minSamplesLeaf', 'nNeighbors', 'DummyClassifier']) {
    expect(bundle).not.toContain(foreign);
  }
});
