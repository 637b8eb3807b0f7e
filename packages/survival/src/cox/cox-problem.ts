import {
  ChurnError,
  Durations,
  type DurationsLike,
  type FitOptions,
  requireTable,
  requireTargetPerRow,
  sampleWeights,
  type Table,
  type TableSchema,
} from '@churn/core';
import { designMatrix, dot } from '@churn/models';
import { PartialLikelihood, type Ties } from './partial-likelihood.js';
import { RiskSets } from './risk-sets.js';
import { covariatesOf, type StratumValues, strataOf } from './strata.js';

/** What fits of the same rows, weights, strata and ties have in common. Weights and columns are in the positions of the risk sets. */
export interface CoxProblem {
  readonly covariates: readonly string[];
  /** The columns that the strata are by. */
  readonly strataSchema: TableSchema;
  readonly strata: readonly StratumValues[];
  /** The target, in the order of the rows of weight. */
  readonly y: Durations;
  readonly weights: Float64Array;
  readonly totalWeight: number;
  /** The mean and standard deviation of each covariate, by the weights; 1 stands for the deviation of a constant one. */
  readonly means: readonly number[];
  readonly scales: readonly number[];
  readonly riskSets: RiskSets;
  /** Of the covariates less their mean, in standard deviations. */
  readonly likelihood: PartialLikelihood;
  /** The logarithm of the partial likelihood where all coefficients are 0. */
  readonly nullLogLikelihood: number;
  /** The largest entry of its gradient there, by which the residual of a fit is measured. */
  readonly nullSlope: number;
  /** These covariates. */
  readonly columns: readonly Float64Array[];
}

/** @throws what `fit` of `CoxRegression` throws of its input. */
export function coxProblem(
  x: Table,
  given: DurationsLike,
  { strata: strataNames, ties }: { readonly strata: readonly string[]; readonly ties: Ties },
  options: FitOptions = {},
): CoxProblem {
  requireTable(x);
  const target = Durations.from(given);
  requireTargetPerRow(x, target);
  const allWeights = sampleWeights(options, x.nRows);
  const covariates = covariatesOf(x, strataNames);
  const all = designMatrix(x, covariates);
  const { values: strata, codes: allCodes } = strataOf(x, strataNames);
  const kept = allCodes.map((_, row) => row).filter((row) => !allWeights || allWeights[row] > 0);
  const y = kept.length < target.length ? target.take(kept) : target;
  if (!y.events.includes(1))
    throw new ChurnError(
      'invalid-target',
      `expected at least one row with an event, got ${y.length} without one`,
    );

  const riskSets = new RiskSets(
    y,
    kept.map((row) => allCodes[row]),
  );
  const rows = riskSets.rows.map((at) => kept[at]);
  const weights = new Float64Array(rows.length).fill(1);
  if (allWeights) for (let at = 0; at < rows.length; at++) weights[at] = allWeights[rows[at]];
  const totalWeight = weights.reduce((sum, weight) => sum + weight, 0);
  const standardised = covariates.map((name, j) => standardise(name, all[j], rows, weights, totalWeight));
  const columns = standardised.map(({ values }) => values);
  const likelihood = new PartialLikelihood({ riskSets, columns, weights, ties });
  const none = new Float64Array(rows.length);
  return {
    covariates,
    strataSchema: strataNames.map((name) => ({ name, kind: x.column(name).kind })),
    strata,
    y,
    weights,
    totalWeight,
    means: standardised.map(({ mean }) => mean),
    scales: standardised.map(({ scale }) => scale),
    riskSets,
    likelihood,
    nullLogLikelihood: likelihood.logLikelihood(none),
    nullSlope: likelihood.gradient(none).reduce((most, slope) => Math.max(most, Math.abs(slope)), 0),
    columns,
  };
}

function standardise(
  name: string,
  column: Float64Array,
  rows: Uint32Array,
  weights: Float64Array,
  totalWeight: number,
): { values: Float64Array; mean: number; scale: number } {
  const values = new Float64Array(rows.length);
  for (let at = 0; at < values.length; at++) values[at] = column[rows[at]];
  const mean = dot(values, weights) / totalWeight;
  const isConstant = values.every((value) => value === values[0]);
  if (isConstant) return { values: values.fill(0), mean: column[rows[0]], scale: 1 };
  let squares = 0;
  for (let at = 0; at < values.length; at++) {
    const apart = values[at] - mean;
    squares += weights[at] * apart * apart;
  }
  const scale = Math.sqrt(squares / totalWeight);
  if (!(scale > 0 && scale < Infinity))
    throw new ChurnError(
      'invalid-data',
      `column "${name}": the values are too large or too close together to compute with; scale the columns first`,
    );
  for (let at = 0; at < values.length; at++) values[at] = (values[at] - mean) / scale;
  return { values, mean, scale };
}
