import { square, type Table } from '@churn/core';
import { CategoryCells } from './category-cells.js';
import { normalDeviate } from './chi-square.js';

/** The residuals of the labels of rows given a preliminary fit on other rows. */
export interface Residuals {
  /** The indices of the rows in the table. */
  readonly rows: Int32Array;
  /** For each predicted class, the weighted difference between each row's label and its probability. */
  readonly gradients: readonly Float64Array[];
  /** For each predicted class, the weighted variance of each row's label given its probability. */
  readonly curvatures: readonly Float64Array[];
}

/** The maximum number of category columns whose pairs are considered; the first ones are used. */
const MAX_COLUMNS = 64;

/** Pairs with more possible cells per row than this are skipped, since nearly all of their cells have one row. */
const MAX_CELLS_PER_ROW = 4;

/** The minimum number of standard deviations by which a pair's gain must exceed chance. */
const LEAST_SIGNIFICANCE = 4.5;

/**
 * The pairs of category columns whose interaction a preliminary fit has missed, the strongest first.
 *
 * A Newton step in each cell of a pair gains `G^2 / (H + 1)`, where G and H are the sums of gradients and curvatures of its rows. By
 * chance, the gain beyond that of the two columns alone is about a chi-square variable whose degrees of freedom are the number of cells
 * beyond theirs.
 */
export function significantPairs(x: Table, left: Residuals, most: number): (readonly [string, string])[] {
  const columns = x
    .namesOf('category')
    .slice(0, MAX_COLUMNS)
    .map((name) => {
      const cells = CategoryCells.learn(x, [name], left.rows);
      const places = cells.places(x);
      return { name, nCells: cells.length, places: left.rows.map((row) => places[row]) };
    })
    .filter(({ nCells }) => nCells > 1);
  const gains = columns.map(({ places, nCells }) => cellGains(left, places, nCells));
  const pairs = columns.flatMap((b, j) =>
    columns.slice(0, j).flatMap((a, i) => {
      const nCells = a.nCells * b.nCells;
      if (nCells > MAX_CELLS_PER_ROW * left.rows.length) return [];
      const together = a.places.map((place, row) => place * b.nCells + b.places[row]);
      const significances = cellGains(left, together, nCells).map(({ gain, freedom }, k) => {
        const more = freedom - gains[i][k].freedom - gains[j][k].freedom;
        // With less than half a cell there is nothing to test.
        if (more < 0.5) return 0;
        return normalDeviate(gain - gains[i][k].gain - gains[j][k].gain, more);
      });
      return [{ names: [a.name, b.name] as const, significance: Math.max(...significances) }];
    }),
  );
  return pairs
    .filter(({ significance }) => significance >= LEAST_SIGNIFICANCE)
    .sort((a, b) => b.significance - a.significance)
    .slice(0, most)
    .map(({ names }) => names);
}

/** For each predicted class, the gain of a Newton step in each cell, and the effective number of such steps. */
function cellGains({ gradients, curvatures }: Residuals, cells: Int32Array, nCells: number) {
  return gradients.map((gradient, k) => {
    const curvature = curvatures[k];
    const [sums, sizes] = [new Float64Array(nCells), new Float64Array(nCells)];
    for (let i = 0; i < cells.length; i++) {
      sums[cells[i]] += gradient[i];
      sizes[cells[i]] += curvature[i];
    }
    let [gain, freedom] = [0, 0];
    for (let cell = 0; cell < nCells; cell++) {
      gain += square(sums[cell]) / (sizes[cell] + 1);
      freedom += sizes[cell] / (sizes[cell] + 1);
    }
    return { gain, freedom };
  });
}
