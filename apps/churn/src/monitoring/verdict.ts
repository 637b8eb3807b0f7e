import type { DriftReport } from '@churn/monitor';
import type { TaskName } from '../config/target.js';
import { counted } from '../reporting/counted.js';
import { figureText } from '../reporting/figure-text.js';
import { metricTitle } from '../reporting/metric-title.js';
import { MIN_ROWS } from './evidence.js';
import { beforeOf, type KnownPerformance, type PerformanceFall } from './performance-falls.js';

/** The parts of a window that the verdict mentions. */
interface WindowDrift {
  readonly window: string;
  /** The columns that drifted. */
  readonly alerts: readonly string[];
  readonly hasScoreDrifted: boolean;
}

export interface Found extends KnownPerformance {
  readonly task: TaskName;
  /** The number of rows, and of those that could not be read or scored. */
  readonly rows: { readonly all: number; readonly unread: number; readonly unscored: number };
  /** The share of these that is tolerated without an alert. */
  readonly maxRejected: number;
  readonly labelled: number;
  readonly drift: DriftReport;
  readonly falls: readonly PerformanceFall[];
  readonly windows: readonly WindowDrift[];
}

/** Whether there is an alert; the verdict names its causes. */
export function hasAlert(found: Found): boolean {
  const { drift, falls, windows } = found;
  return drift.isAlert || falls.length > 0 || windows.some(hasDrifted) || rejectionTexts(found).length > 0;
}

/** The verdict in a sentence: drift, performance, and where to look first. */
export function verdictOf(found: Found): string {
  const { drift, falls, windows } = found;
  const rejections = rejectionTexts(found);
  const few = fewText(drift);
  const later = laterDrift(found);
  const [first] = [...drift.alerts, ...later.columns];
  const isDrift = drift.isAlert || windows.some(hasDrifted);
  if (few && !isDrift && falls.length === 0) {
    return sentence([...rejections, few]);
  }
  const performance = performanceText(found);
  const but = !isDrift && falls.length > 0 ? 'but' : 'and';
  const summary = driftText(found, later.text) + (performance === undefined ? '' : `, ${but} ${performance}`);
  return sentence([...rejections, ...(few ? [`${few}, but ${lowerFirst(summary)}`] : [summary])], first);
}

function sentence(parts: readonly string[], first?: string): string {
  const text = parts.map((part, i) => (i > 0 ? lowerFirst(part) : part)).join('; ');
  return `${text}${first === undefined ? '' : `: look at ${first} first`}.`;
}

function rejectionTexts({ rows: { all, unread, unscored }, maxRejected }: Found): string[] {
  const rejected = (count: number, what: string) =>
    count > maxRejected * all ? [`${number(count)} of ${counted(all, 'row')} cannot be ${what}`] : [];
  return [...rejected(unread, 'read'), ...rejected(unscored, 'scored')];
}

function fewText({ rows: { reference, current } }: DriftReport): string | undefined {
  const few = (rows: string, count: number) => `${rows} ${count === 1 ? 'is' : 'are'} too few to judge`;
  if (current < MIN_ROWS) return few(counted(current, 'row'), current);
  if (reference < MIN_ROWS) return few(`${counted(reference, 'row')} of the reference`, reference);
  return undefined;
}

function driftText({ task, drift }: Found, later: string | undefined): string {
  const predictions = predictionNoun(task);
  const { columns, alerts, scores } = drift;
  const hasScoreDrifted = scores.some(({ isAlert }) => isAlert);
  const all = counted(columns.length, 'column');
  if (alerts.length > 0) {
    const some = `${number(alerts.length)} of ${all}${hasScoreDrifted ? ` and ${predictions}` : ''} drifted`;
    return later === undefined ? some : `${some} overall, and ${lowerFirst(later)}`;
  }
  if (hasScoreDrifted)
    return `None of ${all} drifted, but ${predictions} did${later ? `, and ${later}` : ''}`;
  return later ?? `None of ${all} drifted`;
}

/** Drift in single windows that is not visible in all rows together. */
function laterDrift({ task, drift, windows }: Found): {
  readonly columns: readonly string[];
  readonly text: string | undefined;
} {
  const overall = new Set(drift.alerts);
  const isScoreNew = !drift.scores.some(({ isAlert }) => isAlert);
  const own = windows
    .map(({ window, alerts, hasScoreDrifted }) => ({
      window,
      columns: alerts.filter((name) => !overall.has(name)),
      score: isScoreNew && hasScoreDrifted,
    }))
    .filter(({ columns, score }) => columns.length > 0 || score);
  if (own.length === 0) return { columns: [], text: undefined };
  const columns = [...new Set(own.flatMap((each) => each.columns))];
  const [first, ...others] = columns;
  const names = [
    ...(first === undefined ? [] : [first]),
    ...(others.length > 0 ? [others.length === 1 ? others[0] : counted(others.length, 'more column')] : []),
    ...(own.some(({ score }) => score) ? [predictionNoun(task)] : []),
  ];
  const when = own.length === 1 ? own[0].window : `${own.length} of ${windows.length} windows`;
  const what =
    first === undefined
      ? upperFirst(predictionNoun(task))
      : names.length > 2
        ? `${names[0]}, ${names[1]} and ${names[2]}`
        : names.join(' and ');
  return { columns, text: `${what} drifted in ${when}` };
}

/** The name of the monitored predictions. */
function predictionNoun(task: TaskName): string {
  return task === 'classes' ? 'the score' : 'the prediction';
}

function hasDrifted({ alerts, hasScoreDrifted }: WindowDrift): boolean {
  return alerts.length > 0 || hasScoreDrifted;
}

function performanceText(found: Found): string | undefined {
  const { falls, estimated, realised, areLabelsEnough, labelled, figures } = found;
  const rows = counted(labelled, 'labelled row');
  if (falls.length > 0) {
    const [{ figure, kind, reference, current }] = falls;
    const moved = current > reference ? 'rose' : 'fell';
    const of = kind === 'realised' ? ` (${rows})` : '';
    return `the ${kind} ${metricTitle(figure)} ${moved} from ${figureText(reference)} to ${figureText(current)}${of}`;
  }
  const isRealised = realised !== null && (areLabelsEnough || estimated === null);
  const few = realised !== null && !areLabelsEnough ? [`${rows} are too few to judge`] : [];
  const known: KnownPerformance['realised'] = isRealised ? realised : estimated;
  const [main] = Object.keys(known?.figures ?? {});
  const now = known?.figures[main]?.value ?? null;
  if (now === null) return few[0];
  const before = beforeOf({ estimated: null, figures }, main);
  const notes = [
    ...(before === null ? [] : [`${figureText(before)} before`]),
    ...(few.length > 0 ? few : isRealised ? [rows] : []),
  ];
  return `the ${isRealised ? 'realised' : 'estimated'} ${metricTitle(main)} is ${figureText(now)}${notes.length > 0 ? ` (${notes.join('; ')})` : ''}`;
}

function number(count: number): string {
  return count.toLocaleString('en');
}

/** Lower-cases the start of a sentence, except for names. */
function lowerFirst(text: string): string {
  return /^(None of|The score|The prediction) /.test(text) ? text[0].toLowerCase() + text.slice(1) : text;
}

function upperFirst(text: string): string {
  return text[0].toUpperCase() + text.slice(1);
}
