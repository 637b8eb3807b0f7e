import { likeliestCodes, log } from '@churn/core';
import { NumericCounts } from './numeric-counts.js';
import { noProbability, requireProbabilities } from './score-columns.js';
import type { ScoreReference } from './score-reference.js';

/** Sums over the rows in each cell of a probability. */
export interface CellSums {
  /** The sum of the probabilities. */
  readonly probability: Float64Array;
  /** The sum of their squares. */
  readonly square: Float64Array;
  /** The sum of `-ln p`, the loss of a row with the class. */
  readonly loss: Float64Array;
  /** The sum of `-ln(1 - p)`, the loss of a row without it; only for two classes. */
  readonly otherLoss: Float64Array;
  /** The number of rows predicted as the class; only for more than two classes. */
  readonly predicted: Float64Array;
}

/** Counts new scores of a classifier in the cells of their reference. */
export class ScoreCounts {
  rows = 0;
  /** The counts of the positive class's probability; for more than two classes, of each. */
  readonly probabilities: readonly NumericCounts[];
  readonly sums: readonly CellSums[];

  constructor(readonly reference: ScoreReference) {
    this.probabilities = reference.probabilities.map((each) => new NumericCounts(each));
    this.sums = reference.probabilities.map(({ counts }) => {
      const zeros = () => new Float64Array(counts.length);
      return {
        probability: zeros(),
        square: zeros(),
        loss: zeros(),
        otherLoss: zeros(),
        predicted: zeros(),
      };
    });
  }

  /** @param probabilities one array per class, with one number per row. */
  add(probabilities: readonly ArrayLike<number>[]): void {
    const { classes } = this.reference;
    const rows = requireProbabilities(probabilities, classes.length);
    this.rows += rows;
    if (classes.length === 2) {
      for (let row = 0; row < rows; row++) this.#count(0, probabilities[1][row], false);
      return;
    }
    const likeliest = likeliestCodes(probabilities);
    probabilities.forEach((column, place) => {
      for (let row = 0; row < rows; row++) this.#count(place, column[row], likeliest[row] === place);
    });
  }

  /** @param probabilities of one row, one number per class. */
  addRow(probabilities: ArrayLike<number>): void {
    const { classes } = this.reference;
    let likeliest = 0;
    for (let place = 0; place < classes.length; place++) {
      if (!(probabilities[place] >= 0 && probabilities[place] <= 1)) {
        throw noProbability(this.rows, probabilities[place]);
      }
      if (probabilities[place] > probabilities[likeliest]) likeliest = place;
    }
    this.rows++;
    if (classes.length === 2) {
      this.#count(0, probabilities[1], false);
      return;
    }
    for (let place = 0; place < classes.length; place++) {
      this.#count(place, probabilities[place], place === likeliest);
    }
  }

  merge(other: ScoreCounts): void {
    this.rows += other.rows;
    this.probabilities.forEach((each, i) => {
      each.merge(other.probabilities[i]);
    });
    this.sums.forEach((sums, i) => {
      for (const name of Object.keys(sums) as (keyof CellSums)[]) {
        for (let cell = 0; cell < sums[name].length; cell++) sums[name][cell] += other.sums[i][name][cell];
      }
    });
  }

  clear(): void {
    this.rows = 0;
    for (const each of this.probabilities) each.clear();
    for (const sums of this.sums) for (const each of Object.values(sums)) each.fill(0);
  }

  #count(i: number, probability: number, isPredicted: boolean): void {
    const cell = this.probabilities[i].add(probability);
    const { probability: sum, square, loss, otherLoss, predicted } = this.sums[i];
    sum[cell] += probability;
    square[cell] += probability * probability;
    // Clipped as in `logLoss`.
    const clipped = Math.min(Math.max(probability, Number.EPSILON), 1 - Number.EPSILON);
    loss[cell] -= log(clipped);
    if (this.probabilities.length === 1) otherLoss[cell] -= log(1 - clipped);
    else if (isPredicted) predicted[cell]++;
  }
}
