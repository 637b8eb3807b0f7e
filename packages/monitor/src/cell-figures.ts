import type { DecisionCosts } from '@churn/selection';
import { areaUnderRoc, type CellOutcomes } from './cell-outcomes.js';
import { type ClassOutcomes, decisionFigures } from './decision-figures.js';
import type { PerformanceFigures } from './performance-figures.js';
import { sum } from './sum.js';

/** The metrics of `PerformanceFigures`, and the mean profit per row; `null` without costs. */
export type FigureValues = PerformanceFigures & { readonly profit: number | null };

/** Means over the rows in each cell of the probability of a class. */
export interface CellMeans {
  readonly probability: ArrayLike<number>;
  /** The mean squared probability. */
  readonly square: ArrayLike<number>;
  /** The mean of `-ln p`. */
  readonly loss: ArrayLike<number>;
  /** The mean of `-ln(1 - p)`; only for two classes. */
  readonly otherLoss: ArrayLike<number>;
  /** The share of rows predicted as the class. */
  readonly predicted: ArrayLike<number>;
}

/** The numbers of rows with and without a class in the cells of its probability, and the means in each cell. */
export interface ClassCells extends CellOutcomes {
  readonly means: CellMeans;
}

/** The number of groups of about equally many rows for the calibration error. */
const GROUPS = 10;

/**
 * Computes metrics from counts in cells; the counts may be expected values.
 *
 * @param classes the cells of the second of two classes, or of each of more.
 */
export function cellFigures(classes: readonly ClassCells[], costs: DecisionCosts | undefined): FigureValues {
  const isBinary = classes.length === 1;
  const each = classes.map((cells) => figuresOf(cells, isBinary));
  const [{ outcomes, rows }] = each;
  const all = isBinary ? [remaining(outcomes, rows), outcomes] : each.map((one) => one.outcomes);
  const mean = (values: readonly (number | null)[]) =>
    rows === 0 || values.includes(null) ? null : sum(values as number[]) / values.length;
  return {
    rocAuc: mean(classes.map(areaUnderRoc)),
    logLoss: rows === 0 ? null : sum(each.map(({ loss }) => loss)),
    brierScore: rows === 0 ? null : sum(each.map(({ square }) => square)),
    calibrationError: mean(each.map(({ calibrationError }) => calibrationError)),
    ...decisionFigures(all, rows),
    profit: costs && isBinary && rows > 0 ? profitOf(outcomes, rows, costs) : null,
  };
}

/** The mean profit per row; gains are negative costs. */
export function profitOf(
  { actual, predicted, truePositives }: ClassOutcomes,
  rows: number,
  costs: DecisionCosts,
): number {
  const { falsePositive, falseNegative, truePositive = 0, trueNegative = 0 } = costs;
  const falsePositives = predicted - truePositives;
  const falseNegatives = actual - truePositives;
  const cost =
    falsePositives * falsePositive +
    falseNegatives * falseNegative +
    truePositives * truePositive +
    (rows - falsePositives - falseNegatives - truePositives) * trueNegative;
  return -cost / rows;
}

function figuresOf({ positives, negatives, means }: ClassCells, isBinary: boolean) {
  const total = sum(positives) + sum(negatives);
  let [rows, loss, square, actual, predicted, truePositives] = [0, 0, 0, 0, 0, 0];
  let [off, error] = [0, 0];
  for (let cell = 0; cell < positives.length; cell++) {
    const [of, not] = [positives[cell], negatives[cell]];
    if (of + not === 0) continue;
    rows += of + not;
    loss += of * means.loss[cell] + (isBinary ? not * means.otherLoss[cell] : 0);
    square += (of + not) * means.square[cell] + of * (1 - 2 * means.probability[cell]);
    actual += of;
    predicted += (of + not) * means.predicted[cell];
    truePositives += of * means.predicted[cell];
    off += (of + not) * means.probability[cell] - of;
    const isEnd = Math.floor((rows / total) * GROUPS) > Math.floor(((rows - of - not) / total) * GROUPS);
    if (!isEnd) continue;
    error += Math.abs(off);
    off = 0;
  }
  return {
    rows,
    loss: loss / rows,
    square: square / rows,
    calibrationError: (error + Math.abs(off)) / rows,
    outcomes: { actual, predicted, truePositives },
  };
}

/** The outcomes of the first of two classes, given those of the second. */
function remaining({ actual, predicted, truePositives }: ClassOutcomes, rows: number): ClassOutcomes {
  return {
    actual: rows - actual,
    predicted: rows - predicted,
    truePositives: rows - actual - predicted + truePositives,
  };
}
