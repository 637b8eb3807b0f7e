import type { ScorerName } from '@churn/selection';
import type { Config } from '../config/config.js';
import type { TaskName } from '../config/target.js';
import { metricTitle } from '../reporting/metric-title.js';
import { resampledInterval, resamples } from '../training/resamples.js';
import { heldOutAnswers } from './answers.js';
import type { RunContender } from './contender.js';
import { scoreOf } from './score-of.js';
import { targetOf } from './truth.js';

/** A metric on held-out rows. */
export interface CardFigure {
  readonly name: string;
  /** The name of the metric at Hugging Face. */
  readonly type: string;
  readonly value: number;
  /** The 95% bootstrap interval; `undefined` if the run did not record predictions. */
  readonly interval: readonly [low: number, high: number] | undefined;
}

interface CardMetric {
  readonly scorer: ScorerName;
  readonly type: string;
  readonly name: string;
}

/** The metrics of a regression model's card. */
const VALUE_METRICS: readonly CardMetric[] = [
  { scorer: 'r2', type: 'r_squared', name: 'r2' },
  { scorer: 'rootMeanSquaredError', type: 'rmse', name: 'Root mean squared error' },
  { scorer: 'meanAbsoluteError', type: 'mae', name: 'Mean absolute error' },
  { scorer: 'medianAbsoluteError', type: 'median_absolute_error', name: 'Median absolute error' },
];
/** Those of a classifier. */
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
/** Those of a survival model. */
const TIME_METRICS: readonly CardMetric[] = [
  { scorer: 'concordance', type: 'concordance', name: 'Concordance' },
];
const METRICS_OF: Readonly<Record<TaskName, readonly CardMetric[]>> = {
  classes: METRICS,
  value: VALUE_METRICS,
  survival: TIME_METRICS,
};
/** Those that require a positive class, and those for more classes. */
const ONE_CLASS: readonly ScorerName[] = ['precision', 'recall', 'f1'];
const MORE_CLASSES: readonly ScorerName[] = ['f1Macro'];
/** The metrics, computed from the run's predictions for held-out rows, or as recorded if there are none. */
export async function cardFigures(contender: RunContender, config: Config): Promise<CardFigure[]> {
  const { record, ofRun } = contender;
  const isBinary = record.test.classes.length === 2;
  const shown = METRICS_OF[record.task ?? 'classes'].filter(
    ({ scorer }) => !(isBinary ? MORE_CLASSES : ONE_CLASS).includes(scorer),
  );
  const known = await heldOutAnswers(contender, config).catch(() => undefined);
  if (known === undefined) {
    return shown.flatMap(({ scorer, ...names }) =>
      Object.hasOwn(ofRun.metrics, scorer)
        ? [{ ...names, value: ofRun.metrics[scorer], interval: undefined }]
        : [],
    );
  }
  const y = targetOf(known.task, known.truth, known.classes);
  const scored = shown.map(({ scorer, ...names }): CardFigure => {
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

/** The metrics of a survival model's probabilities, as recorded, since runs do not record curves. */
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
