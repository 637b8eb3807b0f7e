import type {
  EstimatedPerformance,
  FigureName,
  PerformanceFigures,
  RealisedPerformance,
} from '@churn/monitor';
import type { FALLING, MonitoringConfig } from '../config/monitoring.js';

/** A figure of the model that got worse by more than is allowed. */
export interface PerformanceFall {
  readonly figure: FigureName;
  readonly kind: 'estimated' | 'realised';
  readonly reference: number;
  readonly current: number;
}

/** All figures, in the order in which they are shown. */
export const FIGURES: readonly FigureName[] = [
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
const LOSSES: readonly FigureName[] = ['logLoss', 'brierScore', 'calibrationError'];

export interface KnownPerformance {
  readonly estimated: EstimatedPerformance | null;
  readonly realised: RealisedPerformance | null;
  /** Whether labels are enough for the realised figures to decide. */
  readonly areLabelsEnough: boolean;
  /** Of the reference. */
  readonly figures: PerformanceFigures | null;
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
  const now = (decides ?? estimated)?.figures;
  if (!now) return [];
  const falls = (Object.entries(maxFall) as [(typeof FALLING)[number], number][]).flatMap(
    ([figure, most]) => {
      const { value, lower, upper } = now[figure];
      const reference =
        estimated?.figures[figure].reference ?? (figure === 'profit' ? null : figures?.[figure]);
      if (
        value === null ||
        lower === null ||
        upper === null ||
        reference === null ||
        reference === undefined
      ) {
        return [];
      }
      const isLoss = LOSSES.includes(figure);
      const fall = isLoss ? value - reference : reference - value;
      const isByChance = isLoss ? lower <= reference : upper >= reference;
      return fall > most && !isByChance
        ? [{ fall: { figure, kind, reference, current: value } as const, excess: fall / most }]
        : [];
    },
  );
  return falls.sort((a, b) => b.excess - a.excess || 0).map(({ fall }) => fall);
}
