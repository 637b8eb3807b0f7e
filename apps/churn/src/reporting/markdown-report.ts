import { visibleText } from '@churn/core';
import { percent } from '@churn/eda';
import { type ClassificationReport, type FoldScores, formatClassificationReport } from '@churn/selection';
import type { TestMetrics } from '../training/evaluate.js';
import type { TrainingReport } from '../training/training-report.js';
import { learnedText, rowCounts, splitText } from './describe-split.js';
import { leaderboardCells } from './leaderboard-table.js';
import { codeBlock, joined, type Markdown, markdown, table } from './markdown.js';
import { parameterText } from './parameter-text.js';
import { MOST_READ_COLUMNS, READ_COLUMN_HEAD, readColumnCells } from './read-columns.js';
import { ruleText } from './rule-text.js';
import { choiceText, searchText } from './search-text.js';

/** A training report for people, as Markdown. */
export function formatTrainingReport({
  best,
  models,
  leaderboard,
  data,
  search,
  seed,
  versions,
  ...report
}: TrainingReport): string {
  const [scorer] = search.scoring;
  const entries = Object.entries(models);
  const ranked = entries.sort(([, a], [, b]) => b.test.rocAuc - a.test.rocAuc);
  const winner = models[best];
  const board = leaderboardCells({ leaderboard, search });
  const blocks = [
    markdown`# Training report`,
    markdown`**${best}** is the best model: cross-validated ${scorer} ${meanOf(winner.cv[scorer])}, test ROC AUC ${aucOf(winner.test)}.`,
    markdown`## Models`,
    table(
      [
        'model',
        `CV ${scorer}`,
        'test ROC AUC (95% interval)',
        'log loss',
        'average precision',
        'accuracy',
        'precision',
        'recall',
        'F1',
        'threshold',
      ],
      ranked.map(([name, { cv, test, threshold }]) => [
        name === best ? markdown`**${name}**` : name,
        meanOf(cv[scorer]),
        aucOf(test),
        ...[test.logLoss, test.averagePrecision, test.accuracy, test.precision, test.recall, test.f1].map(
          figure,
        ),
        threshold ? figure(threshold.threshold) : 'likelier class',
      ]),
    ),
    markdown`${meaning(data.classes.map(({ label }) => label))} Models, parameters and thresholds were chosen by cross-validation on training rows; test rows were used for the figures above alone. ${choiceText({ search })}${learnedText(report)}`,
    markdown`## Leaderboard`,
    table(
      [...board.head],
      board.rows.map((cells) => [...cells]),
    ),
    ...(board.more > 0 ? [markdown`and ${board.more} more, in training_report.json`] : []),
    markdown`## Best parameters`,
    joined(
      ranked.map(([name, { parameters, candidates, fitSeconds }]) => {
        return markdown`- **${name}**, ${parameterText(parameters)}. Of ${candidates} tried; fitted in ${seconds(fitSeconds)}.`;
      }),
      '\n',
    ),
    markdown`## Test rows by class`,
    ...ranked.map(
      ([name, { classes }]) =>
        markdown`${name}\n\n${codeBlock(formatClassificationReport(readable(classes)))}`,
    ),
    ...(data.warnings.length > 0
      ? [
          markdown`## Worth a look`,
          joined(
            data.warnings.map((warning) => markdown`- ${warning}`),
            '\n',
          ),
        ]
      : []),
    markdown`## The columns as they were read`,
    ...columnsAsRead(data.columns),
    markdown`## How it was made`,
    table(
      ['', ''],
      [
        ['data', markdown`${data.file}, SHA-256 \`${data.sha256}\``],
        ['rows', [data.rows, ...rowCounts(data)].join('; ')],
        [
          'classes',
          data.classes.map(({ label, rows }) => `${label} ${percent(rows / data.rows)}`).join(', '),
        ],
        ['split', splitText({ data, ...report })],
        ['columns', `${data.features.length}: ${data.features.join(', ')}`],
        ['search', searchText({ search })],
        ['threshold rule', report.thresholdRule ? ruleText(report.thresholdRule) : 'none'],
        ['seed', seed],
        ['versions', `churn ${versions.churn}, Node ${versions.node}`],
        ['time', seconds(report.seconds)],
      ],
    ),
  ];
  return `${joined(blocks, '\n\n')}\n`;
}

function columnsAsRead(columns: TrainingReport['data']['columns']): Markdown[] {
  const shown = table([...READ_COLUMN_HEAD], columns.slice(0, MOST_READ_COLUMNS).map(readColumnCells));
  const more = columns.length - MOST_READ_COLUMNS;
  return more > 0 ? [shown, markdown`and ${more} more, in training_report.json`] : [shown];
}

/** With each label on one line. */
function readable({ classes, ...others }: ClassificationReport): ClassificationReport {
  return {
    ...others,
    classes: classes.map((each) => ({ ...each, label: visibleText(String(each.label)) })),
  };
}

/** What the figures of calls are about. */
export function meaning(classes: readonly string[]): string {
  return classes.length === 2
    ? `Precision, recall and F1 are those of “${classes[1]}”.`
    : 'Precision, recall, F1, ROC AUC and average precision are means over the classes.';
}

function meanOf({ mean, std }: FoldScores): string {
  return `${figure(mean)} ± ${figure(std)}`;
}

function aucOf({ rocAuc, rocAucInterval: [low, high] }: TestMetrics): string {
  return `${figure(rocAuc)} (${figure(low)} to ${figure(high)})`;
}

function figure(value: number): string {
  return Number.isFinite(value) ? value.toFixed(4) : '-';
}

function seconds(value: number): string {
  return `${value.toFixed(1)} s`;
}
