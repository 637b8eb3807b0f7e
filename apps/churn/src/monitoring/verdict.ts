import type { DriftReport } from '@churn/monitor';
import { FIGURE_NAMES, type KnownPerformance, type PerformanceFall } from './performance-falls.js';

interface Found extends KnownPerformance {
  readonly drift: DriftReport;
  readonly falls: readonly PerformanceFall[];
}

/** The answer in a sentence: what drifted, what became of the model, and where to look first. */
export function verdictOf(found: Found): string {
  const { columns, alerts, scores } = found.drift;
  const hasScoreDrifted = scores.some(({ isAlert }) => isAlert);
  const some = `${alerts.length} of ${counted(columns.length)}`;
  const none = `None of ${counted(columns.length)}`;
  const drifted =
    alerts.length > 0
      ? `${some}${hasScoreDrifted ? ' and the score' : ''} drifted`
      : `${none} drifted${hasScoreDrifted ? ' but the score did' : ''}`;
  const isGoodNews = alerts.length === 0 && !hasScoreDrifted;
  const performance = performanceText(found);
  const joined =
    performance === undefined
      ? ''
      : `, ${isGoodNews && found.falls.length > 0 ? 'but' : 'and'} ${performance}`;
  const look = alerts.length > 0 ? `: look at ${alerts[0]} first` : '';
  return `${drifted}${joined}${look}.`;
}

function performanceText({ falls, estimated, realised, figures }: Found): string | undefined {
  if (falls.length > 0) {
    const [{ figure, kind, reference, current }] = falls;
    const moved = current > reference ? 'rose' : 'fell';
    return `the ${kind} ${FIGURE_NAMES[figure]} ${moved} from ${short(reference)} to ${short(current)}`;
  }
  const now = (realised ?? estimated)?.figures.rocAuc.value ?? null;
  if (now === null) return undefined;
  const before = figures?.rocAuc ?? null;
  return `the ${realised ? 'realised' : 'estimated'} ROC AUC is ${short(now)}${before === null ? '' : ` (${short(before)} before)`}`;
}

function counted(columns: number): string {
  return columns === 1 ? '1 column' : `${columns} columns`;
}

/** A figure with three digits behind the point. */
function short(value: number): string {
  return value.toFixed(3);
}
