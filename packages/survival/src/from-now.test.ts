import { exp, log, Table } from '@churn/core';
import { expectedRemainingTime, medianRemainingTime, probabilityWithin } from './from-now.js';

const x = Table.fromColumns({ a: [0, 1, 2] });
const elapsed = [0, 3, 12];

/** The rate 0.1 per row and time, whatever the row. */
const smooth = {
  times: [2, 4, 6, 8, 10],
  predictSurvival: (table: Table, times: ArrayLike<number>) =>
    Array.from(times, (time) => new Float64Array(table.nRows).fill(exp(-0.1 * time))),
};
/** Falls to a half at 2 and to a fifth at 5. */
const stepped = {
  times: [2, 5],
  predictSurvival: (table: Table, times: ArrayLike<number>) =>
    Array.from(times, (time) => new Float64Array(table.nRows).fill(time < 2 ? 1 : time < 5 ? 0.5 : 0.2)),
};

it('without memory, the probability does not depend on the elapsed time', () => {
  const [soon, later] = probabilityWithin(smooth, x, [1, 5], { elapsed });
  for (const p of soon) expect(p).toBeCloseTo(1 - exp(-0.1), 12);
  for (const p of later) expect(p).toBeCloseTo(1 - exp(-0.5), 12);
});

it('supports step functions', () => {
  const [within] = probabilityWithin(stepped, x, [2], { elapsed });
  expect(within[0]).toBeCloseTo(0.5, 14);
  expect(within[1]).toBeCloseTo(0.6, 14);
  expect(within[2]).toBe(0);
  const remaining = expectedRemainingTime(stepped, x, { elapsed, until: 7 });
  expect(remaining[0]).toBeCloseTo(2 + 3 * 0.5 + 2 * 0.2, 12);
  expect(remaining[1]).toBeCloseTo(2 + 2 * 0.4, 12);
  expect(remaining[2]).toBe(0);
});

it('expects no remaining time if nobody survives an interval', () => {
  const times = [4];
  const predictSurvival = (_: Table, at: ArrayLike<number>) =>
    Array.from(at, (time) => Float64Array.of(time > 0 ? 0 : 1));
  expect(expectedRemainingTime({ times, predictSurvival }, x.take([0]))[0]).toBe(0);
});

it('supports models with an event at the start', () => {
  const times = [0, 2, 5];
  const predictSurvival = (_: Table, at: ArrayLike<number>) => {
    if (Array.from(at).some((time) => time < 0)) throw new Error('a time below 0');
    return Array.from(at, (time) => Float64Array.of(time < 2 ? 0.9 : time < 5 ? 0.4 : 0.2));
  };
  const model = { times, predictSurvival };
  const [row, sometime] = [x.take([0]), { elapsed: [0] }];
  expect(medianRemainingTime(model, row, sometime)).toEqual(Float64Array.of(2));
  expect(expectedRemainingTime(model, row, sometime)[0]).toBeCloseTo(2 + (3 * 0.4) / 0.9, 12);
  expect(probabilityWithin(model, row, [2], sometime)[0][0]).toBeCloseTo(1 - 0.4 / 0.9, 12);
});

it('integrates smooth curves up to the last time of the model', () => {
  const remaining = expectedRemainingTime(smooth, x, { elapsed });
  expect(remaining[0]).toBeCloseTo((1 - exp(-1)) / 0.1, 12);
  expect(remaining[1]).toBeCloseTo((1 - exp(-0.7)) / 0.1, 12);
  expect(remaining[2]).toBe(0);
});

it('finds the median where the conditional probability reaches one half', () => {
  // At the rate 0.1 it is ln 2 / 0.1 away, wherever one is.
  const [now, later, last] = medianRemainingTime(smooth, x, { elapsed });
  expect(now).toBeCloseTo(log(2) / 0.1, 9);
  // From 3 on it would be at 9.93, within the times; from 12 on nothing is known.
  expect(later).toBeCloseTo(log(2) / 0.1, 9);
  expect(last).toBe(Infinity);
  // A step to a half is at most a half; from 3 on the next step, to two fifths, is at 5.
  expect(Array.from(medianRemainingTime(stepped, x, { elapsed }))).toEqual([2, 2, Infinity]);
});

it('returns the same for many rows as for each alone', () => {
  const many = Table.fromColumns({ a: new Float64Array(600) });
  const since = Float64Array.from({ length: 600 }, (_, row) => (row % 50) / 7);
  const all = expectedRemainingTime(smooth, many, { elapsed: since, until: 9 });
  for (const row of [0, 255, 256, 599]) {
    const alone = expectedRemainingTime(smooth, many.take([row]), { elapsed: [since[row]], until: 9 });
    expect(all[row]).toBeCloseTo(alone[0], 12);
  }
});

it('rejects invalid times', () => {
  expect(() => probabilityWithin(smooth, x, [-1])).toThrow('horizons');
  expect(() => probabilityWithin(smooth, x, [1], { elapsed: [1, 2] })).toThrow('for each of 3 rows, got 2');
  expect(() => expectedRemainingTime(smooth, x, { elapsed: [1, -2, 0] })).toThrow(
    'row 1: expected a time of at least 0',
  );
  expect(() => expectedRemainingTime({ ...smooth, times: [] }, x)).toThrow('the model has no times');
});
