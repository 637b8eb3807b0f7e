import { normalQuantile, visibleText } from '@churn/core';
import { fourDigits, percent } from '@churn/eda';
import type { Disparity, Figure } from '@churn/selection';
import type { GroupReport } from '../training/group-report.js';

/** The presentation of a group metric. */
interface ShownMeasure {
  readonly title: string;
  readonly text: (value: number) => string;
  readonly isShare?: boolean;
  /** Whether it is a main metric: drawn, with its interval. */
  readonly isJudged: boolean;
}

const three = (value: number) => value.toFixed(3);

/** The metrics by their name in the report. */
export const GROUP_MEASURES: Readonly<Record<string, ShownMeasure>> = {
  positiveRate: { title: 'actual', text: percent, isShare: true, isJudged: false },
  selectionRate: { title: 'selection rate', text: percent, isShare: true, isJudged: true },
  recall: { title: 'recall', text: percent, isShare: true, isJudged: true },
  precision: { title: 'precision', text: percent, isShare: true, isJudged: true },
  falsePositiveRate: { title: 'false positive rate', text: percent, isShare: true, isJudged: true },
  rocAuc: { title: 'ROC AUC', text: three, isShare: true, isJudged: true },
  accuracy: { title: 'accuracy', text: percent, isShare: true, isJudged: true },
  logLoss: { title: 'log loss', text: three, isJudged: true },
  meanValue: { title: 'actual', text: fourDigits, isJudged: false },
  meanPrediction: { title: 'predicted', text: fourDigits, isJudged: false },
  bias: { title: 'predicted minus actual', text: fourDigits, isJudged: true },
  meanAbsoluteError: { title: 'mean absolute error', text: fourDigits, isJudged: true },
  concordance: { title: 'concordance', text: three, isJudged: true },
};

/** The metrics of groups as a table, with a line per group and one for all rows. */
export function groupMeasureTable({ column, overall, groups }: GroupReport, rows: number) {
  const names = Object.keys(overall);
  const line = (name: string, n: number, figures: Readonly<Record<string, Figure | null>>) => [
    visibleText(name),
    n.toLocaleString('en'),
    ...names.map((measure) => figureText(measure, figures[measure])),
  ];
  return {
    head: [visibleText(column), 'rows', ...names.map((name) => GROUP_MEASURES[name].title)],
    rows: [
      ...groups.map(({ group, rows, metrics }) => line(group, rows, metrics)),
      line('all rows', rows, overall),
    ],
  };
}

/** A metric with its interval; `-` if unknown. */
function figureText(name: string, figure: Figure | null): string {
  const { text, isJudged } = GROUP_MEASURES[name];
  if (!figure) return '-';
  const { value, interval } = figure;
  return interval && isJudged ? `${text(value)} (${interval.map(text).join(' to ')})` : text(value);
}

/** The wording of the difference between the groups with the lowest and the highest metric. */
interface Wording {
  /** The text before the metric of a group. */
  readonly before: (positive: string) => string;
  /** The text after it. */
  readonly after: string;
  readonly text: (value: number) => string;
  readonly isShare: boolean;
}

const share = { text: percent, isShare: true };

/** The wording of each metric; that of wrong predictions is only used for significant differences. */
const WORDINGS: Readonly<Record<string, Wording>> = {
  recall: { ...share, before: (positive) => `Recall of “${positive}” rows:`, after: '' },
  falsePositiveRate: { ...share, before: () => 'Its false positive rate:', after: '' },
  accuracy: { ...share, before: () => 'Its accuracy is', after: '' },
  meanAbsoluteError: {
    before: () => 'The mean absolute error is',
    after: ' on average',
    text: fourDigits,
    isShare: false,
  },
  concordance: {
    ...share,
    before: () => 'The concordance is',
    after: '',
  },
};

/** The differences between the groups of a column, in plain words. @param positive the positive class, for two. */
export function disparityTexts(report: GroupReport, positive = ''): string[] {
  const { groups, disparity } = report;
  if (groups.length === 1) return [`All test rows are in one group, “${visibleText(groups[0].group)}”.`];
  const texts = Object.entries(WORDINGS).flatMap(([name, wording]) => {
    const found = disparity[name];
    if (!found || (name === 'falsePositiveRate' && !isBeyondChance(found, groups.length))) return [];
    return [disparityText(wording, found, report, disparityFigures(report, name, found), positive)];
  });
  return texts.length > 0 ? texts : ['There are too few rows to compare groups.'];
}

function disparityText(
  { before, after, text, isShare }: Wording,
  found: Disparity,
  { column, groups }: GroupReport,
  [low, high]: readonly [low: number, high: number],
  positive: string,
): string {
  const [least, most] = [found.lowest, found.highest].map((group) => `“${visibleText(group)}”`);
  const gap = (value: number) => (isShare ? pointsText(value) : fourDigits(value));
  const interval = found.interval ? ` (95% interval ${found.interval.map(gap).join(' to ')})` : '';
  const between = `${text(low)}${after} where ${visibleText(column)} is ${least} and ${text(high)} where it is ${most}`;
  const apart = `${gap(found.difference)}${isShare ? ' points' : ''} apart${interval}`;
  const among = groups.length > 2 ? ` among ${groups.length} groups` : '';
  const verdict = isBeyondChance(found, groups.length)
    ? 'a significant difference'
    : `which may be due to chance${among}`;
  return `${before(visibleText(positive))} ${between}: ${apart}, ${verdict}.`;
}

/** A difference of shares in percentage points, without negative zero. */
function pointsText(value: number): string {
  return (Math.round(1000 * value) / 10 + 0).toFixed(1);
}

function disparityFigures({ groups }: GroupReport, name: string, { lowest, highest }: Disparity) {
  const of = (searched: string) =>
    groups.find(({ group }) => group === searched)?.metrics[name]?.value as number;
  return [of(lowest), of(highest)] as const;
}

/**
 * Whether the extreme groups differ significantly: the interval of their difference, with Bonferroni correction for all pairs, excludes 0.
 */
export function isBeyondChance({ difference, interval }: Disparity, nGroups: number): boolean {
  if (!interval) return false;
  const pairs = (nGroups * (nGroups - 1)) / 2;
  const wider = normalQuantile(1 - 0.025 / pairs) / normalQuantile(0.975);
  return difference - (difference - interval[0]) * wider > 0;
}
