import { type FittedModel, FittedPipeline, Pipeline, Random, Table } from '@churn/core';
import {
  FittedCalibratedClassifier,
  FittedVotingClassifier,
  GradientBoostingClassifier,
  GradientBoostingRegressor,
  LogisticRegression,
  treeShapInteractions,
} from '@churn/models';
import { OneHotEncoder } from '@churn/transforms';
import { interactionsOf, interactionUnit, typicalInteractions } from './interactions.js';
import { interactionTable, requireInteractions, rowInteractions } from './row-interactions.js';

const random = new Random(3);
const rows = Array.from({ length: 200 }, () => ({
  a: random.uniform() - 0.5,
  b: random.uniform() - 0.5,
  c: random.uniform(),
  plan: ['basic', 'plus', 'free'][random.int(3)],
}));
const x = Table.fromRows(rows);
/** `a` and `b` count together alone, `c` counts alone. */
const amounts = rows.map(({ a, b, c, plan }) => (a * b > 0 ? 4 : 0) + 3 * c + (plan === 'plus' ? 1 : 0));
const labels = amounts.map((amount) => (amount > 3.5 ? 'yes' : 'no'));
const boosting = { nEstimators: 20, maxDepth: 3, minSamplesLeaf: 5 };
const ofClasses = new Pipeline([new OneHotEncoder()], new GradientBoostingClassifier(boosting)).fit(
  x,
  labels,
);
const linear = new Pipeline([new OneHotEncoder()], new LogisticRegression()).fit(x, labels);

describe('interactionsOf', () => {
  it('finds the interacting pair, in regression and classification', () => {
    const ofValues = new Pipeline([], new GradientBoostingRegressor(boosting)).fit(x, amounts);
    for (const model of [ofValues, ofClasses] as FittedPipeline<FittedModel>[]) {
      const [first, second] = typicalInteractions(model, x);
      expect(first.columns).toEqual(['a', 'b']);
      expect(first.values).toHaveLength(40);
      expect(first.strength).toBeGreaterThan(2 * second.strength);
    }
  });

  it('adds up the pairs of features derived from the same columns', () => {
    const few = x.take([0, 1, 2]);
    const [{ interactions }] = treeShapInteractions(ofClasses.model, ofClasses.transform(few));
    const { features } = ofClasses.model;
    const made = [...features.keys()].filter((f) => features[f].startsWith('plan'));
    expect(made).toHaveLength(3);
    const found = interactionsOf(ofClasses, few)?.find(({ columns }) => columns.join() === 'c,plan');
    const c = features.indexOf('c');
    for (const row of few.numeric('c').keys()) {
      const sum = made.reduce((total, f) => total + interactions[c][f][row] + interactions[f][c][row], 0);
      expect(found?.values[row]).toBeCloseTo(sum, 12);
    }
  });

  it('uses the member of largest weight of a calibrated ensemble, and returns nothing for models without trees', () => {
    const blend = (weights: [number, number]) =>
      new FittedPipeline<FittedModel>(
        ofClasses.schema,
        [],
        new FittedCalibratedClassifier(new FittedVotingClassifier([linear, ofClasses], weights), []),
      );
    expect(interactionsOf(blend([0.3, 0.7]), x.take([5]))).toEqual(interactionsOf(ofClasses, x.take([5])));
    expect(interactionsOf(blend([0.7, 0.3]), x)).toBeUndefined();
    expect(typicalInteractions(linear, x)).toEqual([]);
  });
});

it('interactions of a row are shown, and rejected for a model without trees', () => {
  const found = rowInteractions(ofClasses, x.take([4]), 2);
  expect(found).toHaveLength(2);
  expect(found[0]).toMatchObject({ columns: ['a', 'b'], unit: interactionUnit(ofClasses) });
  const table = interactionTable([{ columns: ['Total_Ct', 'Age'], contribution: -0.25, unit: 'log-odds' }]);
  expect(table).toMatch(/columns together, beyond each alone +│ log-odds/);
  expect(table).toMatch(/Total Ct and Age +│ +-0\.25 /);
  expect(() => requireInteractions(linear)).toThrow(
    expect.objectContaining({
      code: 'invalid-parameter',
      message: expect.stringContaining('a tree model'),
    }),
  );
});
