import { groupThresholdTable } from '../reporting/threshold-text.js';
import type { AnyScoringModel } from '../scoring/scoring-model.js';
import type { TrainingReport } from '../training/training-report.js';
import { tableOf } from './text-table.js';

/** The thresholds by group of the best model as a text table, after a blank line; empty if there is a single threshold. */
export function trainedThresholds({ models, best }: Pick<TrainingReport, 'models' | 'best'>): string {
  const { groupThresholds } = models[best];
  if (!groupThresholds) return '';
  const { head, rows } = groupThresholdTable(groupThresholds);
  return `\n\n${tableOf(head, rows)}`;
}

/** The thresholds by group of a saved model as a text table; `undefined` if there is a single threshold. */
export function modelThresholds(scoring: AnyScoringModel): string | undefined {
  if (scoring.task !== 'classes' || !scoring.byGroup) return undefined;
  const { by, thresholds } = scoring.byGroup;
  const rows = [...thresholds.groups, ['others', thresholds.overall] as const];
  return tableOf(
    [by, 'threshold'],
    rows.map(([group, threshold]) => [group, threshold.toFixed(4)]),
  );
}
