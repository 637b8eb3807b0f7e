import { Random } from '@churn/core';
import {
  type CellRows,
  cellShares,
  cellVariation,
  outOfFoldShares,
  overallShare,
} from './category-shares.js';
import { normalDeviate } from './chi-square.js';

function rowsOf(cells: number[], isTarget: number[], weights = cells.map(() => 1)): CellRows {
  return {
    cells: Int32Array.from(cells),
    nCells: Math.max(...cells) + 1,
    values: Float64Array.from(isTarget),
    weights: Float64Array.from(weights),
  };
}

/** Rows of cells whose shares differ or are equal. */
function randomRows(nRows: number, nCells: number, areAlike: boolean, seed: number): CellRows {
  const random = new Random('cells', seed);
  const shares = Array.from({ length: nCells }, () => (areAlike ? 0.3 : random.uniform()));
  const cells = Array.from({ length: nRows }, () => random.int(nCells));
  return rowsOf(
    cells,
    cells.map((cell) => Number(random.uniform() < shares[cell])),
    cells.map(() => random.int(4) / 2),
  );
}

describe('cellVariation', () => {
  it('agrees with two cells of four rows computed by hand', () => {
    // Shares 3/4 and 1/4 around 1/2: mean squares of 8/16 between, 2 x 4 x 3/16 / 6 = 1/4 within, and 4 rows a cell.
    const variation = cellVariation(rowsOf([0, 0, 0, 0, 1, 1, 1, 1], [1, 1, 1, 0, 0, 0, 0, 1]));
    const correlation = (1 / 2 - 1 / 4) / (1 / 2 + 3 / 4);
    expect(variation.smoothing).toBeCloseTo((1 - correlation) / correlation, 12);
    expect(variation.significance).toBe(normalDeviate(2, 1));
  });

  it('finds no variation in one cell, in cells of one row each, and in labels of one class', () => {
    const nothing = { smoothing: 1e4, significance: 0 };
    expect(cellVariation(rowsOf([0, 0, 0], [1, 0, 1]))).toMatchObject(nothing);
    expect(cellVariation(rowsOf([0, 1, 2], [1, 0, 1]))).toMatchObject(nothing);
    expect(cellVariation(rowsOf([0, 0, 1, 1], [1, 1, 1, 1])).significance).toBe(0);
    expect(cellVariation(rowsOf([0, 0, 1, 1], [1, 1, 0, 0])).significance).toBe(Infinity);
  });

  it('excludes chance, and estimates true differences', () => {
    const significances = (areAlike: boolean) =>
      Array.from(
        { length: 40 },
        (_, seed) =>
          cellVariation({ ...randomRows(2000, 50, areAlike, seed), weights: new Float64Array(2000).fill(1) })
            .significance,
      );
    expect(significances(true).filter((value) => value >= 2).length).toBeLessThanOrEqual(4);
    expect(Math.min(...significances(false))).toBeGreaterThan(10);
  });
});

it('cellShares shrink to the prior, and weights count as rows', () => {
  const [twice, weighted] = [rowsOf([0, 0, 1], [1, 1, 0]), rowsOf([0, 1], [1, 0], [2, 1])];
  for (const rows of [twice, weighted]) {
    expect(Array.from(cellShares(rows, 0.5, 2))).toEqual([3 / 4, 1 / 3]);
    expect(overallShare(rows)).toBe(2 / 3);
  }
});

it('outOfFoldShares agree with a fit without the rows of the fold', () => {
  for (let seed = 0; seed < 20; seed++) {
    const rows = randomRows(120, 7, false, seed);
    const random = new Random('folds', seed);
    const folds = Int32Array.from(rows.cells, () => random.int(5));
    const shares = outOfFoldShares(rows, folds, 0.3, 1.5);
    rows.cells.forEach((cell, i) => {
      const weights = rows.weights.map((weight, other) => (folds[other] === folds[i] ? 0 : weight));
      expect(shares[i]).toBeCloseTo(cellShares({ ...rows, weights }, 0.3, 1.5)[cell], 10);
    });
  }
});
