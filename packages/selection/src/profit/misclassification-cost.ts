import {
  ChurnError,
  isList,
  type LabelsLike,
  type OptionsOf,
  parameter,
  readOptions,
  required,
  requireParameter,
} from '@churn/core';
import { compare } from '../metrics/comparison.js';
import { metricParameters } from '../metrics/metric.js';

/** `costs[i][j]`: the cost of predicting class `j` for a row of class `i`, in the order of the classes; a gain is a negative cost. */
export type CostMatrix = readonly (readonly number[])[];

const costMatrix = required(
  parameter<CostMatrix>('a list of costs by predicted class for each class', isSquare),
);

const parameters = { ...metricParameters, costs: costMatrix };

export type MisclassificationCostOptions = OptionsOf<typeof parameters>;

/**
 * The mean cost of predicted classes; there may be more than two.
 *
 * ```ts
 * misclassificationCost(y, predicted, { costs: [[0, 1, 4], [2, 0, 1], [9, 3, 0]] });
 * ```
 * The classes are those of `yTrue` in their order, if it is given as `Labels`, and otherwise all labels sorted.
 *
 * @throws as `confusionMatrix`, and `invalid-data` if the costs are for a different number of classes.
 */
export function misclassificationCost(
  yTrue: LabelsLike,
  yPredicted: LabelsLike,
  options: MisclassificationCostOptions,
): number {
  const { costs, sampleWeight } = readOptions(parameters, options);
  const { classes, counts, total } = compare(yTrue, yPredicted, { sampleWeight });
  requireClasses(costs, classes.length);
  const sum = costs.flat().reduce((all, cost, cell) => all + cost * counts[cell], 0);
  return sum / total;
}

/**
 * The class of minimum expected cost for each row, by its probabilities; the first in case of a tie (Elkan, 2001).
 *
 * ```ts
 * const codes = leastCostCodes(fitted.predictProba(x), costs);
 * const predicted = Labels.from(fitted.classes, fitted.classes).take(codes);
 * ```
 * @param probabilities one array per class, as returned by `predictProba`.
 * @param costs `costs[i][j]`: the cost of predicting class `j` for a row of class `i`.
 * @returns the class index for each row.
 * @throws `invalid-parameter` if the costs are not a square matrix of numbers; `invalid-data` if they are for a different number of
 * classes, or the probabilities differ in length or are not numbers.
 */
export function leastCostCodes(probabilities: readonly ArrayLike<number>[], costs: CostMatrix): Int32Array {
  requireParameter(isSquare(costs), 'costs', costMatrix.expected, costs);
  const areLists = Array.isArray(probabilities) && probabilities.every(isList);
  requireParameter(areLists, 'probabilities', 'one array of numbers per class', probabilities);
  requireClasses(costs, probabilities.length);
  const n = probabilities[0].length;
  const codes = new Int32Array(n);
  const expected = new Float64Array(costs.length);
  for (let row = 0; row < n; row++) {
    expected.fill(0);
    probabilities.forEach((column, i) => {
      for (let j = 0; j < costs.length; j++) expected[j] += column[row] * costs[i][j];
    });
    if (expected.some(Number.isNaN))
      throw new ChurnError('invalid-data', `the probabilities of row ${row} are not numbers`);
    codes[row] = expected.indexOf(Math.min(...expected));
  }
  return codes;
}

function isSquare(value: unknown): value is CostMatrix {
  if (!Array.isArray(value) || value.length < 2) return false;
  return value.every(
    (row) => Array.isArray(row) && row.length === value.length && row.every((cost) => Number.isFinite(cost)),
  );
}

function requireClasses(costs: CostMatrix, nClasses: number): void {
  if (costs.length === nClasses) return;
  throw new ChurnError('invalid-data', `costs: expected costs of ${nClasses} classes, got ${costs.length}`);
}
