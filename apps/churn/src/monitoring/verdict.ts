import type { DriftReport } from '@churn/monitor';
import { FIGURE_NAMES, type KnownPerformance, type PerformanceFall } from './performance-falls.js';

interface Found extends KnownPerformance {
  readonly drift: DriftReport;
  readonly falls: readonly PerformanceFall[];
}

/** The answer in a sentence: what drifted, what became of the model, and where to look first. */
export function verdictOf(found: Found): string {
  const { drift, falls } = found;
  const { columns, alerts, scores } = drift;
  const hasScoreDrifted = scores.some(({ isAlert }) => isAlert);
  const ofColumns =
    alerts.length === 0
      ? `${columns.length === 1 ? 'The column has not' : `None of ${columns.length} columns has`} drifted`
      : `${alerts.length} of ${columns.length} columns drifted`;
  const ofScore = hasScoreDrifted ? `${alerts.length === 0 ? ', but' : ' and'} so did the score` : '';
  const drifted =
    hasScoreDrifted && alerts.length === 0 ? `${ofColumns}, but the score has` : ofColumns + ofScore;
  const joined =
    alerts.length === 0 && falls.length > 0 && !hasScoreDrifted
      ? ', but '
      : hasScoreDrifted
        ? ', and '
        : ' and ';
  const performance = performanceText(found);
  const look = alerts.length > 0 ? `: look at ${alerts[0]} first` : '';
  return `${drifted}${performance === undefined ? '' : joined + performance}${look}.`;
}

function performanceText({ falls, estimated, realised, figures }: Found): string | undefined {
  if (falls.length > 0) {
    const [{ figure, kind, reference, current }] = falls;
    const isRise = current > reference;
    return `the ${kind} ${FIGURE_NAMES[figure]} ${isRise ? 'rose' : 'fell'} from ${short(reference)} to ${short(current)}`;
  }
  const kind = realised ? 'realised' : 'estimated';
  const now = (realised ?? estimated)?.figures.rocAuc.value;
  if (now === undefined || now === null) return undefined;
  const reference = figures?.rocAuc;
  const before = typeof reference === 'number' ? `, ${short(reference)} before` : '';
  return `the ${kind} ROC AUC is ${short(now)}${before}`;
}

/** A figure with three digits behind the point. */
function short(value: number): string {
  return value.toFixed(3);
}
