import type { TargetValues } from '@churn/core';
import { concordance, integratedBrierScore } from '@churn/survival';
import { accuracy } from './metrics/accuracy.js';
import { averagePrecision } from './metrics/average-precision.js';
import { balancedAccuracy } from './metrics/balanced-accuracy.js';
import { brierScore } from './metrics/brier-score.js';
import { cohenKappa } from './metrics/cohen-kappa.js';
import { d2AbsoluteError } from './metrics/d2-absolute-error.js';
import { d2Pinball } from './metrics/d2-pinball.js';
import { d2Tweedie } from './metrics/d2-tweedie.js';
import { expectedCalibrationError } from './metrics/expected-calibration-error.js';
import { explainedVariance } from './metrics/explained-variance.js';
import { ksStatistic } from './metrics/ks-statistic.js';
import { logLoss } from './metrics/log-loss.js';
import { matthewsCorrcoef } from './metrics/matthews-corrcoef.js';
import { maxError } from './metrics/max-error.js';
import { meanAbsoluteError } from './metrics/mean-absolute-error.js';
import { meanAbsolutePercentageError } from './metrics/mean-absolute-percentage-error.js';
import { meanGammaDeviance } from './metrics/mean-gamma-deviance.js';
import { meanPinballLoss } from './metrics/mean-pinball-loss.js';
import { meanPoissonDeviance } from './metrics/mean-poisson-deviance.js';
import { meanSquaredError } from './metrics/mean-squared-error.js';
import { meanSquaredLogError } from './metrics/mean-squared-log-error.js';
import { meanTweedieDeviance } from './metrics/mean-tweedie-deviance.js';
import { medianAbsoluteError } from './metrics/median-absolute-error.js';
import type { RegressionMetric } from './metrics/metric.js';
import { f1, precision, recall } from './metrics/precision-recall-f1.js';
import { r2 } from './metrics/r2.js';
import { rocAuc } from './metrics/roc-auc.js';
import { rootMeanSquaredError } from './metrics/root-mean-squared-error.js';
import { rootMeanSquaredLogError } from './metrics/root-mean-squared-log-error.js';

import {
  type AnyScorer,
  labelScorer,
  orderScorer,
  probabilityScorer,
  regressionScorer,
  riskScorer,
  type Scorer,
} from './scorer.js';
import { survivalScorer } from './survival-scorer.js';

/**
 * Ready-made scorers by name: for classification, from `r2` on for regression, and from `concordance` on for survival. Precision, recall
 * and F1 are for the second of two classes; names ending in `Macro` or `Weighted` are for more. Quantile metrics are for the median, and
 * Tweedie deviance has power 0; use `regressionScorer` for others. The integrated Brier score spans most of the durations; use
 * `survivalScorer` for other times.
 */
export const scorers = {
  rocAuc: orderScorer(rocAuc, { name: 'rocAuc' }),
  rocAucWeighted: orderScorer((y, p, options) => rocAuc(y, p, { ...options, average: 'weighted' }), {
    name: 'rocAucWeighted',
  }),
  ksStatistic: orderScorer(ksStatistic, { name: 'ksStatistic' }),
  averagePrecision: orderScorer(averagePrecision, { name: 'averagePrecision' }),
  logLoss: probabilityScorer(logLoss, { name: 'logLoss', greaterIsBetter: false }),
  brierScore: probabilityScorer(brierScore, { name: 'brierScore', greaterIsBetter: false }),
  expectedCalibrationError: probabilityScorer(expectedCalibrationError, {
    name: 'expectedCalibrationError',
    greaterIsBetter: false,
  }),
  accuracy: labelScorer(accuracy, { name: 'accuracy' }),
  balancedAccuracy: labelScorer(balancedAccuracy, { name: 'balancedAccuracy' }),
  precision: labelScorer(precision, { name: 'precision' }),
  recall: labelScorer(recall, { name: 'recall' }),
  f1: labelScorer(f1, { name: 'f1' }),
  f1Macro: labelScorer((y, predicted, options) => f1(y, predicted, { ...options, average: 'macro' }), {
    name: 'f1Macro',
  }),
  f1Weighted: labelScorer((y, predicted, options) => f1(y, predicted, { ...options, average: 'weighted' }), {
    name: 'f1Weighted',
  }),
  matthewsCorrcoef: labelScorer(matthewsCorrcoef, { name: 'matthewsCorrcoef' }),
  cohenKappa: labelScorer(cohenKappa, { name: 'cohenKappa' }),
  ...regressionScorers({ r2, explainedVariance, d2AbsoluteError, d2Pinball, d2Tweedie }, true),
  ...regressionScorers(
    {
      meanSquaredError,
      rootMeanSquaredError,
      meanAbsoluteError,
      medianAbsoluteError,
      maxError,
      meanAbsolutePercentageError,
      meanSquaredLogError,
      rootMeanSquaredLogError,
      meanPinballLoss,
      meanPoissonDeviance,
      meanGammaDeviance,
      meanTweedieDeviance,
    },
    false,
  ),
  concordance: riskScorer(concordance, { name: 'concordance' }),
  integratedBrierScore: survivalScorer(integratedBrierScore, {
    name: 'integratedBrierScore',
    greaterIsBetter: false,
  }),
  concordanceUno: riskScorer((y, risk, options) => concordance(y, risk, { ...options, method: 'uno' }), {
    name: 'concordanceUno',
  }),
} as const satisfies Readonly<Record<string, AnyScorer>>;

/** A scorer of each metric, by its name. */
function regressionScorers<N extends string>(
  metrics: Readonly<Record<N, RegressionMetric>>,
  greaterIsBetter: boolean,
): Readonly<Record<N, Scorer<TargetValues>>> {
  const all = Object.entries<RegressionMetric>(metrics);
  return Object.fromEntries(
    all.map(([name, metric]) => [name, regressionScorer(metric, { name, greaterIsBetter })]),
  ) as Record<N, Scorer<TargetValues>>;
}

/** The name of a ready-made scorer. */
export type ScorerName = keyof typeof scorers;
