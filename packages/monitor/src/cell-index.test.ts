import fc from 'fast-check';
import { CellIndex } from './cell-index.js';

/** What a cell is by its definition: the number of breakpoints below the value. */
const bySearch = (breakpoints: readonly number[], value: number) =>
  breakpoints.filter((breakpoint) => breakpoint < value).length;

const finite = fc.double({ noNaN: true, noDefaultInfinity: true });
const rising = fc
  .uniqueArray(fc.oneof(finite, fc.integer({ min: -5, max: 5 })), { maxLength: 60 })
  .map((values) => [...new Set(values.map((value) => value + 0))].sort((a, b) => a - b));

it('finds the same cell as counting breakpoints', () => {
  fc.assert(
    fc.property(rising, fc.array(fc.double({ noNaN: true })), (breakpoints, values) => {
      const cells = new CellIndex(breakpoints);
      for (const value of [...values, ...breakpoints, Infinity, -Infinity]) {
        expect(cells.of(value)).toBe(bySearch(breakpoints, value));
      }
    }),
  );
});

it('finds cells among dense and sparse breakpoints', () => {
  const breakpoints = [-1e308, 0, 1e-300, 2e-300, 1, 1 + Number.EPSILON, 1e308];
  const cells = new CellIndex(breakpoints);
  for (const value of [-Infinity, -1e308, -1, 0, 1e-300, 1.5e-300, 1, 1.1, 1e308, Infinity]) {
    expect(cells.of(value)).toBe(bySearch(breakpoints, value));
  }
});
