import { NumericCounts } from './numeric-counts.js';
import { noPrediction, type PredictionReference, requirePredictions } from './prediction-reference.js';

/** Counts new predicted numbers in the cells of their reference. */
export class PredictionCounts {
  rows = 0;
  /** The counts of each number predicted per row. */
  readonly predictions: readonly NumericCounts[];

  constructor(readonly reference: PredictionReference) {
    this.predictions = reference.predictions.map((each) => new NumericCounts(each));
  }

  /** @param columns one array per predicted number, with one value per row. @throws `invalid-data` otherwise. */
  add(columns: readonly ArrayLike<number>[]): void {
    const rows = requirePredictions(columns, this.predictions.length);
    this.rows += rows;
    this.predictions.forEach((counts, i) => {
      for (let row = 0; row < rows; row++) counts.add(columns[i][row]);
    });
  }

  /** @param values the predicted numbers of a row. @throws `invalid-data` if one is missing or not finite. */
  addRow(values: ArrayLike<number>): void {
    this.predictions.forEach((_, i) => {
      if (!Number.isFinite(values[i])) throw noPrediction(this.rows, values[i]);
    });
    this.rows++;
    this.predictions.forEach((counts, i) => {
      counts.add(values[i]);
    });
  }

  merge(other: PredictionCounts): void {
    this.rows += other.rows;
    this.predictions.forEach((each, i) => {
      each.merge(other.predictions[i]);
    });
  }

  clear(): void {
    this.rows = 0;
    for (const each of this.predictions) each.clear();
  }
}
