import { Durations, exp, log, Pipeline, Random, Table } from '@churn/core';
import { DummyRegressor, GradientBoostingClassifier, LogisticRegression } from '@churn/models';
import {
  brierScore,
  CoxRegression,
  concordance,
  DiscreteTimeHazards,
  integratedBrierScore,
} from '@churn/survival';
import { StandardScaler } from '@churn/transforms';
import { crossValScore } from './cross-val-score.js';
import { readShared, shareData } from './node/shared-data.js';
import { permutationImportance } from './permutation-importance.js';
import { riskScorer } from './scorer.js';
import { scorers } from './scorers.js';
import { gridSearch } from './search/grid-search.js';
import { search } from './search/search.js';
import { KFold } from './splitters/k-fold.js';
import { survivalScorer, usualTimes } from './survival-scorer.js';

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

it('scores survival models by concordance, in cross-validation', () => {
  const cox = new Pipeline([new StandardScaler()], new CoxRegression());
  const scores = crossValScore(cox, x, y);
  expect(Math.min(...scores)).toBeGreaterThan(0.55);
  expect(crossValScore(cox, x, y, { scoring: 'concordance' })).toEqual(scores);
  const early = riskScorer((yTrue, risk, options) => concordance(yTrue, risk, { ...options, tau: 10 }), {
    name: 'early',
  });
  expect(crossValScore(cox, x, y, { scoring: early })).not.toEqual(scores);
});

it('chooses between survival models, and returns the chosen one', async () => {
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

const brierAt = (horizon: number) =>
  survivalScorer((yTrue, survival, times, options) => brierScore(yTrue, survival, times, options)[0], {
    name: `brier${horizon}`,
    greaterIsBetter: false,
    times: [horizon],
  });

it('scores survival at a horizon, and over most durations, by held-out predictions', () => {
  const cox = new CoxRegression();
  const cv = new KFold({ nSplits: 3 });
  const times = usualTimes(y);
  expect(times).toHaveLength(20);
  const byHand = cv.split(x).map(({ train, test }) => {
    const fitted = cox.fit(x.take(train), y.take(train));
    const held = y.take(test);
    return {
      at10: brierScore(held, fitted.predictSurvival(x.take(test), [10]), [10])[0],
      over: integratedBrierScore(held, fitted.predictSurvival(x.take(test), times), times),
    };
  });
  expect(crossValScore(cox, x, y, { cv, scoring: brierAt(10) })).toEqual(byHand.map(({ at10 }) => at10));
  expect(crossValScore(cox, x, y, { cv, scoring: 'integratedBrierScore' })).toEqual(
    byHand.map(({ over }) => over),
  );
});

it('searches by scorers of survival at different times and of risk, each with its own predictions', async () => {
  const pipeline = ({ alpha }: { alpha: number }) => new CoxRegression({ alpha });
  const cv = new KFold({ nSplits: 3 });
  const scoring = [brierAt(10), 'concordance', 'integratedBrierScore', brierAt(5)] as const;
  const grid = { alpha: [0.01, 10] };
  const found = await gridSearch({ grid, pipeline, scoring, cv, keepPredictions: true }, x, y);
  const [first] = found.candidates;
  expect(found.best.params).toEqual({ alpha: 0.01 });
  for (const each of scoring) {
    const name = typeof each === 'string' ? each : each.name;
    const alone = crossValScore(pipeline({ alpha: 0.01 }), x, y, { cv, scoring: each });
    expect([name, first.scores[name].folds]).toEqual([name, alone.map((score) => expect.closeTo(score, 12))]);
  }
  expect(first.predictions).toHaveLength(1);
  const data = { x, y, splits: cv.split(x), times: [3, 8] };
  expect(readShared(shareData(data)).times).toEqual([3, 8]);
});

it('rejects invalid times, and survival without any', () => {
  const of = (times: number[]) => () => survivalScorer(integratedBrierScore, { name: 'ibs', times });
  expect(of([])).toThrow('times: expected one or more ascending times of at least 0');
  expect(of([2, 1])).toThrow('times: expected one or more ascending times of at least 0');
  expect(() => scorers.integratedBrierScore.score(y, [])).toThrow('at(times)');
  const same = Durations.from({ durations: [4, 4, 4], events: [1, 1, 0] });
  expect(() => usualTimes(same)).toThrow('expected durations that differ');
});

it('measures the importance of a column for the order of events', () => {
  const model = new DiscreteTimeHazards({ classifier: boosting }).fit(x, y);
  const [a, b] = permutationImportance(model, x, y, { nRepeats: 3 });
  expect(a.mean).toBeGreaterThan(b.mean + 0.02);
});

it('rejects scorers and targets of another kind', async () => {
  const model = new DiscreteTimeHazards({ classifier: boosting });
  expect(() => crossValScore(model, x, y, { scoring: 'r2' as never })).toThrow(
    'expected a scorer of durations, got r2, which scores values',
  );
  expect(() => crossValScore(new DummyRegressor(), x, y as never)).toThrow('got durations');
  await expect(search([1], { pipeline: () => model }, x, y.values)).rejects.toThrow('expected durations');
});
