import { concordance } from '@churn/survival';
import { accuracy } from './metrics/accuracy.js';
import { averagePrecision } from './metrics/average-precision.js';
import { balancedAccuracy } from './metrics/balanced-accuracy.js';
import { brierScore } from './metrics/brier-score.js';
import { cohenKappa } from './metrics/cohen-kappa.js';
import { expectedCalibrationError } from './metrics/expected-calibration-error.js';
import { ksStatistic } from './metrics/ks-statistic.js';
import { logLoss } from './metrics/log-loss.js';
import { matthewsCorrcoef } from './metrics/matthews-corrcoef.js';
import { meanAbsoluteError } from './metrics/mean-absolute-error.js';
import { meanSquaredError } from './metrics/mean-squared-error.js';
import { f1, precision, recall } from './metrics/precision-recall-f1.js';
import { r2 } from './metrics/r2.js';
import { rocAuc } from './metrics/roc-auc.js';
import {
  type AnyScorer,
  amountScorer,
  labelScorer,
  orderScorer,
  probabilityScorer,
  riskScorer,
} from './scorer.js';

/**
 * Ready scorers by name: of classes, from `r2` on of amounts, and `concordance` of durations. Those of precision, recall and F1 are
 * about the second of two classes; ones of more classes end in `Macro` or `Weighted`.
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
  r2: amountScorer(r2, { name: 'r2' }),
  meanSquaredError: amountScorer(meanSquaredError, { name: 'meanSquaredError', greaterIsBetter: false }),
  meanAbsoluteError: amountScorer(meanAbsoluteError, { name: 'meanAbsoluteError', greaterIsBetter: false }),
  concordance: riskScorer(concordance, { name: 'concordance' }),
} as const satisfies Readonly<Record<string, AnyScorer>>;

/** The name of a ready scorer. */
export type ScorerName = keyof typeof scorers;
