import type { FoldScores } from '@churn/selection';
import type { CommonReport } from '../training/training-report.js';
import { learnedText, rowCounts, splitText } from './describe-split.js';
import { describeVersions } from './describe-versions.js';
import { ensembleText } from './ensemble-text.js';
import { figureText } from './figure-text.js';
import { groupMarkdown } from './group-section.js';
import { leaderboardCells } from './leaderboard-table.js';
import { joined, type Markdown, type MarkdownValue, markdown, table } from './markdown.js';
import { parameterText } from './parameter-text.js';
import { MAX_READ_COLUMNS, READ_COLUMN_HEAD, readColumnCells } from './read-columns.js';
import { choiceText, searchText } from './search-text.js';

/** The parts of a report that depend on the task. */
export interface MarkdownParts<M> {
  /** The test metrics in the table of models. */
  readonly head: readonly string[];
  readonly cells: (model: M) => readonly MarkdownValue[];
  /** Sorts the models, best on test rows first. */
  readonly rank: (a: M, b: M) => number;
  /** The main test metric of the best model. */
  readonly shown: (model: M) => string;
  /** The meaning of the metrics. */
  readonly meaning: string;
  /** The choices made by cross-validation. */
  readonly chosen: string;
  /** Sections with details of test rows. */
  readonly details: (ranked: readonly (readonly [name: string, model: M])[]) => readonly Markdown[];
  /** The label and the description of the target. */
  readonly target: readonly [name: string, text: string];
  /** The positive class, for two. */
  readonly positive?: string | undefined;
  /** The threshold rule, if any. */
  readonly rule?: readonly [name: string, text: string];
}

/** A training report as Markdown. */
export function markdownReport<M extends CommonReport['models'][string]>(
  { best, models, leaderboard, data, search, seed, versions, ...report }: CommonReport<M>,
  parts: MarkdownParts<M>,
): string {
  const [scorer] = search.scoring;
  const entries = Object.entries(models);
  const ranked = entries.sort(([, a], [, b]) => parts.rank(a, b));
  const winner = models[best];
  const board = leaderboardCells({ leaderboard, models, search });
  const blocks = [
    markdown`# Training report`,
    markdown`**${best}** is the best model: cross-validated ${scorer} ${meanOf(winner.cv[scorer])}, ${parts.shown(winner)}.`,
    markdown`## Models`,
    table(
      ['model', `CV ${scorer}`, ...parts.head],
      ranked.map(([name, model]) => [
        name === best ? markdown`**${name}**` : name,
        meanOf(model.cv[scorer]),
        ...parts.cells(model),
      ]),
    ),
    markdown`${parts.meaning} ${parts.chosen} were chosen by cross-validation on training rows; test rows were used only for the metrics above. ${choiceText({ search })}${ensembleText({ models })}${learnedText(report)}`,
    markdown`## Leaderboard`,
    table(
      [...board.head],
      board.rows.map((cells) => [...cells]),
    ),
    ...(board.more > 0 ? [markdown`and ${board.more} more in training_report.json`] : []),
    markdown`## Best parameters`,
    joined(
      ranked.map(([name, { parameters, candidates, fitSeconds }]) => {
        return markdown`- **${name}**, ${parameterText(parameters)}. The best of ${candidates} candidates; fitted in ${seconds(fitSeconds)}.`;
      }),
      '\n',
    ),
    ...parts.details(ranked),
    ...groupMarkdown({ best, data, byGroup: report.byGroup }, parts.positive),
    ...(data.warnings.length > 0
      ? [
          markdown`## Data warnings`,
          joined(
            data.warnings.map((warning) => markdown`- ${warning}`),
            '\n',
          ),
        ]
      : []),
    markdown`## How the columns were read`,
    ...columnsAsRead(data.columns),
    markdown`## Training details`,
    table(
      ['', ''],
      [
        ['data', markdown`${data.file}, SHA-256 \`${data.sha256}\``],
        ['rows', [data.rows, ...rowCounts(data)].join('; ')],
        parts.target,
        ['split', splitText({ data, ...report })],
        ['columns', `${data.features.length}: ${data.features.join(', ')}`],
        ['search', searchText({ search })],
        ...(parts.rule ? [parts.rule] : []),
        ['seed', seed],
        ['versions', describeVersions(versions)],
        ['time', seconds(report.seconds)],
      ],
    ),
  ];
  return `${joined(blocks, '\n\n')}\n`;
}

function columnsAsRead(columns: CommonReport['data']['columns']): Markdown[] {
  const shown = table([...READ_COLUMN_HEAD], columns.slice(0, MAX_READ_COLUMNS).map(readColumnCells));
  const more = columns.length - MAX_READ_COLUMNS;
  return more > 0 ? [shown, markdown`and ${more} more in training_report.json`] : [shown];
}

/** The mean and standard deviation of a score over folds. */
function meanOf({ mean, std }: FoldScores): string {
  return `${figure(mean)} ± ${figure(std)}`;
}

/** Formats a metric. */
export function figure(value: number): string {
  return Number.isFinite(value) ? figureText(value, 4) : '-';
}

function seconds(value: number): string {
  return `${value.toFixed(1)} s`;
}
