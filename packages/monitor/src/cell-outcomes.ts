/** Rows of a class and all others, in the cells of its probability. */
export interface CellOutcomes {
  readonly positives: ArrayLike<number>;
  readonly negatives: ArrayLike<number>;
}

/**
 * The area under the ROC curve of rows in cells, those of one cell counted as equal scores; `undefined` if all rows are of the class, or
 * none.
 */
export function areaUnderRoc({ positives, negatives }: CellOutcomes): number | null {
  let [hits, alarms, area] = [0, 0, 0];
  for (let cell = positives.length - 1; cell >= 0; cell--) {
    area += negatives[cell] * (hits + positives[cell] / 2);
    hits += positives[cell];
    alarms += negatives[cell];
  }
  return hits > 0 && alarms > 0 ? area / (hits * alarms) : null;
}
