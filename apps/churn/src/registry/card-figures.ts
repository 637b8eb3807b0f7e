import type { ScorerName } from '@churn/selection';
import type { Config } from '../config/config.js';
import type { TaskName } from '../config/target.js';
import { metricTitle } from '../reporting/metric-title.js';
import { resampledInterval, resamples } from '../training/resamples.js';
import { heldOutAnswers } from './answers.js';
import type { RunContender } from './contender.js';
import { scoreOf } from './score-of.js';
import { targetOf } from './truth.js';

/** A figure of the rows held out. */
export interface CardFigure {
  readonly name: string;
  /** As Hugging Face calls the metric. */
  readonly type: string;
  readonly value: number;
  /** Where 95 of 100 resamples of the rows have it; `undefined` where the run did not keep what the model said of them. */
  readonly interval: readonly [low: number, high: number] | undefined;
}

interface CardMetric {
  readonly scorer: ScorerName;
  readonly type: string;
  readonly name: string;
}

/** The metrics of a card of a model of values. */
const VALUE_METRICS: readonly CardMetric[] = [
  { scorer: 'r2', type: 'r_squared', name: 'r2' },
  { scorer: 'rootMeanSquaredError', type: 'rmse', name: 'Root mean squared error' },
  { scorer: 'meanAbsoluteError', type: 'mae', name: 'Mean absolute error' },
  { scorer: 'medianAbsoluteError', type: 'median_absolute_error', name: 'Median absolute error' },
];
/** Those of a model of classes. */
const METRICS: readonly CardMetric[] = [
  { scorer: 'rocAuc', type: 'roc_auc', name: 'ROC AUC' },
  { scorer: 'averagePrecision', type: 'average_precision', name: 'Average precision' },
  { scorer: 'logLoss', type: 'log_loss', name: 'Log loss' },
  { scorer: 'brierScore', type: 'brier_score', name: 'Brier score' },
  { scorer: 'accuracy', type: 'accuracy', name: 'Accuracy' },
  { scorer: 'precision', type: 'precision', name: 'Precision' },
  { scorer: 'recall', type: 'recall', name: 'Recall' },
  { scorer: 'f1', type: 'f1', name: 'F1' },
  { scorer: 'f1Macro', type: 'f1', name: 'F1, mean over the classes' },
];
/** Those of a model of times. */
const TIME_METRICS: readonly CardMetric[] = [
  { scorer: 'concordance', type: 'concordance', name: 'Concordance' },
];
const METRICS_OF: Readonly<Record<TaskName, readonly CardMetric[]>> = {
  classes: METRICS,
  value: VALUE_METRICS,
  survival: TIME_METRICS,
};
/** Those of one class of two, and those of more classes. */
const ONE_CLASS: readonly ScorerName[] = ['precision', 'recall', 'f1'];
const MORE_CLASSES: readonly ScorerName[] = ['f1Macro'];
/** By what the run kept of the rows held out; of one that kept nothing, what it said of them. */
export async function cardFigures(contender: RunContender, config: Config): Promise<CardFigure[]> {
  const { record, ofRun } = contender;
  const isBinary = record.test.classes.length === 2;
  const wanted = METRICS_OF[record.task ?? 'classes'].filter(
    ({ scorer }) => !(isBinary ? MORE_CLASSES : ONE_CLASS).includes(scorer),
  );
  const known = await heldOutAnswers(contender, config).catch(() => undefined);
  if (known === undefined) {
    return wanted.flatMap(({ scorer, ...names }) =>
      Object.hasOwn(ofRun.metrics, scorer)
        ? [{ ...names, value: ofRun.metrics[scorer], interval: undefined }]
        : [],
    );
  }
  const y = targetOf(known.task, known.truth, known.classes);
  const scored = wanted.map(({ scorer, ...names }): CardFigure => {
    const { estimate, low, high } = resampledInterval(
      y,
      (drawn, rows) => scoreOf(scorer, drawn, known, rows),
      {
        seed: record.seed,
        nResamples: Math.ceil(resamples(y.length) / 2),
        stratified: known.classes.length > 2,
      },
    );
    return { ...names, value: estimate, interval: [low, high] };
  });
  return record.task === 'survival' ? [...scored, ...overTime(ofRun.metrics)] : scored;
}

/** The figures of a model of times that are about probabilities, of which the run keeps no curves. */
function overTime(metrics: Readonly<Record<string, number>>): CardFigure[] {
  return Object.entries(metrics).flatMap(([metric, value]) => {
    const [, type, horizon] = /^(integratedBrierScore|brierScore|rocAuc)(?:_(.+))?$/.exec(metric) ?? [];
    if (type === undefined) return [];
    const title = metricTitle(type);
    const name = horizon === undefined ? title : `${title} at ${horizon}`;
    return [{ name, type: TYPES_OVER_TIME[type], value, interval: undefined }];
  });
}

const TYPES_OVER_TIME: Readonly<Record<string, string>> = {
  integratedBrierScore: 'integrated_brier_score',
  brierScore: 'brier_score',
  rocAuc: 'roc_auc',
};
