import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createLogger } from '../terminal/logger.js';
import { saveSmallModel } from '../testing/small-model.js';
import { saveSurvivalModel } from '../testing/survival-model.js';
import { saveValueModel } from '../testing/value-model.js';
import { explain } from './explain.js';

const folder = mkdtempSync(join(tmpdir(), 'churn-explain-'));
const at = (name: string) => join(folder, name);

beforeAll(async () => {
  await saveSmallModel(at('classes.json'), { threshold: 0.3 });
  await saveValueModel(at('value.json'));
  await saveSurvivalModel(at('survival.json'));
  const rows = Array.from(
    { length: 200 },
    (_, i) => `${'ABC'[i % 3]},${(i * 37) % 100},${20 + (i % 50)},${i % 60}`,
  );
  writeFileSync(at('rows.csv'), ['plan,usage,age,tenure', ...rows].join('\n'));
});

afterAll(() => rmSync(folder, { recursive: true }));

async function changes(model: string, target?: number) {
  const counterfactuals = { data: at('rows.csv'), fixed: [], monotone: {}, passesOver: true, target };
  const { text, figures } = await explain(
    {
      ...{ input: at('rows.csv'), top: 1, rows: [1, 3], counterfactuals },
      model: { name: model, file: at(model) },
    },
    createLogger(),
  );
  return { text, rows: JSON.parse(JSON.stringify(figures)).rows };
}

it('shows the decision that counterfactuals alter, with its probability and threshold', async () => {
  const { text, rows } = await changes('classes.json');
  expect(rows.map(({ decision }: { decision: object }) => decision)).toEqual([
    { label: 'no', positive: 'yes', prediction: rows[0].probability, threshold: 0.3 },
    { label: 'yes', positive: 'yes', prediction: rows[1].probability, threshold: 0.3 },
  ]);
  expect(rows[0].counterfactuals[0]).toMatchObject({ label: 'yes' });
  expect(text).toMatch(
    /predicted "no": the probability of "yes" is 0\.0\d+, below the threshold of 0\.3000;/,
  );
  expect(text).toMatch(
    /predicted "yes": its probability is 0\.[3-9]\d+, not below the threshold of 0\.3000;/,
  );
});

it('shows the predicted value, and from which side the other is to be reached', async () => {
  const { text, rows } = await changes('value.json', 100);
  expect(rows[0].decision).toEqual({ prediction: rows[0].prediction, threshold: 100 });
  expect(text).toMatch(/predicted [\d.]+, below 100; changes that would raise it to 100:\nwould be 1\d\d/);
  expect(text).toMatch(
    /predicted [\d.]+, not below 100; changes that would lower it below 100:\nwould be \d\d/,
  );
});

it('rejects interactions of a model without trees, and names it', async () => {
  const model = { name: 'classes', file: at('classes.json') };
  await expect(
    explain({ input: at('rows.csv'), top: 1, model, interactions: true }, createLogger()),
  ).rejects.toThrow(/^--interactions: expected a tree model, .*, got LogisticRegression;/);
});

it.each([
  [
    'value.json',
    undefined,
    '--target: expected the value to reach, since the model predicts values, got none',
  ],
  ['classes.json', 0.4, '--target 0.4: expected none, since the model predicts classes'],
  ['survival.json', undefined, '--counterfactuals needs a classification or regression model'],
])('%s with the target %s is rejected', async (model, target, message) => {
  await expect(changes(model, target)).rejects.toThrow(message);
});
