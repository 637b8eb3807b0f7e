import { Random, Table } from '@churn/core';
import { classifierConformance } from '@churn/core/testing';
import { ExtraTreesClassifier, type ExtraTreesOptions } from './extra-trees.js';
import { RandomForestClassifier } from './random-forest.js';

const random = new Random('extra trees');
const codes = Array.from({ length: 90 }, (_, row) => row % 3);
const y = codes.map((code) => ['high', 'low', 'mid'][code]);
const x = Table.fromColumns({
  a: codes.map((code) => (random.uniform() < 0.1 ? null : code + random.normal())),
  b: codes.map((code) => 100 * (code + random.normal())),
  noise: codes.map(() => random.normal()),
});
const text = (model: { state: unknown }) => JSON.stringify(model.state);

describe.each<ExtraTreesOptions>([
  { nEstimators: 6, minSamplesLeaf: 2, seed: 3 },
  { nEstimators: 5, criterion: 'entropy', maxDepth: 3, minSamplesLeaf: 2, bootstrap: true, oobScore: true },
])('ExtraTreesClassifier with %j', (options) => {
  it.each(
    classifierConformance({
      classifier: new ExtraTreesClassifier(options),
      others: [
        new ExtraTreesClassifier({ ...options, nEstimators: 3, maxDepth: 2 }),
        new ExtraTreesClassifier({ ...options, criterion: 'gini' }),
      ],
      restorable: ExtraTreesClassifier,
      x,
      y,
    }),
  )('$name', ({ run }) => run());
});

it('has the same first trees as a larger forest, and the same tops as deeper ones', () => {
  const settings: ExtraTreesOptions[] = [
    { nEstimators: 9, seed: 4 },
    { nEstimators: 4, seed: 4 },
    { nEstimators: 6, maxDepth: 2, seed: 4 },
    { nEstimators: 3, bootstrap: true, oobScore: true, seed: 4 },
  ];
  const specifications = settings.map((options) => new ExtraTreesClassifier(options));
  const together = specifications[0].fitMany(x, y, specifications);
  expect(together.map(text)).toEqual(specifications.map((specification) => text(specification.fit(x, y))));
  expect(new Set(together.map(text)).size).toBe(settings.length);
});

it('is reproducible by its seed, and samples thresholds instead of optimising them', () => {
  const options = { nEstimators: 3, bootstrap: false };
  const fit = (seed: number) => text(new ExtraTreesClassifier({ ...options, seed }).fit(x, y));
  expect(fit(1)).toBe(fit(1));
  expect(fit(2)).not.toBe(fit(1));
  const nodesOf = (model: { forest: { trees: { arrays: { bins: Uint8Array } } } }) =>
    model.forest.trees.arrays.bins.length;
  // Random splits separate less, so more of them are needed.
  expect(nodesOf(new ExtraTreesClassifier(options).fit(x, y))).toBeGreaterThan(
    nodesOf(new RandomForestClassifier(options).fit(x, y)),
  );
});

it('fits on all rows: each of its trees separates them', () => {
  const distinct = x.with({ b: codes.map((_, row) => row) });
  expect(new ExtraTreesClassifier({ nEstimators: 1 }).fit(distinct, y).predict(distinct)).toEqual(y);
});

it('explains and ranks: contributions add up, and noise is least important', () => {
  const model = new ExtraTreesClassifier({ nEstimators: 30, minSamplesLeaf: 3 }).fit(x, y);
  const probabilities = model.predictProba(x);
  model.attributions(x).outputs.forEach(({ baseline, contributions }, k) => {
    probabilities[k].forEach((p, row) => {
      expect(contributions.reduce((sum, values) => sum + values[row], baseline)).toBeCloseTo(p, 10);
    });
  });
  const importances = [...model.importances()];
  expect(Math.min(...importances)).toBe(importances[2]);
});

it('rejects an out-of-bag score without bootstrap, the default', () => {
  expect(() => new ExtraTreesClassifier({ oobScore: true })).toThrow(
    expect.objectContaining({
      code: 'invalid-parameter',
      message: 'oobScore: expected false if bootstrap is false, got true',
    }),
  );
  const { oobScore } = new ExtraTreesClassifier({ oobScore: true, bootstrap: true }).fit(x, y).forest;
  expect(oobScore).toBeGreaterThan(0.4);
});
