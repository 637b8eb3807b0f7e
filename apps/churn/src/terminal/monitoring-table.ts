import { fourDigits, percent } from '@churn/eda';
import type { MonitoringReport } from '../monitoring/monitoring-report.js';
import { driftReasons } from '../reporting/drift-reasons.js';
import { tableOf } from './result-table.js';

/** So many columns are shown, unless more raise an alert. */
const SHOWN = 8;
const MOST_SHOWN = 30;

/** The scores and the worst columns as a table of text. */
export function monitoringTable({ drift }: Pick<MonitoringReport, 'drift'>): string {
  const { alerts, columns, scores } = drift;
  const shown = columns.slice(0, Math.min(MOST_SHOWN, Math.max(SHOWN, alerts.length)));
  const more = columns.length - shown.length;
  const rows = [...scores.map((score) => ({ ...score, name: `score of "${score.name}"` })), ...shown].map(
    (each) => [
      each.name,
      driftReasons(each),
      each.psi?.toFixed(3) ?? '-',
      each.test?.corrected.toPrecision(2) ?? '-',
      each.mean ? `${fourDigits(each.mean.reference)} to ${fourDigits(each.mean.current)}` : '-',
      percent(each.missing.current),
      each.importance?.toFixed(4) ?? '-',
    ],
  );
  const table = tableOf(['column', 'alert', 'PSI', 'p-value', 'mean', 'missing', 'importance'], rows);
  return more > 0 ? `${table}\nand ${more} more columns` : table;
}
