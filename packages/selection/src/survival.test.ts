import { Durations, exp, log, Pipeline, Random, Table } from '@churn/core';
import { DummyRegressor, GradientBoostingClassifier, LogisticRegression } from '@churn/models';
import { CoxRegression, concordance, DiscreteTimeHazards } from '@churn/survival';
import { StandardScaler } from '@churn/transforms';
import { crossValScore } from './cross-val-score.js';
import { permutationImportance } from './permutation-importance.js';
import { riskScorer } from './scorer.js';
import { gridSearch } from './search/grid-search.js';
import { search } from './search/search.js';

const random = new Random(4);
const n = 300;
const column = () => Float64Array.from({ length: n }, () => random.uniform());
const x = Table.fromColumns({ a: column(), b: column() });
const times = x.numeric('a').map((a) => -log(1 - random.uniform()) / (0.05 * exp(2 * a)));
const cuts = column().map((u) => 5 + 40 * u);
const y = Durations.from({
  durations: times.map((time, i) => Math.min(time, cuts[i])),
  events: Array.from(times, (time, i) => time <= cuts[i]),
});
const boosting = new GradientBoostingClassifier({ nEstimators: 10 });

it('scores survival models by their concordance, in cross-validation', () => {
  const cox = new Pipeline([new StandardScaler()], new CoxRegression());
  const scores = crossValScore(cox, x, y);
  expect(Math.min(...scores)).toBeGreaterThan(0.55);
  expect(crossValScore(cox, x, y, { scoring: 'concordance' })).toEqual(scores);
  const early = riskScorer((yTrue, risk, options) => concordance(yTrue, risk, { ...options, tau: 10 }), {
    name: 'early',
  });
  expect(crossValScore(cox, x, y, { scoring: early })).not.toEqual(scores);
});

it('chooses between survival models, and gives back the one that it chose', async () => {
  const pipeline = ({ nIntervals }: { nIntervals: number }) =>
    new DiscreteTimeHazards({ classifier: new LogisticRegression(), nIntervals });
  const found = await gridSearch(
    { grid: { nIntervals: [1, 6] }, pipeline, scoring: ['concordance', 'concordanceUno'], cv: 3 },
    x,
    y,
  );
  expect(found.model.predictSurvival(x, [5])[0]).toHaveLength(n);
  // @ts-expect-error A survival model has no probabilities of classes.
  expect(found.model.predictProba).toBeUndefined();
});

it('counts how much a column matters to the order of events', () => {
  const model = new DiscreteTimeHazards({ classifier: boosting }).fit(x, y);
  const [a, b] = permutationImportance(model, x, y, { nRepeats: 3 });
  expect(a.mean).toBeGreaterThan(b.mean + 0.02);
});

it('refuses scorers and targets of another kind', async () => {
  const model = new DiscreteTimeHazards({ classifier: boosting });
  expect(() => crossValScore(model, x, y, { scoring: 'r2' as never })).toThrow(
    'expected a scorer of durations, got r2, which scores amounts',
  );
  expect(() => crossValScore(new DummyRegressor(), x, y as never)).toThrow('got durations');
  await expect(search([1], { pipeline: () => model }, x, y.values)).rejects.toThrow('expected durations');
});
