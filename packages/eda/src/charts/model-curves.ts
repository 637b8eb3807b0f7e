import { curveChart } from './curve-chart.js';
import type { ChartSpec, ChartTitle } from './figure.js';

/** The ROC curve of a model. */
export interface NamedRocCurve {
  readonly name: string;
  readonly fpr: ArrayLike<number>;
  readonly tpr: ArrayLike<number>;
  readonly auc: number;
  /** The confidence interval of the area. */
  readonly interval?: readonly [low: number, high: number];
}

/**
 * ROC curves of several models in one figure, with their areas and intervals. Like all charts of curves, it shows up to 28, with
 * different colours and dashes, and notes if there are more; equal names are numbered.
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
 * @param options `rate`: the share of positive rows, which is the precision of random predictions.
 */
export function precisionRecallChart(
  curves: readonly NamedPrecisionRecallCurve[],
  { title = 'Precision–recall curves', subtitle, rate }: ChartTitle & { readonly rate?: number } = {},
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

/** Predicted probabilities in bins, and the observed shares. */
export interface NamedCalibrationCurve {
  readonly name: string;
  /** The mean probability of each bin. */
  readonly probPred: ArrayLike<number>;
  /** The share of positive rows in it. */
  readonly probTrue: ArrayLike<number>;
}

/** Calibration curves: on the diagonal, predicted probabilities equal observed shares. */
export function calibrationChart(
  curves: readonly NamedCalibrationCurve[],
  { title = 'Calibration', subtitle = 'dashed line: perfect calibration' }: ChartTitle = {},
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

/** The share of positive rows among those with the highest scores. */
export interface NamedGains {
  readonly name: string;
  readonly share: ArrayLike<number>;
  readonly gain: ArrayLike<number>;
}

/** Cumulative gains: the share of positive rows found by selecting the rows with the highest scores. */
export function gainsChart(
  curves: readonly NamedGains[],
  { title = 'Cumulative gains', subtitle = 'dashed line: random selection' }: ChartTitle = {},
): ChartSpec {
  return curveChart(
    'gainsChart',
    curves.map(({ name, share, gain }) => ({ name, x: share, y: gain })),
    {
      title,
      subtitle,
      x: 'share of rows selected, highest scores first',
      y: 'share of positive rows found',
      reference: [
        [0, 0],
        [1, 1],
      ],
    },
  );
}

/** The frequency of positive rows among those with the highest scores, relative to all rows. */
export interface NamedLift {
  readonly name: string;
  readonly share: ArrayLike<number>;
  readonly lift: ArrayLike<number>;
}

/** Lift: how many times more frequent positive rows are among those with the highest scores than overall. */
export function liftChart(
  curves: readonly NamedLift[],
  { title = 'Lift', subtitle = 'dashed line: random selection' }: ChartTitle = {},
): ChartSpec {
  const most = curves.reduce((top, { lift }) => Array.from(lift).reduce((a, b) => Math.max(a, b), top), 1);
  return curveChart(
    'liftChart',
    curves.map(({ name, share, lift }) => ({ name, x: share, y: lift })),
    {
      title,
      subtitle,
      x: 'share of rows selected, highest scores first',
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
