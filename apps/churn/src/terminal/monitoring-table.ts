import { fourDigits, percent } from '@churn/eda';
import type { MonitoringReport } from '../monitoring/monitoring-report.js';
import { FIGURES } from '../monitoring/performance-falls.js';
import { counted } from '../reporting/counted.js';
import { driftReasons } from '../reporting/drift-reasons.js';
import { metricTitle } from '../reporting/metric-title.js';
import { tableOf } from './result-table.js';

/** So many columns are shown, unless more raise an alert. */
const SHOWN = 8;
const MOST_SHOWN = 30;
/** So many windows, the last ones. */
const WINDOWS_SHOWN = 12;

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

/** How good the model is as a table of text; empty where that is not known. */
export function performanceTable({
  estimated,
  realised,
  falls,
}: Pick<MonitoringReport, 'estimated' | 'realised' | 'falls'>): string {
  const known = realised ?? estimated;
  if (!known) return '';
  const kind = realised ? 'realised' : 'estimated';
  const rows = FIGURES.flatMap((name) => {
    const { value, lower, upper } = known.figures[name];
    if (value === null) return [];
    const interval = lower === null || upper === null ? '-' : `${lower.toFixed(3)} to ${upper.toFixed(3)}`;
    const fall = falls.find(({ figure }) => figure === name);
    const before = fall?.reference ?? estimated?.figures[name].reference;
    const alert = fall ? (fall.kind === kind ? 'worse' : `worse (${fall.kind})`) : '';
    return [[metricTitle(name), alert, before?.toFixed(3) ?? '-', value.toFixed(3), interval]];
  });
  return rows.length > 0 ? tableOf(['figure', 'alert', 'reference', kind, '95% interval'], rows) : '';
}

/** The last windows as a table of text; empty where there are none. */
export function windowTable({ windows }: Pick<MonitoringReport, 'windows'>): string {
  if (windows.length === 0) return '';
  const shown = windows.slice(-WINDOWS_SHOWN);
  const kind = shown.some(({ realised }) => realised) ? 'realised' : 'estimated';
  const rows = shown.map((each) => [
    each.window,
    each.rows.toLocaleString('en'),
    [...each.alerts.slice(0, 3), ...(each.alerts.length > 3 ? [`${each.alerts.length - 3} more`] : [])].join(
      ', ',
    ) || '-',
    `${each.scorePsi?.toFixed(3) ?? '-'}${each.hasScoreDrifted ? ' (alert)' : ''}`,
    each[kind]?.rocAuc.value?.toFixed(3) ?? '-',
  ]);
  const table = tableOf(['window', 'rows', 'drifted', 'score PSI', `${kind} ROC AUC`], rows);
  return shown.length < windows.length
    ? `${table}\nthe last ${shown.length} of ${windows.length} windows`
    : table;
}

/** How many rows there were, and how many of them were scored, labelled or left out. */
export function rowCounts({ input, reference }: Pick<MonitoringReport, 'input' | 'reference'>): string {
  const { rows, scored, labelled, unread } = input;
  const told = (count: number) => count.toLocaleString('en');
  return [
    counted(rows, 'row'),
    `${told(scored)} scored`,
    `${told(labelled)} labelled`,
    ...(unread > 0 ? [`${told(unread)} more cannot be read`] : []),
    `compared with ${told(reference.rows)}`,
  ].join(', ');
}
