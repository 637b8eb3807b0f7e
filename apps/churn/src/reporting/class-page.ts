import { percent, type ReportBlock, type ReportSection } from '@churn/eda';
import type { TrainingReport } from '../training/training-report.js';
import { campaignText } from './campaign-text.js';
import { classConclusions } from './class-conclusions.js';
import { meaning } from './class-markdown.js';
import { decisionBlocks, type TestedRows } from './decision-blocks.js';
import { groupSections } from './group-section.js';
import { charts, type PageContent, reportPage } from './html-report.js';
import { relationBlocks } from './relation-blocks.js';
import { ruleText } from './rule-text.js';
import { CLASS_LOSS, sliceSection } from './slice-section.js';
import { groupThresholdTable, groupThresholdText, thresholdRange } from './threshold-text.js';
import { upliftSection } from './uplift-section.js';
import { upliftSummary } from './uplift-text.js';

/** The content of the page of classifiers. */
export interface HtmlReportContent extends PageContent<TrainingReport> {
  /** The positive label, if there are two. */
  readonly positive: string | undefined;
  /** The name of what is predicted, as in the configuration. */
  readonly predicts: string;
  /** For two classes, the best model's predictions for test rows. */
  readonly tested?: TestedRows | undefined;
}

/** The training report of classifiers as a page. */
export function htmlReport(content: HtmlReportContent): string {
  const { report, positive, profile } = content;
  const { best, models, data, thresholdRule } = report;
  const { test, threshold } = models[best];
  return reportPage(content, {
    aim: positive === undefined ? `predict ${content.target}` : `find “${positive}”`,
    figures: [
      {
        label: 'test ROC AUC',
        value: test.rocAuc.toFixed(3),
        note: `95% interval ${test.rocAucInterval.map((each) => each.toFixed(3)).join(' to ')}`,
      },
      {
        label: 'recall',
        value: percent(test.recall),
        note: positive === undefined ? 'on average over the classes' : `of “${positive}” rows`,
      },
      {
        label: 'precision',
        value: percent(test.precision),
        note: positive === undefined ? 'on average over the classes' : `of “${positive}” predictions`,
      },
      {
        label: 'threshold',
        value: thresholdRange(models[best]) ?? (positive === undefined ? '-' : '0.5'),
        note: threshold && thresholdRule ? ruleText(thresholdRule) : 'the most likely class',
      },
    ],
    conclusions: classConclusions(report, content, content.drivers ?? []),
    relations: positive === undefined ? [] : relationBlocks(profile, positive),
    meaning: meaning(data.classes.map(({ label }) => label)),
    head: ['test ROC AUC', 'log loss', 'average precision', 'Brier', 'accuracy', 'precision', 'recall', 'F1'],
    cells: ({ test: figures }) => [
      figures.rocAuc,
      figures.logLoss,
      figures.averagePrecision,
      figures.brierScore,
      figures.accuracy,
      figures.precision,
      figures.recall,
      figures.f1,
    ],
    sections: [sliceSection(report, content.pictures, CLASS_LOSS), ...groupSections(content)],
    decision: [...thresholdSections(content), ...upliftSections(content)],
  });
}

function thresholdSections(content: HtmlReportContent): ReportSection[] {
  const { report, pictures } = content;
  const figures = charts(pictures, 'threshold');
  const { campaign } = report.models[report.best];
  const profit: ReportBlock[] = campaign ? [{ kind: 'text', text: campaignText(campaign, report) }] : [];
  const blocks = [...profit, ...decisionBlocks(content), ...figures];
  const texts = [thresholdText(report), ...groupBlocks(report)];
  return blocks.length > 0 ? [{ title: 'Decision threshold', blocks: [...texts, ...blocks] }] : [];
}

function groupBlocks({ best, models }: TrainingReport): ReportBlock[] {
  const { groupThresholds } = models[best];
  if (!groupThresholds) return [];
  return [
    { kind: 'text', text: groupThresholdText(groupThresholds) },
    { kind: 'table', ...groupThresholdTable(groupThresholds) },
  ];
}

function upliftSections({ report, positive, predicts, pictures }: HtmlReportContent): ReportSection[] {
  const summary = upliftSummary(report, positive, predicts);
  return summary ? [upliftSection(summary, pictures)] : [];
}

function thresholdText({ best, models, thresholdRule }: TrainingReport): ReportBlock {
  const { threshold, groupThresholds } = models[best];
  const text =
    groupThresholds && thresholdRule
      ? `The rule, ${ruleText(thresholdRule)}, chose the thresholds below on out-of-fold probabilities of training rows. The slider sets one threshold for all groups, and the curves are for all test rows.`
      : threshold && thresholdRule
        ? `The rule, ${ruleText(thresholdRule)}, chose ${threshold.threshold.toFixed(3)} on out-of-fold probabilities of training rows, where it selects ${threshold.positives.toLocaleString('en')} rows with a precision of ${threshold.precision.toFixed(3)} and a recall of ${threshold.recall.toFixed(3)}. The curves are for test rows.`
        : 'Without a threshold rule, the more likely class is predicted. The curves are for test rows.';
  return { kind: 'text', text };
}
