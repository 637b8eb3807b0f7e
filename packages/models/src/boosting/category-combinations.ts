import { square, type Table } from '@churn/core';
import { CategoryCells } from './category-cells.js';
import { normalDeviate } from './chi-square.js';

/** What a first fit, of other rows, leaves of the labels of rows. */
export interface Residuals {
  /** The rows of the table that these are. */
  readonly rows: Int32Array;
  /** For each class that is told, the weighted difference of each row's label to its probability. */
  readonly gradients: readonly Float64Array[];
  /** For each class that is told, the weighted variance of each row's label by its probability. */
  readonly curvatures: readonly Float64Array[];
}

/** The most category columns whose pairs are looked at: the first ones. */
const MOST_COLUMNS = 64;

/** Pairs of more possible cells a row than this are left alone: nearly all of their cells are of one row. */
const MOST_CELLS_PER_ROW = 4;

/** How many standard deviations above chance a pair's gain has to be. */
const LEAST_SIGNIFICANCE = 4.5;

/**
 * The pairs of category columns that tell more together than a first fit knows by them, the most telling first.
 *
 * A Newton step in each cell of a pair gains `G^2 / (H + 1)`, G and H the sums of gradients and curvatures of its rows; beyond what the
 * two columns gain by themselves, chance gains about a chi-square variable of as many degrees of freedom as there are cells beyond
 * theirs.
 */
export function significantPairs(x: Table, left: Residuals, most: number): (readonly [string, string])[] {
  const columns = x
    .namesOf('category')
    .slice(0, MOST_COLUMNS)
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
      if (nCells > MOST_CELLS_PER_ROW * left.rows.length) return [];
      const together = a.places.map((place, row) => place * b.nCells + b.places[row]);
      const significances = cellGains(left, together, nCells).map(({ gain, freedom }, k) => {
        const more = freedom - gains[i][k].freedom - gains[j][k].freedom;
        // With less than half a cell there is nothing to tell by.
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

/** For each class that is told, what a Newton step in each cell gains, and how many cells take such a step, in full. */
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
