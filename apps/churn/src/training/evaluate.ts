import { Labels } from '@churn/core';
import { type ScoreReference, scoreReference } from '@churn/monitor';
import {
  accuracy,
  averagePrecision,
  bootstrapInterval,
  brierScore,
  type ClassificationReport,
  classificationReport,
  logLoss,
  precisionRecallF1,
  rocAuc,
} from '@churn/selection';
import type { Config } from '../config/config.js';
import { type CampaignComparison, compareCampaigns } from './campaign-outcome.js';
import type { LabelledRows } from './dataset.js';
import { callsOf, type DecidedModel } from './decide.js';
import { onRows } from './in-lines.js';

/**
 * The metrics of a classifier on test rows. For two classes, precision, recall and F1 are those of the second; for more, they, ROC AUC and
 * average precision are means over the classes.
 */
export type TestMetrics = {
  readonly rocAuc: number;
  /** Its 95% bootstrap interval. */
  readonly rocAucInterval: readonly [low: number, high: number];
  readonly averagePrecision: number;
  readonly logLoss: number;
  readonly brierScore: number;
  readonly accuracy: number;
  readonly precision: number;
  readonly recall: number;
  readonly f1: number;
};

/** A classifier's predictions for test rows, with metrics. */
interface Evaluation {
  readonly metrics: TestMetrics;
  readonly classes: ClassificationReport;
  /** One array per class. */
  readonly probabilities: readonly Float64Array[];
  readonly predicted: Labels;
}

export interface EvaluatedModel extends DecidedModel {
  readonly evaluation: Evaluation;
  /** The profit of contacting test customers, if the threshold is chosen by profit. */
  readonly campaign?: CampaignComparison;
}

/** Evaluates each model on the test rows. */
export function evaluateModels(
  decided: readonly DecidedModel[],
  test: LabelledRows,
  { seed }: Pick<Config, 'seed'>,
  logger: { info(message: string): unknown },
): EvaluatedModel[] {
  return decided.map((model) => {
    const { name, fitSeconds } = model;
    const evaluation = onRows(test, (rows) => evaluate(model, rows, seed));
    const auc = evaluation.metrics.rocAuc.toFixed(4);
    logger.info(`${name}: test ROC AUC ${auc}, fitted in ${fitSeconds.toFixed(1)} s`);
    const campaign = campaignOf(model, evaluation, test);
    return { ...model, evaluation, ...(campaign && { campaign }) };
  });
}

function campaignOf(
  { threshold: chosen, f1Threshold: f1 }: DecidedModel,
  { probabilities }: Evaluation,
  { y, economics }: LabelledRows,
): CampaignComparison | undefined {
  if (!economics || !chosen || !f1) return undefined;
  return compareCampaigns(y, probabilities[1], economics, { chosen, f1 });
}

/**
 * The scores of a model on the test rows, as a reference for new rows.
 * @param otherFits the out-of-fold probabilities of each fold, if the model to write is a refit.
 */
export function scoreOfTest(
  { pipeline, threshold, evaluation }: EvaluatedModel,
  labels: Labels,
  otherFits: readonly (readonly Float64Array[])[] = [],
): ScoreReference {
  const options = { ...(threshold && { threshold: threshold.threshold }), otherFits };
  return scoreReference(evaluation.probabilities, labels, pipeline.classes, options);
}

function evaluate(model: DecidedModel, rows: LabelledRows, seed: number): Evaluation {
  const { x, y } = rows;
  const probabilities = model.pipeline.predictProba(x);
  const predicted = Labels.from(y.classes, y.classes).take(callsOf(model, probabilities, rows));
  const average = y.classes.length === 2 ? 'binary' : 'macro';
  return {
    metrics: {
      ...rocAucOf(y, probabilities, seed),
      averagePrecision: averagePrecision(y, rankingOf(probabilities)),
      logLoss: logLoss(y, probabilities),
      brierScore: brierScore(y, probabilities),
      accuracy: accuracy(y, predicted),
      ...precisionRecallF1(y, predicted, { average }),
    },
    classes: classificationReport(y, predicted),
    probabilities,
    predicted,
  };
}

/** The input of ranking metrics: for two classes, the probabilities of the second; for more, those of all. */
function rankingOf(probabilities: readonly Float64Array[]): Float64Array | readonly Float64Array[] {
  return probabilities.length === 2 ? probabilities[1] : probabilities;
}

function rocAucOf(y: Labels, probabilities: readonly Float64Array[], seed: number) {
  // Stratified: simple resamples may lack a rare class.
  const options = { seed, stratified: probabilities.length > 2 };
  const { estimate, low, high } = bootstrapInterval(rocAuc, y, rankingOf(probabilities), options);
  return { rocAuc: estimate, rocAucInterval: [low, high] as const };
}
