import {
  booleanParameter,
  ChurnError,
  type Classifier,
  callback,
  classLabels,
  type FitOptions,
  integerParameter,
  type Labels,
  type LabelsLike,
  log,
  numberParameter,
  type OptionsOf,
  oneOf,
  readOptions,
  type SettingsOf,
  type StateReader,
  sampleWeights,
  type Table,
  withDefault,
  withGrid,
} from '@churn/core';
import { classWeightParameter, rowWeights } from '../class-weight.js';
import { designMatrix } from '../design-matrix.js';
import { nJobsParameter } from '../threads/max-threads.js';
import { inUnit, weightUnit } from '../weight-unit.js';
import { type TrainingRows, withoutWeightless } from '../weighted-rows.js';
import { BinomialLoss } from './binomial-loss.js';
import { FittedLogisticRegression } from './fitted-logistic-regression.js';
import type { Loss } from './loss.js';
import { MultinomialLoss } from './multinomial-loss.js';
import { type NewtonResult, proximalNewton } from './proximal-newton.js';
import { sampledNewton } from './sampled-newton.js';
import { LOGISTIC, TallRows } from './tall-rows.js';
import { dot } from './weighted-gram.js';

const parameters = {
  /**
   * The penalty: `'l2'` (default) shrinks all coefficients; `'l1'` makes some of them exactly zero; `'elasticnet'` combines both;
   * `'none'` applies no penalty.
   */
  penalty: withGrid(withDefault(oneOf(['l1', 'l2', 'elasticnet', 'none']), 'l2'), ['l2', 'l1']),
  /** The share of l1 in the penalty `'elasticnet'`, from 0 to 1; ignored by other penalties. Default 0.5. */
  l1Ratio: withDefault(numberParameter({ from: 0, to: 1 }), 0.5),
  /** The inverse of the strength of the penalty, above 0. Default 1. */
  C: withGrid(withDefault(numberParameter({ above: 0 }), 1), [1, 0.1, 10]),
  /** Whether to add an intercept. Default true. */
  fitIntercept: withDefault(booleanParameter(), true),
  /** Whether the intercept is penalised like a coefficient, as in liblinear. Default false. */
  penalizeIntercept: withDefault(booleanParameter(), false),
  /** `'balanced'`, or the weight of each class by its label; `null` (default) for 1 each. */
  classWeight: classWeightParameter(),
  /**
   * The stopping tolerance: the largest entry of the objective's subgradient, relative to that of the loss at zero coefficients. Default
   * 1e-8.
   */
  tolerance: withDefault(numberParameter({ above: 0, below: 1 }), 1e-8),
  /** The maximum number of Newton steps. Default 100. */
  maxIterations: withDefault(integerParameter({ from: 1 }), 100),
  /**
   * The maximum number of threads for a fit of many rows; `null` (default) for the number set by `setThreads`. The model does not depend
   * on it.
   */
  nJobs: withDefault(nJobsParameter(), null),
  /** Called with a message if the fit stopped before it converged. */
  onWarning: callback<(message: string) => void>(),
};

export type LogisticRegressionOptions = OptionsOf<typeof parameters>;

type Settings = SettingsOf<typeof parameters>;

/**
 * Logistic regression.
 *
 * For two classes minimises `C Σ v_i log(1 + exp(-s_i (x_i·w + b))) + penalty(w)` with `s_i` = ±1 and `v_i` the weight of a row; for more
 * `C Σ v_i (log Σ_c exp(z_ic) - z_i,y_i) + Σ_c penalty(w_c)` with `z_ic = x_i·w_c + b_c`. The penalty is `Σ |w_j|` (l1), `½ Σ w_j²` (l2),
 * `l1Ratio` of the first plus the rest of the second (elasticnet), or 0 (none). These are the objectives of scikit-learn's
 * `LogisticRegression`; the fit converges to the optimum. Scale the columns first; otherwise the penalty depends on their units.
 *
 * ```ts
 * const model = new LogisticRegression({ penalty: 'l1', C: 0.1 }).fit(x, churned);
 * const [stays, churns] = model.predictProba(x);
 * ```
 */
export class LogisticRegression implements Classifier<FittedLogisticRegression> {
  readonly role = 'classifier';
  static readonly type = 'LogisticRegression';
  static readonly parameters = parameters;
  static readonly accepts = { missing: false, categories: false, sampleWeight: true };
  readonly options: Settings;

  /** @throws `invalid-parameter`, naming the parameter. */
  constructor(options?: LogisticRegressionOptions) {
    this.options = readOptions(parameters, options);
  }

  /** @throws `model-file` if `state` is not a state of this class. */
  static restore(state: StateReader): FittedLogisticRegression {
    return FittedLogisticRegression.restore(state);
  }

  /**
   * @throws `invalid-target` if fewer than two classes have rows of weight; `invalid-data` if `x` has missing or infinite values, values
   * whose squares overflow, or differs in length from `y`; `column-kind` if it has categories.
   */
  fit(x: Table, y: LabelsLike, options?: FitOptions): FittedLogisticRegression {
    return this.fitMany(x, y, [this], options)[0];
  }

  /**
   * Fits several specifications. Those that differ only in C are fitted from strong to weak penalties with warm starts; those with the
   * same rows and weights share second derivatives.
   *
   * @throws the errors of `fit`.
   */
  fitMany(
    x: Table,
    y: LabelsLike,
    specifications: readonly LogisticRegression[],
    options?: FitOptions,
  ): FittedLogisticRegression[] {
    const given = classLabels(y, x);
    const rows = withoutWeightless({ columns: designMatrix(x, x.names), target: given, options });
    const { means, squares } = moments(rows);
    const fitted = new Array<FittedLogisticRegression>(specifications.length);
    const problems = new Map<string, RowProblem>();
    const starts = new Map<string, Float64Array>();
    const byStrength = specifications
      .map((_, i) => i)
      .sort((a, b) => specifications[a].options.C - specifications[b].options.C);
    try {
      for (const i of byStrength) {
        const specification = specifications[i];
        const { classWeight, fitIntercept, penalizeIntercept, penalty, l1Ratio, C } = specification.options;
        const key = JSON.stringify([classWeight, fitIntercept]);
        const problem = problems.get(key) ?? rowProblem(x.names, rows, specification.options);
        problems.set(key, problem);
        assertComputable(x.names, squares, C);
        const path = JSON.stringify([key, penalizeIntercept, penalty, l1Ratio]);
        const result = minimise(problem, specification.options, starts.get(path));
        starts.set(path, result.weights);
        specification.#warn(result);
        fitted[i] = new FittedLogisticRegression({ ...problem.state(result), means });
      }
      return fitted;
    } finally {
      for (const { rows } of problems.values()) rows?.close();
    }
  }

  #warn({ converged, iterations, residual }: NewtonResult): void {
    const { maxIterations, tolerance, onWarning } = this.options;
    if (converged) return;
    onWarning?.(
      `LogisticRegression stopped after ${iterations} of at most ${maxIterations} steps, with a residual of ` +
        `${residual.toExponential(1)} instead of ${tolerance.toExponential(1)}`,
    );
  }
}

interface Moments {
  /** The mean of each column, by the sample weights. */
  readonly means: number[];
  /** The sum of the squares of each column. */
  readonly squares: number[];
}

function moments({ columns, target: labels, options }: TrainingRows<Labels>): Moments {
  const n = labels.length;
  const given = sampleWeights(options ?? {}, n);
  if (!given) {
    const sums = columns.map(sumAndSquares);
    return { means: sums.map(([sum]) => sum / n), squares: sums.map(([, squared]) => squared) };
  }
  const weights = inUnit(given, weightUnit(given));
  const all = weights.reduce((sum, weight) => sum + weight, 0);
  return {
    means: columns.map((column) => dot(column, weights) / all),
    squares: columns.map((column) => dot(column, column)),
  };
}

/** The sums of a column and of its squares, in the order of `dot`. */
function sumAndSquares(column: Float64Array): [number, number] {
  let s0 = 0;
  let s1 = 0;
  let s2 = 0;
  let s3 = 0;
  let q0 = 0;
  let q1 = 0;
  let q2 = 0;
  let q3 = 0;
  let i = 0;
  for (; i + 3 < column.length; i += 4) {
    const a = column[i];
    const b = column[i + 1];
    const c = column[i + 2];
    const d = column[i + 3];
    s0 += a;
    q0 += a * a;
    s1 += b;
    q1 += b * b;
    s2 += c;
    q2 += c * c;
    s3 += d;
    q3 += d * d;
  }
  for (; i < column.length; i++) {
    s0 += column[i];
    q0 += column[i] * column[i];
  }
  return [s0 + s1 + (s2 + s3), q0 + q1 + (q2 + q3)];
}

/** The data shared by fits of the same rows, weights and intercept. */
interface RowProblem {
  readonly loss: Loss;
  /** The rows of two classes, if there are many compared with the columns. */
  readonly rows: TallRows | undefined;
  /** The number of sets of coefficients: 1 for two classes, otherwise one per class. */
  readonly nTerms: number;
  /** The number of coefficients of a term, including its intercept. */
  readonly width: number;
  /** The optimal intercepts if all coefficients are 0. */
  readonly intercepts: readonly number[];
  state(result: NewtonResult): FittedLogisticRegression['state'];
}

function rowProblem(
  names: readonly string[],
  { columns: features, target: labels, options }: TrainingRows<Labels>,
  { classWeight, fitIntercept, nJobs }: Settings,
): RowProblem {
  const weights = rowWeights(labels, classWeight, options);
  const totals = new Float64Array(labels.classes.length);
  labels.codes.forEach((code, row) => {
    totals[code] += weights ? weights[row] : 1;
  });
  const present = labels.classes.map((_, code) => code).filter((code) => totals[code] > 0);
  if (present.length < 2) {
    throw new ChurnError('invalid-target', 'expected rows of weight above 0 in two or more classes, got one');
  }
  const place = new Map(present.map((code, c) => [code, c]));
  // A row of an absent class has weight 0, so its class does not matter.
  const places = labels.classes.map((_, code) => place.get(code) ?? 0);
  const codes = labels.codes.map((code) => places[code]);
  const isBinary = present.length === 2;
  const logs = present.map((code) => log(totals[code]));
  const mean = logs.reduce((sum, value) => sum + value, 0) / logs.length;
  const width = features.length + Number(fitIntercept);
  const shape = { nFeatures: features.length, width, fitIntercept };
  const makeLoss = () => {
    const columns = fitIntercept ? [...features, new Float64Array(labels.length).fill(1)] : features;
    return isBinary
      ? new BinomialLoss(columns, codes, weights)
      : new MultinomialLoss(columns, codes, present.length, weights);
  };
  let loss: Loss | undefined;
  return {
    rows:
      isBinary && TallRows.suits(labels.length, width)
        ? new TallRows(
            LOGISTIC,
            { columns: features, hasIntercept: fitIntercept, y: new Float64Array(codes), weights },
            nJobs,
          )
        : undefined,
    get loss() {
      loss ??= makeLoss();
      return loss;
    },
    nTerms: isBinary ? 1 : present.length,
    width,
    intercepts: isBinary ? [logs[1] - logs[0]] : logs.map((value) => value - mean),
    state: ({ weights: w, iterations, converged }) => {
      const fit = { classes: labels.classes, features: names, iterations, converged };
      if (isBinary && labels.classes.length === 2) {
        const [{ coefficients, intercept }] = terms(w, 1, shape);
        return { ...fit, coefficients, intercept };
      }
      // If two of several classes have rows, the log-odds are the difference of their scores.
      const score = isBinary ? Float64Array.from([...w.map((v) => -v / 2), ...w.map((v) => v / 2)]) : w;
      const found = terms(score, present.length, shape);
      return {
        ...fit,
        classCoefficients: labels.classes.map(
          (_, code) =>
            found[place.get(code) ?? -1]?.coefficients ?? new Array<number>(features.length).fill(0),
        ),
        intercepts: labels.classes.map((_, code) => found[place.get(code) ?? -1]?.intercept ?? null),
      };
    },
  };
}

function terms(
  w: Float64Array,
  count: number,
  { nFeatures, width, fitIntercept }: { nFeatures: number; width: number; fitIntercept: boolean },
): { coefficients: number[]; intercept: number }[] {
  return Array.from({ length: count }, (_, c) => ({
    coefficients: Array.from(w.subarray(c * width, c * width + nFeatures)),
    intercept: fitIntercept ? w[c * width + nFeatures] : 0,
  }));
}

function minimise(
  rowProblem: RowProblem,
  { penalty, l1Ratio, C, fitIntercept, penalizeIntercept, tolerance, maxIterations }: Settings,
  warm?: Float64Array,
): NewtonResult {
  const { rows, nTerms, width, intercepts } = rowProblem;
  const size = nTerms * width;
  const l1Share = { l1: 1, l2: 0, elasticnet: l1Ratio, none: 0 }[penalty];
  const l2Share = { l1: 0, l2: 1, elasticnet: 1 - l1Ratio, none: 0 }[penalty];
  const isFree = fitIntercept && !penalizeIntercept;
  const cold = new Float64Array(size);
  const l1 = new Float64Array(size).fill(l1Share);
  const l2 = new Float64Array(size).fill(l2Share);
  for (let c = 0; isFree && c < nTerms; c++) {
    const at = (c + 1) * width - 1;
    l1[at] = 0;
    l2[at] = 0;
    cold[at] = intercepts[c];
  }
  if (rows) {
    const result = sampledNewton({ rows, C, l1, l2 }, { start: warm ?? cold, tolerance, maxIterations });
    if (result) return result;
  }
  const problem = { loss: rowProblem.loss, C, l1, l2 };
  const result = proximalNewton(problem, { start: warm ?? cold, tolerance, maxIterations });
  const isGood = result.converged || warm === undefined;
  const reached = isGood ? result : proximalNewton(problem, { start: cold, tolerance, maxIterations });
  return { ...reached, weights: centred(reached.weights, nTerms, l1, l2) };
}

/** Without a penalty, adding a constant to the scores of all classes changes nothing; the optimum of mean 0 is chosen. */
function centred(w: Float64Array, nTerms: number, l1: Float64Array, l2: Float64Array): Float64Array {
  if (nTerms === 1) return w;
  const width = w.length / nTerms;
  const result = w.slice();
  for (let j = 0; j < width; j++) {
    if (l1[j] !== 0 || l2[j] !== 0) continue;
    let mean = 0;
    for (let at = j; at < w.length; at += width) mean += w[at] / nTerms;
    for (let at = j; at < w.length; at += width) result[at] -= mean;
  }
  return result;
}

/** @param squares the sum of the squares of each column. */
function assertComputable(names: readonly string[], squares: readonly number[], C: number): void {
  const tooLarge = squares.findIndex((squared) => !Number.isFinite(C * squared));
  if (tooLarge < 0) return;
  throw new ChurnError(
    'invalid-data',
    `column "${names[tooLarge]}": the values are too large; scale the columns first`,
  );
}
