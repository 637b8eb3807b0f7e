import { nextBelow } from '@churn/core';
import type { CellMeans } from './cell-figures.js';
import type { ScoreCounts } from './score-counts.js';

/**
 * Means over the rows in each cell.
 *
 * @param threshold the decision threshold for two classes; `null` for more, whose predictions are counted.
 */
export function cellMeans({ probabilities, sums }: ScoreCounts, threshold: number | null): CellMeans[] {
  return sums.map((each, i) => {
    const { counts, reference } = probabilities[i];
    const mean = (values: Float64Array) => values.map((value, cell) => value / (counts[cell] || 1));
    return {
      probability: mean(each.probability),
      square: mean(each.square),
      loss: mean(each.loss),
      otherLoss: mean(each.otherLoss),
      predicted: threshold === null ? mean(each.predicted) : sharesFrom(threshold, reference.breakpoints),
    };
  });
}

/** The share of each cell at or above the threshold, assuming its rows are evenly spread. */
export function sharesFrom(threshold: number, breakpoints: readonly number[]): number[] {
  const edge = nextBelow(threshold);
  return Array.from({ length: breakpoints.length + 1 }, (_, cell) => {
    const low = cell > 0 ? breakpoints[cell - 1] : 0;
    const high = cell < breakpoints.length ? breakpoints[cell] : 1;
    if (cell > 0 && low >= edge) return 1;
    if (high <= edge) return 0;
    return threshold <= low ? 1 : (high - threshold) / (high - low);
  });
}
