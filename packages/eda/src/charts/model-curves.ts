import { curveChart } from './curve-chart.js';
import type { ChartSpec, ChartTitle } from './figure.js';

/** The ROC curve of a model. */
export interface NamedRocCurve {
  readonly name: string;
  readonly fpr: ArrayLike<number>;
  readonly tpr: ArrayLike<number>;
  readonly auc: number;
  /** Within which the area is believed to be. */
  readonly interval?: readonly [low: number, high: number];
}

/**
 * ROC curves of all models in one figure, with their areas and the intervals of these. As all charts of curves it draws up to 28, with
 * colours and then dashes of their own, and says so if there are more; equal names are numbered.
 *
 * @throws `invalid-data` if there is no curve, or one without points, of unequal lengths or of numbers that are not finite.
 */
export function rocChart(
  curves: readonly NamedRocCurve[],
  { title = 'ROC curves', subtitle }: ChartTitle = {},
): ChartSpec {
  return curveChart(
    'rocChart',
    curves.map(({ name, fpr, tpr, auc, interval }) => ({
      name,
      figures: `AUC ${auc.toFixed(3)}${interval ? ` (${interval[0].toFixed(3)} to ${interval[1].toFixed(3)})` : ''}`,
      x: fpr,
      y: tpr,
    })),
    {
      title,
      subtitle,
      x: 'false positive rate',
      y: 'true positive rate',
      reference: [
        [0, 0],
        [1, 1],
      ],
    },
  );
}

/** The precision-recall curve of a model. */
export interface NamedPrecisionRecallCurve {
  readonly name: string;
  readonly precision: ArrayLike<number>;
  readonly recall: ArrayLike<number>;
  readonly averagePrecision: number;
}

/**
 * Precision-recall curves of all models.
 *
 * @param options `rate`: the share of positive rows, which is the precision of chance.
 */
export function precisionRecallChart(
  curves: readonly NamedPrecisionRecallCurve[],
  { title = 'Precision and recall', subtitle, rate }: ChartTitle & { readonly rate?: number } = {},
): ChartSpec {
  return curveChart(
    'precisionRecallChart',
    curves.map(({ name, precision, recall, averagePrecision }) => ({
      name,
      figures: `average precision ${averagePrecision.toFixed(3)}`,
      x: recall,
      y: precision,
    })),
    {
      title,
      subtitle,
      x: 'recall',
      y: 'precision',
      interpolate: 'step-before',
      ...(rate !== undefined && {
        reference: [
          [0, rate],
          [1, rate],
        ],
      }),
    },
  );
}

/** What a model said, in bins, and what came true. */
export interface NamedCalibrationCurve {
  readonly name: string;
  /** The mean probability of each bin. */
  readonly probPred: ArrayLike<number>;
  /** The share of positive rows in it. */
  readonly probTrue: ArrayLike<number>;
}

/** Whether probabilities mean what they say: on the diagonal they do. */
export function calibrationChart(
  curves: readonly NamedCalibrationCurve[],
  { title = 'Calibration', subtitle = 'on the dashed line, probabilities come true' }: ChartTitle = {},
): ChartSpec {
  return curveChart(
    'calibrationChart',
    curves.map(({ name, probPred, probTrue }) => ({ name, x: probPred, y: probTrue })),
    {
      title,
      subtitle,
      x: 'mean predicted probability',
      y: 'share of positive rows',
      points: true,
      reference: [
        [0, 0],
        [1, 1],
      ],
    },
  );
}

/** How many of the positive rows are found among the rows of the highest scores. */
export interface NamedGains {
  readonly name: string;
  readonly share: ArrayLike<number>;
  readonly gain: ArrayLike<number>;
}

/** Cumulative gains: what part of the positive rows is reached by taking this many rows of the highest scores. */
export function gainsChart(
  curves: readonly NamedGains[],
  { title = 'Cumulative gains', subtitle = 'the dashed line is a random choice' }: ChartTitle = {},
): ChartSpec {
  return curveChart(
    'gainsChart',
    curves.map(({ name, share, gain }) => ({ name, x: share, y: gain })),
    {
      title,
      subtitle,
      x: 'share of rows taken, highest scores first',
      y: 'share of positive rows reached',
      reference: [
        [0, 0],
        [1, 1],
      ],
    },
  );
}

/** How much more frequent positive rows are among the rows of the highest scores. */
export interface NamedLift {
  readonly name: string;
  readonly share: ArrayLike<number>;
  readonly lift: ArrayLike<number>;
}

/** Lift: how many times as many positive rows there are among those of the highest scores as among any. */
export function liftChart(
  curves: readonly NamedLift[],
  { title = 'Lift', subtitle = 'the dashed line is a random choice' }: ChartTitle = {},
): ChartSpec {
  const most = curves.reduce((top, { lift }) => Array.from(lift).reduce((a, b) => Math.max(a, b), top), 1);
  return curveChart(
    'liftChart',
    curves.map(({ name, share, lift }) => ({ name, x: share, y: lift })),
    {
      title,
      subtitle,
      x: 'share of rows taken, highest scores first',
      y: 'lift',
      reference: [
        [0, 1],
        [1, 1],
      ],
      top: Math.ceil(most),
      formatY: '~g',
    },
  );
}
