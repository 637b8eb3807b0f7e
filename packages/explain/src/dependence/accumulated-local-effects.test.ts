import { Table } from '@churn/core';
import { amounts, crossed, formula, withLevels, x } from '../../test/formula.js';
import reference from '../../test/reference/peers.json';
import { accumulatedLocalEffects } from './accumulated-local-effects.js';

const close = (values: readonly number[]) => values.map((value) => expect.closeTo(value, 12));

describe('accumulatedLocalEffects', () => {
  it('match PyALE', () => {
    const { grid, effects, counts, unit } = accumulatedLocalEffects(amounts, x, 'c', { nIntervals: 100 });
    expect(unit).toBe('amount');
    expect(grid).toEqual(reference.ale.grid);
    expect(Array.from(effects)).toEqual(close(reference.ale.effects));
    expect(Array.from(counts)).toEqual(reference.ale.counts);
  });

  it('match the definition, computed row by row', () => {
    const { effects, counts, label, ...found } = accumulatedLocalEffects(formula, x, 'a', { nIntervals: 6 });
    const grid = found.grid as number[];
    expect(label).toBe(1);
    const a = x.numeric('a');
    const at = (row: number, value: number) => formula.predictProba(x.take([row]).with({ a: [value] }))[1][0];
    let reached = 0;
    const uncentred = [0];
    for (let k = 1; k < grid.length; k++) {
      const within = Array.from(a.keys()).filter(
        (row) => a[row] <= grid[k] && (a[row] > grid[k - 1] || (k === 1 && a[row] === grid[0])),
      );
      expect(counts[k - 1]).toBe(within.length);
      const differences = within.map((row) => at(row, grid[k]) - at(row, grid[k - 1]));
      reached += differences.reduce((sum, each) => sum + each, 0) / within.length;
      uncentred.push(reached);
    }
    const mean = Array.from(counts).reduce(
      (sum, count, k) => sum + (count * (uncentred[k] + uncentred[k + 1])) / 2 / x.nRows,
      0,
    );
    expect(Array.from(effects)).toEqual(close(uncentred.map((effect) => effect - mean)));
  });

  it('separate the effects of correlated columns, where partial dependence evaluates impossible rows', () => {
    const ramp = Array.from({ length: 100 }, (_, i) => i / 10);
    const together = Table.fromColumns({
      a: ramp,
      b: ramp,
      c: ramp.map(() => 0),
      plan: ramp.map(() => 'plus'),
    });
    const { effects, ...found } = accumulatedLocalEffects(amounts, together, 'a', { nIntervals: 99 });
    const grid = found.grid as number[];
    // Over a step of 0.1 the amount changes by 0.1 (0.3 b - 0.5), and b is that of the rows there, at the upper end; the first has two.
    for (let k = 1; k < grid.length; k++) {
      const b = k === 1 ? 0.05 : grid[k];
      expect(effects[k] - effects[k - 1]).toBeCloseTo(0.1 * (0.3 * b - 0.5), 10);
    }
  });

  it('of categories match PyALE, in its order of levels', () => {
    const { levels, ...expected } = reference.aleOfLevels;
    const { grid, effects, counts } = accumulatedLocalEffects(crossed, withLevels, 'c');
    const isTurned = grid[0] !== levels[0];
    const inOrder = <T>(values: readonly T[]) => (isTurned ? values.toReversed() : values);
    expect(grid).toEqual(inOrder(levels));
    expect(Array.from(effects)).toEqual(close(inOrder(expected.effects)));
    expect(Array.from(counts)).toEqual(inOrder(expected.counts));
  });

  it('of categories follow the given order, ignoring levels without rows', () => {
    const order = ['pro', 'basic', 'none', 'plus'];
    const { grid, effects } = accumulatedLocalEffects(amounts, x, 'plan', { order });
    expect(grid).toEqual(['pro', 'basic', 'plus']);
    expect([effects[1] - effects[0], effects[2] - effects[1]]).toEqual(close([-1.5, 0.5]));
  });

  it('ignore rows with a missing value', () => {
    const missing = x.with({ a: x.numeric('a').map((value, i) => (i < 5 ? NaN : value)) });
    const known = x.take(Array.from({ length: 55 }, (_, i) => i + 5));
    expect(accumulatedLocalEffects(formula, missing, 'a')).toEqual(
      accumulatedLocalEffects(formula, known, 'a'),
    );
  });

  it.each<[string, object, string]>([
    ['d', {}, 'column: expected a column of the model: a, b, c, plan, got "d"'],
    ['plan', { order: ['pro', 'plus'] }, 'order: expected each level of "plan" once: '],
    ['a', { nIntervals: 0 }, 'nIntervals: expected an integer of at least 1'],
  ])('reject %s with %j', (column, options, message) => {
    expect(() => accumulatedLocalEffects(formula, x, column, options)).toThrow(
      expect.objectContaining({ code: 'invalid-parameter', message: expect.stringContaining(message) }),
    );
  });
});
