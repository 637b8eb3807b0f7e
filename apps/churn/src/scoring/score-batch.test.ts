import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { type Classifier, Labels, Pipeline, Table } from '@churn/core';
import { saveModel } from '@churn/io';
import { GradientBoostingClassifier, LogisticRegression, RandomForestClassifier, SVC } from '@churn/models';
import {
  CategoryEncoder,
  MeanImputer,
  ModeImputer,
  PolynomialFeatures,
  StandardScaler,
} from '@churn/transforms';
import { predict } from '../commands/predict';
import { createModel } from '../model/models';
import type { Logger } from '../terminal/logger';

/** A row fails alone: whatever the model, each row gets what it gets without the hostile ones, or is rejected with a reason. */
const silent = { info: () => undefined, warn: () => undefined } as unknown as Logger;
const n = 120;
const usage = Array.from({ length: n }, (_, i) => (i * 37) % 100);
const x = Table.fromColumns({
  plan: usage.map((_, i) => 'ABC'[i % 3]),
  usage,
  age: usage.map((_, i) => 20 + (i % 50)),
});
const y = Labels.from(usage.map((value, i) => (value + (i % 3) * 15 > 75 ? 'yes' : 'no')));
const clean = [new MeanImputer(), new ModeImputer(), new CategoryEncoder({ folds: 2 })];
const scaled = [...clean, new StandardScaler()];
const squared = [...clean, new PolynomialFeatures({ degree: 2 }), new StandardScaler()];

const models: [string, Pipeline['steps'], Classifier][] = [
  ['a logistic regression of degree 2', squared, new LogisticRegression()],
  ['a support vector machine', scaled, new SVC()],
  ['a polynomial support vector machine', scaled, new SVC({ kernel: 'poly' })],
  ['a forest', clean, new RandomForestClassifier({ nEstimators: 5 })],
  ['boosting', [], new GradientBoostingClassifier({ nEstimators: 5, minSamplesLeaf: 5 })],
  ['libsvm', scaled, createModel('LibsvmSvc', {}, { seed: 0 }) as Classifier],
  [
    'a logistic regression of ml.js',
    scaled,
    createModel('MlLogisticRegression', { numSteps: 50 }, { seed: 0 }) as Classifier,
  ],
  ['a forest of ml.js', clean, createModel('MlRandomForest', { nEstimators: 3 }, { seed: 0 }) as Classifier],
];

const HOSTILE = ['-1e308', '1.7e308', '1e200', '-1e155', '5e-324'];
const GOOD = [
  ['A', '5', '30'],
  ['B', '', '31'],
  ['', '99', '-2'],
];
const mixed = HOSTILE.flatMap((value, i) => [GOOD[i % 3], ['C', value, i % 2 === 0 ? value : '40']]);

let folder: string;
const path = (name: string) => join(folder, name);
beforeAll(() => {
  folder = mkdtempSync(join(tmpdir(), 'churn-isolate-'));
});
afterAll(() => rmSync(folder, { recursive: true }));

const csv = (rows: readonly string[][]) => ['plan,usage,age', ...rows.map((row) => row.join(','))].join('\n');
const jsonl = (rows: readonly string[][]) =>
  rows
    .map(
      ([plan, used, age]) =>
        `{"plan":${plan ? JSON.stringify(plan) : null},"usage":${used || null},"age":${age}}`,
    )
    .join('\n');

describe.each(models)('%s', (_, steps, classifier) => {
  it.each([
    ['csv', csv],
    ['jsonl', jsonl],
  ] as const)('rejects a row of %s alone', async (format, write) => {
    await saveModel(path('m.json'), new Pipeline(steps, classifier).fit(x, y), {});
    for (const explain of [false, true]) {
      const run = async (name: string, rows: readonly string[][]) => {
        const [input, output] = [path(`${name}.${format}`), path(`${name}.scored`)];
        writeFileSync(input, write(rows));
        const model = { name: 'm.json', file: path('m.json') };
        await predict({ input, model, output, format, explain }, silent);
        return readFileSync(output, 'utf8')
          .trimEnd()
          .split('\n')
          .slice(format === 'csv' ? 1 : 0);
      };
      const alone = await run('good', GOOD);
      const among = await run('mixed', mixed);
      HOSTILE.forEach((_, i) => {
        expect(among).toContain(alone[i % 3]);
      });
      for (const line of among) {
        const probability = format === 'csv' ? line.split(',')[3] : JSON.parse(line).churn_probability;
        expect(Number(probability) >= 0 && Number(probability) <= 1 && probability !== '').toBe(true);
        expect(line).not.toMatch(/NaN|Infinity|∞/);
      }
      const rejected = rejectedLines(path('mixed.scored.rejected.csv'));
      expect(among.length + rejected.length).toBe(mixed.length);
      for (const line of rejected) expect(line).toMatch(/^\d+,"column ""(usage|age)"": /);
    }
  });
});

function rejectedLines(file: string): string[] {
  try {
    return readFileSync(file, 'utf8').trimEnd().split('\n').slice(1);
  } catch {
    return [];
  }
}
