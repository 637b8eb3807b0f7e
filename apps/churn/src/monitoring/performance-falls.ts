import type { EstimatedPerformance, FigureEstimate, FigureInterval, FigureName } from '@churn/monitor';
import type { FALLING, MonitoringConfig } from '../config/monitoring.js';

/** A figure of the model that got worse by more than is allowed. */
export interface PerformanceFall {
  /** A name of `FigureName`, or one of a metric of values or times. */
  readonly figure: string;
  readonly kind: 'estimated' | 'realised';
  readonly reference: number;
  readonly current: number;
}

/** The figures of classes, in the order in which they are shown. */
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

/** Figures of which less is better. */
const LOSSES: readonly string[] = [
  ...['logLoss', 'brierScore', 'calibrationError'],
  ...['rootMeanSquaredError', 'meanAbsoluteError'],
];

/** Figures in the unit of the target, of which a share of what they were is allowed. */
const IN_UNIT: readonly string[] = ['rootMeanSquaredError', 'meanAbsoluteError'];

/** What was predicted on average less what came: 0 is best. */
const CALIBRATION = 'calibration';

/** How good a model is on rows with labels, whatever it predicts. */
export interface KnownFigures {
  readonly rows: number;
  readonly confidenceLevel: number;
  /** Each by its name; of times, the names end in the horizon: `brierScore within 30`. */
  readonly figures: Readonly<Record<string, FigureInterval>>;
}

export interface KnownPerformance {
  readonly estimated: EstimatedPerformance | null;
  readonly realised: KnownFigures | null;
  /** Whether labels are enough for the realised figures to decide. */
  readonly areLabelsEnough: boolean;
  /** Of the reference. */
  readonly figures: Readonly<Record<string, number | null>> | null;
}

/**
 * The figures that got worse by more than is allowed, and not by chance: the value of the reference is outside the interval. Where enough
 * labels are known, they decide, and what was estimated does not. The one furthest beyond what is allowed comes first.
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

/** What a figure is configured as: that of times without its horizon. */
function keyOf(figure: string): string {
  return figure.split(' ')[0];
}

/** What a figure was on the reference; `null` if that is not known. */
export function beforeOf(
  { estimated, figures }: Pick<KnownPerformance, 'estimated' | 'figures'>,
  figure: string,
): number | null {
  const estimates: Readonly<Record<string, FigureEstimate>> = estimated?.figures ?? {};
  return estimates[figure]?.reference ?? figures?.[figure] ?? null;
}

/** The names of the figures to show, in their order. */
export function shownFigures({
  estimated,
  realised,
}: Pick<KnownPerformance, 'estimated' | 'realised'>): string[] {
  const isOfClasses = estimated !== null || (realised !== null && 'rocAuc' in realised.figures);
  return isOfClasses ? [...CLASS_FIGURES] : Object.keys(realised?.figures ?? {});
}
