/** The numbers of rows with and without a class in the cells of its probability. */
export interface CellOutcomes {
  readonly positives: ArrayLike<number>;
  readonly negatives: ArrayLike<number>;
}

/**
 * The area under the ROC curve of rows in cells; rows in the same cell count as ties. `null` if all rows have the class, or none has.
 */
export function areaUnderRoc({ positives, negatives }: CellOutcomes): number | null {
  let [truePositives, falsePositives, area] = [0, 0, 0];
  for (let cell = positives.length - 1; cell >= 0; cell--) {
    area += negatives[cell] * (truePositives + positives[cell] / 2);
    truePositives += positives[cell];
    falsePositives += negatives[cell];
  }
  return truePositives > 0 && falsePositives > 0 ? area / (truePositives * falsePositives) : null;
}
