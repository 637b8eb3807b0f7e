import { visibleText } from '@churn/core';
import { percent } from '@churn/eda';
import { type ClassificationReport, formatClassificationReport } from '@churn/selection';
import type { TestMetrics } from '../training/evaluate.js';
import type { TrainingReport } from '../training/training-report.js';
import { campaignText } from './campaign-text.js';
import { codeBlock, joined, type Markdown, markdown, table } from './markdown.js';
import { figure, markdownReport } from './markdown-report.js';
import { ruleText } from './rule-text.js';
import { CLASS_LOSS, sliceMarkdown } from './slice-section.js';
import { groupThresholdTable, groupThresholdText, thresholdRange } from './threshold-text.js';
import { upliftMarkdown } from './uplift-markdown.js';
import { upliftSummary } from './uplift-text.js';

/** The training report of classifiers as Markdown. @param predicts the name of what is predicted, as in the configuration. */
export function formatTrainingReport(report: TrainingReport, predicts = 'churn'): string {
  const { data, thresholdRule } = report;
  const uplift = upliftSummary(report, data.classes[1]?.label, predicts);
  return markdownReport(report, {
    head: [
      'test ROC AUC (95% interval)',
      'log loss',
      'average precision',
      'accuracy',
      'precision',
      'recall',
      'F1',
      'threshold',
    ],
    cells: ({ test, threshold, groupThresholds }) => [
      aucOf(test),
      ...[test.logLoss, test.averagePrecision, test.accuracy, test.precision, test.recall, test.f1].map(
        figure,
      ),
      groupThresholds
        ? `${thresholdRange({ threshold, groupThresholds })}, by group`
        : threshold
          ? figure(threshold.threshold)
          : 'most likely class',
    ],
    rank: (a, b) => b.test.rocAuc - a.test.rocAuc,
    shown: ({ test }) => `test ROC AUC ${aucOf(test)}`,
    meaning: meaning(data.classes.map(({ label }) => label)),
    chosen: 'Models, parameters and thresholds',
    details: (ranked) => [
      ...profitDetails(ranked, report),
      ...thresholdDetails(report),
      ...(uplift ? upliftMarkdown(uplift) : []),
      markdown`## Test rows by class`,
      ...ranked.map(
        ([name, { classes }]) =>
          markdown`${name}\n\n${codeBlock(formatClassificationReport(readable(classes)))}`,
      ),
      ...sliceMarkdown(report, CLASS_LOSS),
    ],
    positive: data.classes.length === 2 ? data.classes[1].label : undefined,
    target: [
      'classes',
      data.classes.map(({ label, rows }) => `${label} ${percent(rows / data.rows)}`).join(', '),
    ],
    rule: ['threshold rule', thresholdRule ? ruleText(thresholdRule) : 'none'],
  });
}

/** The profit of the thresholds on test customers, if they are chosen by profit. */
function profitDetails(
  ranked: readonly (readonly [name: string, model: TrainingReport['models'][string]])[],
  report: TrainingReport,
): Markdown[] {
  const items = ranked.flatMap(([name, { campaign }]) =>
    campaign ? [markdown`- **${name}**. ${campaignText(campaign, report)}`] : [],
  );
  return items.length > 0 ? [markdown`## Profit on test rows`, joined(items, '\n')] : [];
}

/** The thresholds by group, if any. */
function thresholdDetails({ best, models }: TrainingReport): Markdown[] {
  const { groupThresholds } = models[best];
  if (!groupThresholds) return [];
  const { caption, head, rows } = groupThresholdTable(groupThresholds);
  return [
    markdown`## Thresholds by ${groupThresholds.by}`,
    markdown`${groupThresholdText(groupThresholds)}`,
    markdown`${caption}. The model is ${best}.`,
    table(head, rows),
  ];
}

/** The report with each label on a single line. */
function readable({ classes, ...others }: ClassificationReport): ClassificationReport {
  return {
    ...others,
    classes: classes.map((each) => ({ ...each, label: visibleText(String(each.label)) })),
  };
}

/** The meaning of the classification metrics. */
export function meaning(classes: readonly string[]): string {
  return classes.length === 2
    ? `Precision, recall and F1 are those of “${classes[1]}”.`
    : 'Precision, recall, F1, ROC AUC and average precision are means over the classes.';
}

function aucOf({ rocAuc, rocAucInterval: [low, high] }: TestMetrics): string {
  return `${figure(rocAuc)} (${figure(low)} to ${figure(high)})`;
}
