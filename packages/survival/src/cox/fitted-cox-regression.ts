import {
  type Attributions,
  ChurnError,
  exp,
  extremeColumn,
  type FittedSurvivalModel,
  isList,
  isNumberOrNull,
  type RowFault,
  restoreSchema,
  rowFaultError,
  type StateReader,
  type Table,
  type TableSchema,
} from '@churn/core';
import { designMatrix } from '@churn/models';
import {
  type BaselineHazard,
  type BaselineHazardState,
  cumulativeHazardAt,
  packBaseline,
  restoreBaseline,
} from './baseline-hazards.js';
import { type CoxSummary, type CoxSummaryOptions, coxSummary } from './cox-summary.js';
import { TIES, type Ties } from './partial-likelihood.js';
import { strataOf } from './strata.js';

/** The state of a Cox regression. */
export type CoxRegressionState = {
  /** The columns that have a coefficient. */
  readonly covariates: readonly string[];
  /** The columns that the strata are by. */
  readonly strata: TableSchema;
  /** The coefficient of each covariate, on the scale of the columns it was fitted on. */
  readonly coefficients: readonly number[];
  /** The mean of each covariate in the training rows, by their weights. */
  readonly means: readonly number[];
  /** The inverse of the information matrix, a row per covariate; `null` with an l1 penalty. */
  readonly covariance: readonly (readonly number[])[] | null;
  readonly isPenalized: boolean;
  readonly ties: Ties;
  /** The logarithm of the partial likelihood, without the penalty; and where all coefficients are 0. */
  readonly logLikelihood: number;
  readonly nullLogLikelihood: number;
  /** The concordance with the training rows, within strata; `null` where no two rows can be compared. */
  readonly concordance: number | null;
  readonly nRows: number;
  readonly nEvents: number;
  /** The number of Newton steps. */
  readonly iterations: number;
  readonly converged: boolean;
  readonly baselines: readonly BaselineHazardState[];
};

/** A Cox regression that has learned. */
export class FittedCoxRegression implements FittedSurvivalModel {
  readonly role = 'survival';
  readonly type = 'CoxRegression';
  readonly #learned: Omit<CoxRegressionState, 'baselines'>;
  #state: CoxRegressionState | undefined;

  constructor(
    learned: Omit<CoxRegressionState, 'baselines'>,
    /** The cumulative hazard of a row at the means, in each stratum. */
    readonly baselines: readonly BaselineHazard[],
  ) {
    this.#learned = learned;
  }

  get state(): CoxRegressionState {
    // Packed when it is asked for: of a search over penalties most models are never saved.
    this.#state ??= { ...this.#learned, baselines: this.baselines.map(packBaseline) };
    return this.#state;
  }

  /** @throws `model-file` if the state is not one of a Cox regression. */
  static restore(state: StateReader): FittedCoxRegression {
    const covariates = state.names('covariates');
    const strata = restoreSchema(state, 'strata');
    const p = covariates.length;
    state.expect(p > 0, 'covariates', 'one or more');
    const areApart = strata.every(({ name }) => !covariates.includes(name));
    state.expect(areApart, 'strata', 'by columns that are no covariates');
    const covariance = state.get('covariance') === null ? null : state.list('covariance', isNumberList);
    const isSquare =
      covariance === null || (covariance.length === p && covariance.every((row) => row.length === p));
    state.expect(isSquare, 'covariance', 'a row per covariate, with a number per covariate');
    const hasVariances = covariance === null || covariance.every((row, j) => row[j] >= 0);
    state.expect(hasVariances, 'covariance', 'of variances of at least 0');
    const concordance = state.get('concordance');
    const isShare =
      isNumberOrNull(concordance) && (concordance === null || (concordance >= 0 && concordance <= 1));
    state.expect(isShare, 'concordance', 'null or a number from 0 to 1');
    const baselines = state.children('baselines').map((each) => restoreBaseline(each, strata.length));
    const keys = baselines.map(({ stratum }) => JSON.stringify(stratum));
    const isOneEach = keys.length > 0 && new Set(keys).size === keys.length;
    state.expect(isOneEach, 'baselines', 'one per stratum');
    const nRows = state.integer('nRows', { from: 1 });
    return new FittedCoxRegression(
      {
        covariates,
        strata,
        coefficients: state.numbers('coefficients', { length: p }),
        means: state.numbers('means', { length: p }),
        covariance,
        isPenalized: state.boolean('isPenalized'),
        ties: state.oneOf('ties', TIES),
        logLikelihood: state.number('logLikelihood'),
        nullLogLikelihood: state.number('nullLogLikelihood'),
        concordance: concordance as number | null,
        nRows,
        nEvents: state.integer('nEvents', { from: 1, to: nRows }),
        iterations: state.integer('iterations', { from: 0 }),
        converged: state.boolean('converged'),
      },
      baselines,
    );
  }

  /** The coefficient of each covariate: by how much a unit of it raises the logarithm of the hazard. */
  get coefficients(): readonly number[] {
    return this.#learned.coefficients;
  }

  get features(): readonly string[] {
    return this.schema.map(({ name }) => name);
  }

  get schema(): TableSchema {
    const { covariates, strata } = this.#learned;
    return [...covariates.map((name) => ({ name, kind: 'numeric' as const })), ...strata];
  }

  /** The event times of all strata, ascending. */
  get times(): Float64Array {
    const all = new Set(this.baselines.flatMap(({ times }) => [...times]));
    return Float64Array.from(all).sort();
  }

  /**
   * The log partial hazard of each row: `Σ_j coefficients_j (x_j - means_j)`, so that it is 0 at the means of the training rows. It is
   * not comparable between strata, which have their own baselines.
   *
   * @throws `column-name` or `column-kind` if a covariate is not there or holds categories; `invalid-data` if a value is missing or
   * infinite, or a row's result is.
   */
  predict(x: Table): Float64Array {
    const { covariates, coefficients, means } = this.#learned;
    const result = new Float64Array(x.nRows);
    designMatrix(x, covariates).forEach((column, j) => {
      for (let row = 0; row < result.length; row++) result[row] += coefficients[j] * (column[row] - means[j]);
    });
    const faults: RowFault[] = [];
    result.forEach((value, row) => {
      if (Number.isFinite(value)) return;
      const { column, shown } = extremeColumn(x, covariates, row);
      const detail = `expected values that have a log partial hazard, got ${shown}, whose would be ${value}`;
      faults.push({ row, ...(column !== undefined && { column }), detail });
    });
    if (faults.length > 0) throw rowFaultError(faults);
    return result;
  }

  /**
   * The contribution of each feature to the log partial hazard, which is 0 at the means of the training rows:
   * `coefficients_j (x_j - means_j)`. The columns of strata add nothing, since baselines are not compared.
   *
   * @throws `column-name`, `column-kind` or `invalid-data`, as `predict` does.
   */
  attributions(x: Table): Attributions {
    const { covariates, coefficients, means, strata } = this.#learned;
    const added = designMatrix(x, covariates).map((column, j) =>
      Float64Array.from(column, (value) => coefficients[j] * (value - means[j])),
    );
    const ofStrata = strata.map(() => new Float64Array(x.nRows));
    return { unit: 'log-hazard', outputs: [{ baseline: 0, contributions: [...added, ...ofStrata] }] };
  }

  /**
   * The cumulative hazard of each row at each of `times`, by Breslow's estimate of the baseline of its stratum: a step function, 0 before
   * the first event and level after the last.
   *
   * @param times numbers of at least 0, in any order.
   * @returns an array per time, with a number per row.
   * @throws the errors of `predict`; `invalid-data` if a row is in no stratum of training; `invalid-parameter` for wrong times.
   */
  predictCumulativeHazard(x: Table, times: ArrayLike<number>): Float64Array[] {
    const scores = this.predict(x);
    const wanted = checkedTimes(times);
    const { strata } = this.#learned;
    const { codes } = strataOf(
      x,
      strata.map(({ name }) => name),
      this.baselines.map(({ stratum }) => stratum),
    );
    const risks = scores.map((score) => exp(score));
    return wanted.map((time) => {
      const hazards = this.baselines.map((baseline) => cumulativeHazardAt(baseline, time));
      // Before the first event nobody is at risk, not even a row whose risk is too large for a number.
      return risks.map((risk, row) => (hazards[codes[row]] === 0 ? 0 : hazards[codes[row]] * risk));
    });
  }

  /**
   * The probability that the event of each row occurs after each of `times`: `exp(-H)` of the cumulative hazard H.
   * @throws the errors of `predictCumulativeHazard`.
   */
  predictSurvival(x: Table, times: ArrayLike<number>): Float64Array[] {
    return this.predictCumulativeHazard(x, times).map((hazards) => hazards.map((hazard) => exp(-hazard)));
  }

  /**
   * The coefficients with their standard errors, tests and intervals, and how well the model fits the training rows.
   * @throws `invalid-parameter` for a confidence that is not between 0 and 1.
   */
  summary(options?: CoxSummaryOptions): CoxSummary {
    return coxSummary(this.#learned, options);
  }
}

function checkedTimes(times: ArrayLike<number>): number[] {
  const list = isList(times) ? Array.from(times) : undefined;
  const wrong = list ? list.findIndex((time) => !(Number.isFinite(time) && time >= 0)) : 0;
  if (list && wrong < 0) return list;
  const received = list ? `${String(list[wrong])} at position ${wrong}` : typeof times;
  throw new ChurnError(
    'invalid-parameter',
    `times: expected a list of finite numbers of at least 0, got ${received}`,
  );
}

function isNumberList(value: unknown): value is number[] {
  return Array.isArray(value) && value.every((each) => typeof each === 'number' && Number.isFinite(each));
}
