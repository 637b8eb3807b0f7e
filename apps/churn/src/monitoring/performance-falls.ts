import type { EstimatedPerformance, FigureEstimate, FigureInterval, FigureName } from '@churn/monitor';
import type { FALLING, MonitoringConfig } from '../config/monitoring.js';

/** A metric that got worse by more than is allowed. */
export interface PerformanceFall {
  /** A `FigureName`, or the name of a regression or survival metric. */
  readonly figure: string;
  readonly kind: 'estimated' | 'realised';
  readonly reference: number;
  readonly current: number;
}

/** The classification metrics, in display order. */
const CLASS_FIGURES: readonly FigureName[] = [
  'rocAuc',
  'logLoss',
  'brierScore',
  'calibrationError',
  'accuracy',
  'precision',
  'recall',
  'f1',
  'profit',
];

/** Metrics for which less is better. */
const LOSSES: readonly string[] = [
  ...['logLoss', 'brierScore', 'calibrationError'],
  ...['rootMeanSquaredError', 'meanAbsoluteError'],
];

/** Metrics in the unit of the target, whose allowed change is relative. */
const IN_UNIT: readonly string[] = ['rootMeanSquaredError', 'meanAbsoluteError'];

/** The mean prediction minus the mean outcome: 0 is best. */
const CALIBRATION = 'calibration';

/** The metrics of a model on labelled rows, for any task. */
export interface KnownFigures {
  readonly rows: number;
  readonly confidenceLevel: number;
  /** Metrics by name; for survival, names end with the horizon: `brierScore within 30`. */
  readonly figures: Readonly<Record<string, FigureInterval>>;
}

export interface KnownPerformance {
  readonly estimated: EstimatedPerformance | null;
  readonly realised: KnownFigures | null;
  /** Whether there are enough labels for the realised metrics to decide. */
  readonly areLabelsEnough: boolean;
  /** The metrics of the reference. */
  readonly figures: Readonly<Record<string, number | null>> | null;
}

/**
 * The metrics that got worse by more than is allowed, and significantly: the reference value is outside the interval. With enough labels,
 * realised metrics decide instead of estimated ones. The largest excess comes first.
 */
export function performanceFalls(
  { estimated, realised, areLabelsEnough, figures }: KnownPerformance,
  maxFall: MonitoringConfig['maxFall'],
): PerformanceFall[] {
  const decides = areLabelsEnough ? realised : null;
  const kind = decides ? 'realised' : 'estimated';
  const now: KnownFigures['figures'] | undefined = (decides ?? estimated)?.figures;
  if (!now) return [];
  const names = Object.keys(now);
  const falls = (Object.entries(maxFall) as [(typeof FALLING)[number], number][]).flatMap(([key, most]) =>
    names
      .filter((name) => keyOf(name) === key)
      .flatMap((figure) => {
        const before = key === CALIBRATION ? 0 : beforeOf({ estimated, figures }, figure);
        const { value, lower, upper } = now[figure];
        if (value === null || lower === null || upper === null || before === null) return [];
        const isLoss = key === CALIBRATION ? value > 0 : LOSSES.includes(key);
        const fall = isLoss ? value - before : before - value;
        const isByChance = isLoss ? lower <= before : upper >= before;
        const allowed = IN_UNIT.includes(key) ? most * before : most;
        return fall > allowed && !isByChance
          ? [{ fall: { figure, kind, reference: before, current: value } as const, excess: fall / allowed }]
          : [];
      }),
  );
  return falls.sort((a, b) => b.excess - a.excess || 0).map(({ fall }) => fall);
}

/** The configuration key of a metric: for survival, without its horizon. */
function keyOf(figure: string): string {
  return figure.split(' ')[0];
}

/** The value of a metric on the reference; `null` if unknown. */
export function beforeOf(
  { estimated, figures }: Pick<KnownPerformance, 'estimated' | 'figures'>,
  figure: string,
): number | null {
  const estimates: Readonly<Record<string, FigureEstimate>> = estimated?.figures ?? {};
  return estimates[figure]?.reference ?? figures?.[figure] ?? null;
}

/** The names of the metrics to show, in order. */
export function shownFigures({
  estimated,
  realised,
}: Pick<KnownPerformance, 'estimated' | 'realised'>): string[] {
  const isOfClasses = estimated !== null || (realised !== null && 'rocAuc' in realised.figures);
  return isOfClasses ? [...CLASS_FIGURES] : Object.keys(realised?.figures ?? {});
}
