import type { DecisionCosts } from '@churn/selection';
import { areaUnderRoc, type CellOutcomes } from './cell-outcomes.js';
import { type ClassOutcomes, decisionFigures } from './decision-figures.js';
import type { PerformanceFigures } from './performance-figures.js';
import { sum } from './sum.js';

/** The figures of `PerformanceFigures`, and the profit of a row on average; `null` if there are no costs. */
export type FigureValues = PerformanceFigures & { readonly profit: number | null };

/** What is told of the rows in each cell of the probability of a class, on average. */
export interface CellMeans {
  readonly probability: ArrayLike<number>;
  /** Of the squares of the probabilities. */
  readonly square: ArrayLike<number>;
  /** Of `-ln p`. */
  readonly loss: ArrayLike<number>;
  /** Of `-ln(1 - p)`; of two classes alone. */
  readonly otherLoss: ArrayLike<number>;
  /** The share that is predicted to be of the class. */
  readonly called: ArrayLike<number>;
}

/** Rows in the cells of the probability of a class: in each how many are of the class, how many are not, and what they are like. */
export interface ClassCells extends CellOutcomes {
  readonly means: CellMeans;
}

/** Into how many groups of nearly as many rows each cells are joined, to compare probabilities with shares. */
const GROUPS = 10;

/**
 * The figures of rows of which only the cells are known; expected numbers of rows may be fractions.
 *
 * @param classes the second of two classes, or each of more.
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

/** The profit of a row on average: gains are negative costs. */
export function profitOf(
  { actual, called, hits }: ClassOutcomes,
  rows: number,
  costs: DecisionCosts,
): number {
  const { falsePositive, falseNegative, truePositive = 0, trueNegative = 0 } = costs;
  const alarms = called - hits;
  const misses = actual - hits;
  const cost =
    alarms * falsePositive +
    misses * falseNegative +
    hits * truePositive +
    (rows - alarms - misses - hits) * trueNegative;
  return -cost / rows;
}

function figuresOf({ positives, negatives, means }: ClassCells, isBinary: boolean) {
  const total = sum(positives) + sum(negatives);
  let [rows, loss, square, actual, called, hits] = [0, 0, 0, 0, 0, 0];
  let [off, error] = [0, 0];
  for (let cell = 0; cell < positives.length; cell++) {
    const [of, not] = [positives[cell], negatives[cell]];
    if (of + not === 0) continue;
    rows += of + not;
    loss += of * means.loss[cell] + (isBinary ? not * means.otherLoss[cell] : 0);
    square += (of + not) * means.square[cell] + of * (1 - 2 * means.probability[cell]);
    actual += of;
    called += (of + not) * means.called[cell];
    hits += of * means.called[cell];
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
    outcomes: { actual, called, hits },
  };
}

/** The outcomes of the first of two classes, by those of the second. */
function remaining({ actual, called, hits }: ClassOutcomes, rows: number): ClassOutcomes {
  return { actual: rows - actual, called: rows - called, hits: rows - actual - called + hits };
}
