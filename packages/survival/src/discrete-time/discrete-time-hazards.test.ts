import { exp, log, Pipeline, parseModel, Random, serializeModel, Table } from '@churn/core';
import { survivalConformance } from '@churn/core/testing';
import { explain } from '@churn/explain';
import { GradientBoostingClassifier, LogisticRegression, RandomForestClassifier } from '@churn/models';
import { brierScore } from '../brier-score.js';
import { calibrationAtHorizon } from '../calibration-at-horizon.js';
import { concordance } from '../concordance.js';
import { medianRemainingTime } from '../from-now.js';
import { kaplanMeier, survivalAt } from '../kaplan-meier.js';
import { DiscreteTimeHazards } from './discrete-time-hazards.js';

const boosting = new GradientBoostingClassifier({ nEstimators: 60, learningRate: 0.1, maxDepth: 3 });
const model = new DiscreteTimeHazards({ classifier: boosting });

/** Constant rates that depend on the columns, with censoring at any time. */
function draw(n: number, seed: number) {
  const random = new Random(seed);
  const column = () => Float64Array.from({ length: n }, () => 2 * random.uniform() - 1);
  const x = Table.fromColumns({ a: column(), b: column(), c: column() });
  const [a, b] = [x.numeric('a'), x.numeric('b')];
  const rates = a.map((value, row) => 0.05 * exp(1.2 * value + (b[row] > 0 ? 0.8 : 0)));
  const times = rates.map((rate) => -log(1 - random.uniform()) / rate);
  const cuts = rates.map(() => 5 + 40 * random.uniform());
  const durations = times.map((time, row) => Math.min(time, cuts[row]));
  return { x, rates, y: { durations, events: Array.from(times, (time, row) => Number(time <= cuts[row])) } };
}
const train = draw(3000, 1);
const test = draw(3000, 2);

describe('discrete-time hazards', () => {
  const small = draw(120, 3);
  const logistic = new DiscreteTimeHazards({ classifier: new LogisticRegression(), nIntervals: 5 });
  for (const { name, run } of survivalConformance({
    model: logistic,
    restorable: DiscreteTimeHazards,
    classes: [LogisticRegression],
    x: small.x,
    y: small.y,
  }))
    it(name, run);
});

describe.each([
  ['boosting', boosting, 0.05],
  // The means of its leaves are drawn together.
  ['a forest', new RandomForestClassifier({ nEstimators: 60, minSamplesLeaf: 40 }), 0.09],
])('with %s', (_, classifier, tolerance) => {
  const fitted = new DiscreteTimeHazards({ classifier }).fit(train.x, train.y);

  it('ranks rows by their true rates', () => {
    const best = concordance(test.y, test.rates);
    expect(concordance(test.y, fitted.predict(test.x))).toBeGreaterThan(best - 0.02);
  });

  it('predicts survival close to the true one, and better than one curve for all', () => {
    const times = [5, 15, 30];
    const survival = fitted.predictSurvival(test.x, times);
    const truth = times.map((time) => test.rates.map((rate) => exp(-rate * time)));
    const curve = kaplanMeier(train.y);
    const ofAll = Array.from(survivalAt(curve, times), (s) => new Float64Array(3000).fill(s));
    const [received, best, base] = [survival, truth, ofAll].map((each) => brierScore(test.y, each, times));
    times.forEach((_, i) => {
      expect(received[i] - best[i]).toBeLessThan((base[i] - best[i]) / 5);
    });
  });

  it('is calibrated at a horizon', () => {
    const [survival] = fitted.predictSurvival(test.x, [12]);
    const bins = calibrationAtHorizon(
      test.y,
      survival.map((s) => 1 - s),
      12,
      { nBins: 5 },
    );
    for (const { predicted, observed } of bins)
      expect(Math.abs(predicted - observed)).toBeLessThan(tolerance);
  });
});

it('equals the Kaplan-Meier estimate at the ends of intervals if rows are alike and censored there', () => {
  const durations = [1, 1, 2, 2, 2, 3, 3, 3, 3, 3];
  const events = [1, 0, 1, 1, 0, 1, 1, 0, 0, 0];
  const x = Table.fromColumns({ a: new Float64Array(10) });
  const trees = new RandomForestClassifier({ nEstimators: 1, bootstrap: false });
  const fitted = new DiscreteTimeHazards({ classifier: trees }).fit(x, { durations, events });
  expect(fitted.times).toEqual(Float64Array.of(1, 2, 3));
  const survival = fitted.predictSurvival(x.take([0]), [0, 1, 2, 2.5, 3, 99]).map(([s]) => s);
  const { survival: s } = kaplanMeier({ durations, events });
  [1, s[0], s[1], Math.sqrt(s[1] * s[2]), s[2], s[2]].forEach((value, i) => {
    expect(survival[i]).toBeCloseTo(value, 12);
  });
  // The area under that curve, piece by piece.
  const area = (from: number, to: number) => (from - to) / (log(from) - log(to));
  expect(fitted.predict(x)[0]).toBeCloseTo(3 - area(1, s[0]) - area(s[0], s[1]) - area(s[1], s[2]), 12);
});

it('fits the same on a row split into episodes as on the whole one', () => {
  const { x, y } = draw(200, 4);
  const halves = Array.from({ length: 200 }, (_, row) => [row, row]).flat();
  const last = (i: number) => i % 2 === 1;
  const durations = halves.map((row, i) => (last(i) ? y.durations[row] : y.durations[row] / 2));
  const entry = halves.map((row, i) => (last(i) ? y.durations[row] / 2 : 0));
  const events = halves.map((row, i) => (last(i) ? y.events[row] : 0));
  const smooth = new DiscreteTimeHazards({ classifier: new LogisticRegression(), nIntervals: 8 });
  const whole = smooth.fit(x, y).predictSurvival(x, [10])[0];
  const pieces = smooth.fit(x.take(halves), { durations, events, entry }).predictSurvival(x, [10])[0];
  // The half in which an event comes within an interval counts in whole, as the event itself does.
  pieces.forEach((survival, row) => {
    expect(Math.abs(survival - whole[row])).toBeLessThan(0.02);
  });
});

it('uses time-varying features', () => {
  const random = new Random(8);
  const n = 1500;
  const states = Array.from({ length: n }, () => [random.uniform() < 0.5, random.uniform() < 0.5]);
  const rate = (isBad: boolean) => (isBad ? 0.2 : 0.02);
  const rows = states.flatMap(([first, second]) => {
    const time = -log(1 - random.uniform()) / rate(first);
    if (time <= 5) return [{ bad: Number(first), entry: 0, duration: time, event: 1 }];
    const later = -log(1 - random.uniform()) / rate(second);
    const event = Number(later <= 5);
    return [
      { bad: Number(first), entry: 0, duration: 5, event: 0 },
      { bad: Number(second), entry: 5, duration: 5 + Math.min(later, 5), event },
    ];
  });
  const of = (key: 'bad' | 'entry' | 'duration' | 'event') => rows.map((row) => row[key]);
  const x = Table.fromColumns({ bad: of('bad') });
  const fitted = model.fit(x, { durations: of('duration'), events: of('event'), entry: of('entry') });
  const [survival] = fitted.predictSurvival(Table.fromColumns({ bad: [0, 1] }), [8]);
  expect(Math.abs(survival[0] - exp(-0.02 * 8))).toBeLessThan(0.05);
  expect(Math.abs(survival[1] - exp(-0.2 * 8))).toBeLessThan(0.05);
});

it('ends a pipeline, and is saved and loaded', async () => {
  const { x, y } = draw(200, 5);
  const few = new GradientBoostingClassifier({ nEstimators: 5 });
  const fitted = new Pipeline([], new DiscreteTimeHazards({ classifier: few, nIntervals: 4 })).fit(x, y);
  const classes = [DiscreteTimeHazards, GradientBoostingClassifier];
  const { model: loaded } = await parseModel(await serializeModel(fitted), classes, 'survival');
  expect(loaded.times).toEqual(fitted.times);
  expect(loaded.predictSurvival(x, [3, 7])).toEqual(fitted.predictSurvival(x, [3, 7]));
});

it('rejects invalid input', () => {
  const { x, y } = draw(50, 6);
  expect(() => model.fit(x.with({ time: y.durations }), y)).toThrow(
    'timeColumn: expected a name that no column',
  );
  expect(() => model.fit(x, { durations: y.durations.map(() => 0), events: y.events })).toThrow(
    'an event after time 0',
  );
  expect(() => model.fit(x, { durations: y.durations.map(() => 1), events: y.events.map(() => 1) })).toThrow(
    'rows that outlast an interval',
  );
  expect(() => new DiscreteTimeHazards({} as never)).toThrow('classifier');
  const holed = x.with({ a: Float64Array.from(x.numeric('a'), (value, row) => (row === 30 ? NaN : value)) });
  const logistic = new DiscreteTimeHazards({ classifier: new LogisticRegression() });
  expect(() => logistic.fit(holed, y)).toThrow('row 30');
  expect(() => model.fit(x, y).predictSurvival(x, [-1])).toThrow('times of at least 0');
});

it('has medians at which half of those at risk have had the event', () => {
  const fitted = new DiscreteTimeHazards({ classifier: new LogisticRegression() }).fit(train.x, train.y);
  const rows = test.x.take([0, 1, 2, 3, 4, 5, 6, 7]);
  const elapsed = [0, 1, 2, 3, 5, 8, 10, 12];
  const medians = medianRemainingTime(fitted, rows, { elapsed });
  expect(medians.some(Number.isFinite)).toBe(true);
  medians.forEach((median, row) => {
    if (median === Infinity) return;
    const [now, then] = fitted.predictSurvival(rows, [elapsed[row], elapsed[row] + median]);
    expect(then[row] / now[row]).toBeCloseTo(0.5, 10);
  });
});

it('explains the expected loss of time by the change if a value becomes missing', () => {
  const fitted = new DiscreteTimeHazards({ classifier: boosting }).fit(train.x, train.y);
  const rows = test.x.take([0, 1, 2, 3, 4, 5]);
  const { method, unit, rows: explained } = explain(fitted, rows);
  expect([method, unit]).toEqual(['missing-value', 'risk']);
  const without = fitted.predict(rows.with({ a: new Float64Array(6).fill(NaN) }));
  explained.forEach(({ prediction, contributions }, row) => {
    const ofA = contributions.find(({ column }) => column === 'a');
    expect(ofA?.contribution).toBeCloseTo(prediction - without[row], 10);
  });
});
