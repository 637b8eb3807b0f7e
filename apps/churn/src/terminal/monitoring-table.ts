import { fourDigits, percent } from '@churn/eda';
import type { MonitoringReport } from '../monitoring/monitoring-report.js';
import { beforeOf, shownFigures } from '../monitoring/performance-falls.js';
import { correctionText } from '../reporting/correction-text.js';
import { counted } from '../reporting/counted.js';
import { driftReasons } from '../reporting/drift-reasons.js';
import { figureText } from '../reporting/figure-text.js';
import { importanceText } from '../reporting/importance-text.js';
import { metricTitle } from '../reporting/metric-title.js';
import { tableOf } from './text-table.js';

/** The number of columns shown, unless more raise an alert. */
const SHOWN = 8;
const MAX_SHOWN = 30;
/** The number of latest windows shown. */
const WINDOWS_SHOWN = 12;

/** The scores and the worst columns as a text table. */
export function monitoringTable({
  drift,
  model,
  settings,
}: Pick<MonitoringReport, 'drift' | 'model' | 'settings'>): string {
  const { alerts, columns, scores } = drift;
  const shown = columns.slice(0, Math.min(MAX_SHOWN, Math.max(SHOWN, alerts.length)));
  const more = columns.length - shown.length;
  const nameOf = (name: string) => (model.task === 'classes' ? `score of "${name}"` : predictedName(name));
  const rows = [...scores.map((score) => ({ ...score, name: nameOf(score.name) })), ...shown].map((each) => [
    each.name,
    driftReasons(each),
    each.psi?.toFixed(3) ?? '-',
    each.test?.corrected.toPrecision(2) ?? '-',
    each.mean ? `${fourDigits(each.mean.reference)} to ${fourDigits(each.mean.current)}` : '-',
    percent(each.missing.current),
    each.importance === null ? '-' : figureText(each.importance, 4),
  ]);
  const table = tableOf(['column', 'alert', 'PSI', 'p-value', 'mean', 'missing', 'importance'], rows);
  const limits = `values raise an alert from a PSI of ${settings.minPsi} on, with a p-value of at most ${settings.significance}; ${correctionText(drift)}`;
  const isRanked = shown.some(({ importance }) => importance !== null);
  return [
    table,
    ...(more > 0 ? [`and ${more} more columns`] : []),
    limits,
    ...(isRanked ? [`importance: ${importanceText(model)}`] : []),
  ].join('\n');
}

/** The performance of the model as a text table; empty if unknown. */
export function performanceTable({
  estimated,
  realised,
  falls,
  reference,
}: Pick<MonitoringReport, 'estimated' | 'realised' | 'falls' | 'reference'>): string {
  const known: MonitoringReport['realised'] = realised ?? estimated;
  if (!known) return '';
  const kind = realised ? 'realised' : 'estimated';
  const rows = shownFigures({ estimated, realised }).flatMap((name) => {
    const { value, lower, upper } = known.figures[name];
    if (value === null) return [];
    const interval = lower === null || upper === null ? '-' : `${figureText(lower)} to ${figureText(upper)}`;
    const fall = falls.find(({ figure }) => figure === name);
    const before = fall?.reference ?? beforeOf({ estimated, figures: reference.figures }, name);
    const alert = fall ? (fall.kind === kind ? 'worse' : `worse (${fall.kind})`) : '';
    return [
      [metricTitle(name), alert, before === null ? '-' : figureText(before), figureText(value), interval],
    ];
  });
  return rows.length > 0 ? tableOf(['figure', 'alert', 'reference', kind, '95% interval'], rows) : '';
}

/** The latest windows as a text table; empty if there are none. */
export function windowTable({
  windows,
  model,
  realised,
}: Pick<MonitoringReport, 'windows' | 'model' | 'realised'>): string {
  if (windows.length === 0) return '';
  const shown = windows.slice(-WINDOWS_SHOWN);
  const kind = shown.some((each) => each.realised) ? 'realised' : 'estimated';
  const isOfClasses = model.task === 'classes';
  const main = isOfClasses ? 'rocAuc' : Object.keys(realised?.figures ?? {})[0];
  const figureOf = (each: MonitoringReport['windows'][number]) => {
    const figures: MonitoringReport['windows'][number]['realised'] = each[kind];
    const value = main === undefined ? null : (figures?.[main]?.value ?? null);
    return value === null ? '-' : figureText(value);
  };
  const rows = shown.map((each) => [
    each.window,
    each.rows.toLocaleString('en'),
    [...each.alerts.slice(0, 3), ...(each.alerts.length > 3 ? [`${each.alerts.length - 3} more`] : [])].join(
      ', ',
    ) || '-',
    `${each.scorePsi?.toFixed(3) ?? '-'}${each.hasScoreDrifted ? ' (alert)' : ''}`,
    ...(main === undefined ? [] : [figureOf(each)]),
  ]);
  const head = ['window', 'rows', 'drifted', `${isOfClasses ? 'score' : 'prediction'} PSI`];
  const table = tableOf([...head, ...(main === undefined ? [] : [`${kind} ${metricTitle(main)}`])], rows);
  return shown.length < windows.length
    ? `${table}\nthe last ${shown.length} of ${windows.length} windows`
    : table;
}

/** The numbers of rows that were read, scored, labelled or left out. */
export function rowCounts({ input, reference }: Pick<MonitoringReport, 'input' | 'reference'>): string {
  const { rows, scored, labelled, unread } = input;
  const formatted = (count: number) => count.toLocaleString('en');
  return [
    counted(rows, 'row'),
    `${formatted(scored)} scored`,
    `${formatted(labelled)} labelled`,
    ...(unread > 0 ? [`${formatted(unread)} more cannot be read`] : []),
    `compared with ${formatted(reference.rows)}`,
  ].join(', ');
}

/** The name of a regression or survival prediction. */
function predictedName(name: string): string {
  return name.startsWith('within') ? `probability ${name}` : name;
}
