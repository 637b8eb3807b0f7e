import {
  type Attributions,
  type Column,
  integerParameter,
  mean,
  numberParameter,
  oneOf,
  Random,
  readOptions,
  requireParameter,
  requireTable,
  Table,
  takeRows,
  withDefault,
} from '@churn/core';
import { type ExplainedModel, modelScores, requireFitted } from '../explained-model.js';
import { allCoalitions, someCoalitions } from './coalitions.js';
import { constrainedSolver } from './solve-constrained.js';

export interface KernelShapOptions {
  /**
   * The unit of the contributions: `'probability'` (default) or `'log-odds'`. Ignored for regressors.
   */
  readonly scale?: 'probability' | 'log-odds';
  /** The approximate number of sets of columns evaluated per row, if there are more. Default 2048, plus two per column. */
  readonly nSamples?: number;
  /** The seed for sampling sets of columns. Default 0. */
  readonly seed?: number;
}

const parameters = {
  scale: withDefault(oneOf(['probability', 'log-odds']), 'probability'),
  nSamples: integerParameter({ from: 1 }),
  seed: withDefault(numberParameter(), 0),
};

/** The approximate number of rows predicted at a time. */
const BATCH = 2 ** 15;

/**
 * Kernel SHAP: the contributions of raw columns to the predictions of any fitted or loaded model or pipeline. They are Shapley values in
 * which an unknown column takes the values of the background rows in turn (Lundberg and Lee, "A unified approach to interpreting model
 * predictions", 2017). The baseline is the mean output of the background rows; the baseline and contributions of a row add up to its output.
 *
 * With up to 11 columns, all sets of columns are evaluated and the values are exact; with more, sets are sampled. Each row needs one
 * prediction per set and background row, so use few background rows: 20 to 100. Models with `attributions` compute exact ones directly.
 *
 * ```ts
 * const { outputs } = kernelShap(model, customers, customers.sample(50));
 * ```
 *
 * @throws `invalid-parameter` if there are no background rows, or `nSamples` is less than two per column plus two; the errors of the model's
 * `predict`.
 */
export function kernelShap(
  model: ExplainedModel,
  x: Table,
  background: Table,
  options: KernelShapOptions = {},
): Attributions {
  requireFitted(model);
  requireTable(x);
  requireTable(background, 'background');
  requireParameter(background.nRows > 0, 'background', 'a table with at least one row', background.nRows);
  const { scale, seed, ...given } = readOptions(parameters, options);
  const n = model.features.length;
  const { nSamples = 2 * n + 2048 } = given;
  requireParameter(nSamples >= 2 * n + 2, 'nSamples', `an integer of at least ${2 * n + 2}`, nSamples);
  const outputsOf = (table: Table) =>
    scale === 'probability' && model.role === 'classifier'
      ? ofClasses(model.predictProba(table))
      : modelScores(model, table);

  const known = background.select(model.features);
  const all = known.concat(x.select(model.features));
  const isExact = n < 31 && 1 << n <= nSamples;
  const random = new Random(seed).stream('coalitions');
  const { masks, weights } = isExact
    ? { masks: allCoalitions(n), weights: [] }
    : someCoalitions(n, nSamples, random);
  const shapley = isExact ? exactValues(n) : constrainedSolver(masks, weights);

  const baselines = outputsOf(known).map(mean);
  const totals = outputsOf(x);
  const contributions = baselines.map(() => model.features.map(() => new Float64Array(x.nRows)));
  for (let row = 0; row < x.nRows; row++) {
    coalitionValues(all, known.nRows, row, masks, outputsOf).forEach((values, k) => {
      const above = values.map((value) => value - baselines[k]);
      shapley(above, totals[k][row] - baselines[k]).forEach((value, j) => {
        contributions[k][j][row] = value;
      });
    });
  }
  return {
    unit: model.role === 'regressor' ? 'amount' : scale,
    outputs: baselines.map((baseline, k) => ({ baseline, contributions: contributions[k] })),
  };
}

function ofClasses(probabilities: Float64Array[]): Float64Array[] {
  return probabilities.length === 2 ? probabilities.slice(1) : probabilities;
}

/**
 * The mean output over the background rows, with the values of a row in the columns of each set: one array per output.
 * @param all the background rows, followed by the explained rows.
 */
function coalitionValues(
  all: Table,
  nBackground: number,
  row: number,
  masks: readonly Uint8Array[],
  outputsOf: (table: Table) => Float64Array[],
): Float64Array[] {
  const perBatch = Math.max(1, Math.floor(BATCH / nBackground));
  const found: Float64Array[] = [];
  for (let from = 0; from < masks.length; from += perBatch) {
    const some = masks.slice(from, from + perBatch);
    const nRows = some.length * nBackground;
    const columns = Array.from(all.entries(), ([name, column], j): [string, Column] => {
      const rows = Int32Array.from({ length: nRows }, (_, i) =>
        some[Math.floor(i / nBackground)][j] === 1 ? nBackground + row : i % nBackground,
      );
      return [name, takeRows(column, rows)];
    });
    outputsOf(Table.fromColumns(columns, nRows)).forEach((output, k) => {
      found[k] ??= new Float64Array(masks.length);
      some.forEach((_, i) => {
        found[k][from + i] = mean(output.subarray(i * nBackground, (i + 1) * nBackground));
      });
    });
  }
  return found;
}

/** Computes Shapley values from the values of all sets, by definition. */
function exactValues(n: number): (values: Float64Array) => Float64Array {
  // The weight of a set of each size: size! (n - size - 1)! / n!.
  const shares = new Float64Array(n);
  shares[0] = 1 / n;
  for (let size = 1; size < n; size++) shares[size] = (shares[size - 1] * size) / (n - size);
  const sizes = allCoalitions(n).map((mask) => mask.reduce((sum, each) => sum + each, 0));
  return (values) =>
    Float64Array.from({ length: n }, (_, j) => {
      let sum = 0;
      for (let set = 0; set < values.length; set++) {
        if (((set >>> j) & 1) === 0) sum += shares[sizes[set]] * (values[set | (1 << j)] - values[set]);
      }
      return sum;
    });
}
