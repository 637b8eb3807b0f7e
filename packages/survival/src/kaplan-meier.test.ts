import { Random } from '@churn/core';
import { kaplanMeier, survivalAt } from './kaplan-meier.js';
import { medianSurvival } from './median-survival.js';
import { nelsonAalen } from './nelson-aalen.js';
import { restrictedMeanSurvival } from './restricted-mean-survival.js';

// By hand: 6 rows; one of the two at 2 is censored.
const durations = [1, 2, 2, 4, 5, 5];
const events = [1, 1, 0, 0, 1, 1];

it('decreases by the share of those at risk that have their event', () => {
  const {
    times,
    atRisk,
    events: seen,
    censored,
    survival,
    lower,
    upper,
  } = kaplanMeier({ durations, events });
  expect(times).toEqual(Float64Array.of(1, 2, 4, 5));
  expect(atRisk).toEqual(Float64Array.of(6, 5, 3, 2));
  expect(seen).toEqual(Float64Array.of(1, 1, 0, 2));
  expect(censored).toEqual(Float64Array.of(0, 1, 1, 0));
  [5 / 6, 4 / 6, 4 / 6, 0].forEach((value, i) => {
    expect(survival[i]).toBeCloseTo(value, 14);
    expect(lower[i]).toBeLessThanOrEqual(value);
    expect(upper[i]).toBeGreaterThan(value);
  });
  expect([lower[3], upper[3]]).toEqual([0, upper[2]]);
});

it('has plain intervals by Greenwood, clipped to [0, 1]', () => {
  const { lower, upper } = kaplanMeier({ durations, events }, { interval: 'plain' });
  const error = (5 / 6) * Math.sqrt(1 / 30);
  expect(lower[0]).toBeCloseTo(5 / 6 - 1.959963984540054 * error, 12);
  expect(upper[0]).toBe(1);
  const hazard = nelsonAalen({ durations, events }, { interval: 'plain' });
  expect(hazard.upper[1]).toBeCloseTo(1 / 6 + 1 / 5 + 1.959963984540054 * Math.sqrt(1 / 36 + 1 / 25), 12);
  expect(hazard.lower[1]).toBe(0);
});

it('is 1 before the first time, and steps at each', () => {
  const curve = kaplanMeier({ durations, events });
  expect(survivalAt(curve, [0, 0.99, 1, 1.5, 99])).toEqual(
    Float64Array.of(1, 1, curve.survival[0], curve.survival[0], 0),
  );
});

it('is computed by group, each independently', () => {
  const by = ['b', 'a', 'a', 'b', 'a', 'b'];
  const y = { durations, events };
  const curves = kaplanMeier(y, { by });
  expect(curves.map(({ group }) => group)).toEqual(['a', 'b']);
  const alone = { durations: [2, 2, 5], events: [1, 0, 1] };
  expect(curves[0].curve).toEqual(kaplanMeier(alone));
  expect(nelsonAalen(y, { by })[0].curve).toEqual(nelsonAalen(alone));
});

it('counts a row of weight 2 as two equal rows, and ignores one of weight 0', () => {
  const random = new Random(3);
  const draw = (f: (u: number) => number) => Float64Array.from({ length: 60 }, () => f(random.uniform()));
  const y = { durations: draw((u) => Math.ceil(12 * u)), events: draw((u) => (u < 0.6 ? 1 : 0)) };
  const sampleWeight = draw((u) => Math.floor(3 * u));
  const rows = Array.from(sampleWeight).flatMap((weight, row) => Array<number>(weight).fill(row));
  const taken = { durations: rows.map((i) => y.durations[i]), events: rows.map((i) => y.events[i]) };
  expect(kaplanMeier(y, { sampleWeight })).toEqual(kaplanMeier(taken));
  expect(nelsonAalen(y, { sampleWeight })).toEqual(nelsonAalen(taken));
});

it('has a median and a restricted mean, with the standard error of a mean without censoring', () => {
  const times = [1, 2, 3, 4, 7, 9];
  const curve = kaplanMeier({ durations: times, events: times.map(() => 1) });
  expect(medianSurvival(curve)).toMatchObject({ time: 3 });
  expect(medianSurvival(curve, { q: 0.25 })).toMatchObject({ time: 2 });
  const cut = times.map((time) => Math.min(time, 5));
  const mean = cut.reduce((a, b) => a + b) / 6;
  const squares = cut.reduce((sum, time) => sum + (time - mean) * (time - mean), 0);
  const received = restrictedMeanSurvival(curve, 5);
  expect(received.mean).toBeCloseTo(mean, 14);
  expect(received.standardError).toBeCloseTo(Math.sqrt(squares) / 6, 14);
});

it('returns Infinity for a median that is not reached', () => {
  const curve = kaplanMeier({ durations: [1, 2, 3], events: [1, 0, 0] });
  expect(medianSurvival(curve).time).toBe(Infinity);
  expect(() => restrictedMeanSurvival(curve, 4)).toThrow('horizon: expected at most 3');
  expect(restrictedMeanSurvival(curve, 3).mean).toBeCloseTo(1 + 2 * (2 / 3), 14);
});

it.each<[string, object, string]>([
  ['a confidence of 1', { confidence: 1 }, 'confidence'],
  ['an unknown interval', { interval: 'log' }, 'interval'],
  ['too few groups', { by: ['a', 'b'] }, 'expected 6 labels, one per row'],
  ['a negative weight', { sampleWeight: [1, 1, -1, 1, 1, 1] }, 'sampleWeight, row 2'],
])('rejects %s', (_, options, message) => {
  expect(() => kaplanMeier({ durations, events }, options)).toThrow(message);
  expect(() => nelsonAalen({ durations, events }, options)).toThrow(message);
});
