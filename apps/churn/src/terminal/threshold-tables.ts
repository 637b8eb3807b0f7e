import { groupThresholdTable } from '../reporting/threshold-text.js';
import type { AnyScoringModel } from '../scoring/scoring-model.js';
import type { TrainingReport } from '../training/training-report.js';
import { tableOf } from './result-table.js';

/** The thresholds of the best model by group as a table of text, with a blank line before it; empty where one threshold is for all rows. */
export function trainedThresholds({ models, best }: Pick<TrainingReport, 'models' | 'best'>): string {
  const { groupThresholds } = models[best];
  if (!groupThresholds) return '';
  const { head, rows } = groupThresholdTable(groupThresholds);
  return `\n\n${tableOf(head, rows)}`;
}

/** The thresholds that a saved model decides by, as a table of text; nothing where one is for all rows. */
export function modelThresholds(scoring: AnyScoringModel): string | undefined {
  if (scoring.task !== 'classes' || !scoring.byGroup) return undefined;
  const { by, thresholds } = scoring.byGroup;
  const rows = [...thresholds.groups, ['others', thresholds.overall] as const];
  return tableOf(
    [by, 'threshold'],
    rows.map(([group, threshold]) => [group, threshold.toFixed(4)]),
  );
}
