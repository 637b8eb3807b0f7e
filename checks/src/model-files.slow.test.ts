import { execFileSync } from 'node:child_process';
import { join } from 'node:path';
import { buildSync } from 'esbuild';
import type { Outcome } from '../test/model-files/fuzz';
import { SAMPLES } from '../test/model-files/model-samples';
import { root } from './process';
import { restorables } from './restorables';

/** How many damaged files are tried in all, and which. */
const { FUZZ = '2000', FUZZ_SEED = '1' } = process.env;

it('every class of model files has samples', () => {
  const types = restorables().map(({ type }) => type);
  expect(Object.keys(SAMPLES).sort()).toEqual([...new Set(types)].sort());
});

it('a damaged model file is rejected in one line, or returns probabilities', () => {
  const outcomes = Object.entries(fuzzed());
  const sumOf = (count: 'refused' | 'loaded') => outcomes.reduce((sum, [, { [count]: n }]) => sum + n, 0);
  const [refused, loaded] = [sumOf('refused'), sumOf('loaded')];
  process.stdout.write(
    `damaged model files: ${refused + loaded} tried, ${refused} refused, ${loaded} loaded and scored with\n`,
  );
  const faults = outcomes.flatMap(([type, { faults }]) => faults.map((fault) => ({ type, ...fault })));
  expect(faults).toEqual([]);
  expect(refused + loaded).toBeGreaterThanOrEqual(Number(FUZZ));
}, 3_600_000);

/** Runs the fuzzer beside jest, whose sandbox makes it many times slower. */
function fuzzed(): Record<string, Outcome> {
  const { outputFiles } = buildSync({
    entryPoints: [join(root, 'checks/test/model-files/fuzz.ts')],
    bundle: true,
    packages: 'external',
    platform: 'node',
    format: 'cjs',
    write: false,
  });
  const arguments_ = ['-', FUZZ, FUZZ_SEED];
  const printed = execFileSync(process.execPath, arguments_, {
    input: outputFiles[0].text,
    cwd: join(root, 'checks'),
    encoding: 'utf8',
    maxBuffer: 1 << 30,
  });
  return JSON.parse(printed);
}
