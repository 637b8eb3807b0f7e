import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { explain } from '../commands/explain';
import { loadAnyModel, timeless } from '../scoring/scoring-model';
import { createLogger } from '../terminal/logger';
import { saveSmallModel } from '../testing/small-model';
import { createCounterfactualFinder, seenRows } from './counterfactual-finder';

let folder: string;
let file: string;
let data: string;

beforeAll(async () => {
  folder = mkdtempSync(join(tmpdir(), 'churn-'));
  file = join(folder, 'small.model.json');
  data = join(folder, 'seen.csv');
  await saveSmallModel(file);
  const rows = Array.from({ length: 150 }, (_, i) => `${'ABC'[i % 3]},${(i * 37) % 100},${20 + (i % 50)}`);
  writeFileSync(data, `plan,usage,age\n${rows.join('\n')}\nA,1e300,30\n`);
});

afterAll(() => rmSync(folder, { recursive: true }));

it('finds counterfactuals, in words', async () => {
  const scoring = timeless(await loadAnyModel(file), file, 'this');
  const seen = await seenRows(data, scoring);
  // The last row has no score, since a product overflows.
  expect(seen.nRows).toBe(150);
  const find = createCounterfactualFinder(scoring, seen, {
    fixed: ['plan'],
    monotone: { age: 'up' },
    count: 2,
  });
  const x = seen.take([0, 1, 2, 3, 4, 5, 6, 7]);
  const decided = Array.from<unknown>(scoring.model.predict(x));
  find(x).forEach((found, i) => {
    expect(found.length).toBeGreaterThan(0);
    for (const { label, text } of found) {
      expect(label).not.toBe(decided[i]);
      expect(text).toMatch(new RegExp(`^would be "${label}" if (usage|age) were \\d+, not \\d+`));
    }
  });
  const { fixed, monotone } = { fixed: [], monotone: {} };
  const towards = createCounterfactualFinder(scoring, seen, { fixed, monotone, label: 'yes' });
  expect(towards(x).map((found) => found.length > 0)).toEqual(decided.map((label) => label !== 'yes'));
});

it('appears with the reasons of churn explain', async () => {
  const options = { input: data, model: { name: file, file }, rows: [1], top: 2 };
  const logger = createLogger();
  expect((await explain(options, logger)).text).not.toContain('would be');
  const counterfactuals = { data, fixed: [], monotone: {}, count: 2 };
  expect((await explain({ ...options, counterfactuals }, logger)).text).toMatch(
    /would be "yes" if .* \(probability of "yes" 0\.\d{4}\)\nwould be "yes" if /,
  );
  await expect(
    explain({ ...options, counterfactuals: { ...counterfactuals, fixed: ['nothing'] } }, logger),
  ).rejects.toThrow('fixed: expected columns of the model: plan, usage, age, got "nothing"');
});
