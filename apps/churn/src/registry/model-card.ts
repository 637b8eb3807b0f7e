import { readFile } from 'node:fs/promises';
import { type JsonObject, visibleText } from '@churn/core';
import { percent } from '@churn/eda';
import { stringify } from 'yaml';
import type { Config } from '../config/config.js';
import { fewRowsNote } from '../model/value-interval.js';
import { countedList } from '../reporting/counted-list.js';
import { describeVersions } from '../reporting/describe-versions.js';
import { figureText } from '../reporting/figure-text.js';
import {
  codeBlock,
  joined,
  type Markdown,
  type MarkdownValue,
  markdown,
  table,
} from '../reporting/markdown.js';
import { parameterText } from '../reporting/parameter-text.js';
import { summaryText as durationsText } from '../reporting/survival-text.js';
import { decidingText } from '../reporting/threshold-text.js';
import { upliftMarkdown } from '../reporting/uplift-markdown.js';
import { upliftSummary } from '../reporting/uplift-text.js';
import { summaryText } from '../reporting/value-text.js';
import { gitText } from '../runs/git-state.js';
import { reportFile } from '../runs/output-files.js';
import { runPath } from '../runs/run-folder.js';
import {
  type AnyScoringModel,
  loadAnyModel,
  type SurvivalScoringModel,
  type ValueScoringModel,
} from '../scoring/scoring-model.js';
import type { SurvivalReport, TrainingReport, ValueReport } from '../training/training-report.js';
import { type CardFigure, cardFigures } from './card-figures.js';
import type { RunContender } from './contender.js';
import { decisionLines, type GateDecision, type GroupFigures } from './gate.js';

/** The maximum number of columns listed. */
const SHOWN_COLUMNS = 60;

/**
 * The card of a model: intended use, data, metrics and limitations, as Markdown with the front matter of Hugging Face, whose hub shows
 * both. Names from data are escaped.
 *
 * @param decision the decision of the gate, if any.
 * @throws as `loadModel` does.
 */
export async function modelCard(
  contender: RunContender,
  config: Config,
  decision: GateDecision | null,
): Promise<string> {
  const scoring = await loadAnyModel(contender.file);
  const figures = await cardFigures(contender, config);
  const report = await reportOf(contender, config);
  const card = { contender, scoring, figures, report, decision };
  return `---\n${frontMatter(card, config)}---\n\n${joined(sections(card), '\n\n')}\n`;
}

interface CardContent {
  readonly contender: RunContender;
  readonly scoring: AnyScoringModel;
  readonly figures: readonly CardFigure[];
  /** The report of the run, if it can be read. */
  readonly report: TrainingReport | ValueReport | SurvivalReport | undefined;
  readonly decision: GateDecision | null;
}

/** The front matter, as read by Hugging Face's `ModelCardData`. */
function frontMatter(
  { contender: { model, record }, scoring, figures }: CardContent,
  { registry: { license } }: Config,
): string {
  const dataset = visibleText(record.data.file);
  const task = scoring.task === 'classes' ? 'Tabular classification' : 'Tabular regression';
  const type = task.toLowerCase().replace(' ', '-');
  return stringify(
    {
      license,
      library_name: 'churn',
      pipeline_tag: type,
      tags: [type, scoring.predicts],
      metrics: figures.map((each) => each.type),
      'model-index': [
        {
          name: model,
          results: [
            {
              task: { type, name: task },
              dataset: { type: dataset, name: dataset, split: 'test' },
              metrics: figures.map((each) => ({ type: each.type, name: each.name, value: each.value })),
            },
          ],
        },
      ],
    },
    { lineWidth: 0 },
  );
}

function sections(card: CardContent): Markdown[] {
  const { contender, scoring, decision } = card;
  const { model, record } = contender;
  const groups = decision?.groups ?? [];
  return [
    markdown`# ${model}`,
    markdown`${purpose(scoring)} It was trained by churn ${record.versions.churn} on ${record.started.slice(0, 10)}, in run ${record.id}.`,
    markdown`## Use`,
    bullets([
      'For rows like the training rows, with the same columns and meaning.',
      decisionRule(scoring),
      ...upliftUse(scoring),
      'Rows with missing values or unseen categories are scored, with warnings.',
      `The ${scoring.task === 'classes' ? 'probability' : 'prediction'} is not causal: that a column raises it does not mean that changing the column would help.`,
    ]),
    markdown`## Data`,
    ...dataBlocks(card),
    markdown`## Figures`,
    ...figureBlocks(card),
    ...upliftBlocks(card),
    ...(groups.length > 0 ? [markdown`## By group`, groupTable(groups)] : []),
    ...(decision ? gateBlocks(decision) : []),
    markdown`## Limits`,
    bullets(limits(card)),
    markdown`## How to use it`,
    codeBlock(
      `npx @churn/cli predict --model ${loadName(contender)} --input rows.csv --output scored.csv\nnpx @churn/cli serve --model ${loadName(contender)}`,
    ),
    markdown`In a program, \`loadModel\` of \`@churn/io\` loads it. Loading runs no code of the file.`,
    markdown`## Training details`,
    table(
      ['', ''],
      [
        ['run', record.id],
        ['model hash', markdown`\`${scoring.hash}\``],
        ['model file', markdown`SHA-256 \`${contender.ofRun.sha256 ?? 'unknown'}\``],
        ['data', markdown`SHA-256 \`${record.data.sha256}\``],
        ['parameters', parameterText(parametersOf(scoring))],
        ['seed', record.seed],
        ['versions', describeVersions(record.versions)],
        ['commit', gitText(record.git)],
      ],
    ),
  ];
}

function purpose(scoring: AnyScoringModel): string {
  const { predicts, training } = scoring;
  const { column } = (training.target ?? {}) as { readonly column?: string };
  const target = column === undefined ? predicts : `“${column}”`;
  if (scoring.task === 'value') return `It predicts the value of ${target} of a row.`;
  if (scoring.task === 'survival') return `It predicts ${target}, the time until the event of a row.`;
  const { classes } = scoring;
  return classes.length === 2
    ? `It estimates the probability that ${target} of a row is “${classes[1]}” rather than “${classes[0]}”.`
    : `It estimates the probability of each class of ${target} for a row: ${classes.map((label) => `“${label}”`).join(', ')}.`;
}

function decisionRule(scoring: AnyScoringModel): string {
  if (scoring.task === 'value') return intervalRule(scoring);
  if (scoring.task === 'survival') return horizonRule(scoring);
  const { classes, threshold, byGroup } = scoring;
  if (byGroup) return decidingText(classes[1], byGroup);
  return threshold === undefined
    ? 'The most likely class is predicted.'
    : `“${classes[1]}” is predicted from a probability of ${threshold.toFixed(4)}.`;
}

/** The intended use of an uplift model. */
function upliftUse(scoring: AnyScoringModel): string[] {
  if (scoring.task !== 'classes' || !scoring.uplift) return [];
  const { column, control, treated } = scoring.uplift.treatment;
  return [
    `The probability is that of untreated rows (“${control}” in “${column}”). The uplift of a row is the decrease of this probability by “${treated}”, above 0 if it helps; it is estimated from an experiment, and holds for the same treatment of similar rows.`,
  ];
}

function upliftBlocks({ scoring, report }: CardContent): Markdown[] {
  if (scoring.task !== 'classes' || !report || !('uplift' in report)) return [];
  const summary = upliftSummary(report, scoring.classes[1], scoring.predicts);
  return summary ? upliftMarkdown(summary) : [];
}

function intervalRule({ interval }: ValueScoringModel): string {
  if (!interval) return 'A row has its predicted value, without an interval.';
  const note = fewRowsNote(interval);
  const rule = `A row has its predicted value and an interval with a nominal coverage of ${percent(interval.coverage)}`;
  return note ? `${rule}. ${note}` : `${rule}, wider if errors of similar predictions were larger.`;
}

function horizonRule({ durations: { horizons, elapsed } }: SurvivalScoringModel): string {
  const from = elapsed === undefined ? 'from its start' : `from the time in “${elapsed}”`;
  return `A row has the probability of its event within ${horizons.join(', ')}, and the expected and the median time to the event, ${from}.`;
}

function dataBlocks({ contender: { record }, scoring, report }: CardContent): Markdown[] {
  const names = scoring.schema.map(({ name }) => name);
  const { data } = record;
  return [
    table(
      ['', ''],
      [
        ['file', data.file],
        ['rows', data.rows.toLocaleString('en')],
        ['held-out rows', record.test.rows.toLocaleString('en')],
        ...(report ? [targetRow(report)] : []),
        [`${names.length} columns`, countedList(names, SHOWN_COLUMNS)],
      ],
    ),
  ];
}

/** The target in the table of the data. */
function targetRow({ data }: TrainingReport | ValueReport | SurvivalReport): [string, string] {
  if ('target' in data) {
    const { target } = data;
    return ['target', 'events' in target ? durationsText(target) : summaryText(target)];
  }
  const shares = data.classes.map(({ label, rows }) => `${label} ${percent(rows / data.rows)}`);
  return ['classes', shares.join(', ')];
}

function figureBlocks({ contender: { record }, scoring, figures }: CardContent): Markdown[] {
  const rows = record.test.rows.toLocaleString('en');
  return [
    markdown`On ${rows} rows that were not used for any choice, with 95% bootstrap intervals.${aboutFigures(scoring)}`,
    table(
      ['metric', 'value', '95% interval'],
      figures.map(({ name, value, interval }) => [
        name,
        figure(value),
        interval ? `${figure(interval[0])} to ${figure(interval[1])}` : 'unknown',
      ]),
    ),
  ];
}

function aboutFigures(scoring: AnyScoringModel): string {
  if (scoring.task === 'value') return ' Errors are in the unit of the target.';
  if (scoring.task === 'survival') {
    return ' The concordance is the share of pairs with a known order of events that the risks rank in that order.';
  }
  return scoring.classes.length === 2
    ? ` Average precision, precision, recall and F1 are those of “${scoring.classes[1]}”.`
    : ' ROC AUC and average precision are means over the classes.';
}

function groupTable(groups: readonly GroupFigures[]): Markdown {
  const cell = (value: number | null): MarkdownValue => (value === null ? 'too few rows' : figure(value));
  return table(
    ['column', 'value', 'rows', 'this model', 'the model before it'],
    groups.map(({ column, value, rows, challenger, champion }) => [
      column,
      value,
      rows,
      cell(challenger),
      champion === null && challenger !== null ? '-' : cell(champion),
    ]),
  );
}

function gateBlocks(decision: GateDecision): Markdown[] {
  const lines = [
    ...decisionLines(decision),
    ...decision.refusals.map((reason) => `promoted despite the gate: ${reason}`),
  ];
  return lines.length > 0 ? [markdown`## When it was promoted`, bullets(lines)] : [];
}

function limits({ contender: { record }, report }: CardContent): string[] {
  const { split } = (record.config ?? {}) as { readonly split?: { readonly refit?: boolean } };
  return [
    ...(split?.refit
      ? [
          'The model in the file was refitted on all rows; the figures are those of the tested model, which was trained on fewer.',
        ]
      : []),
    'It does not reflect changes since its data was collected, and its performance may degrade: monitor its input and predictions.',
    'Performance may differ between groups of rows in ways that the figures above do not show; compare the groups that matter before relying on it.',
    ...(report?.data.warnings ?? []),
  ];
}

function bullets(lines: readonly string[]): Markdown {
  return joined(
    lines.map((line) => markdown`- ${line}`),
    '\n',
  );
}

function loadName({ ofRun, file }: RunContender): string {
  return ofRun.sha256 === null ? file : `${ofRun.sha256}.model.json`;
}

function parametersOf({ training: { parameters } }: AnyScoringModel): JsonObject {
  const isObject = typeof parameters === 'object' && parameters !== null && !Array.isArray(parameters);
  return isObject ? (parameters as JsonObject) : {};
}

async function reportOf(
  { record }: RunContender,
  { output }: Pick<Config, 'output'>,
): Promise<TrainingReport | ValueReport | SurvivalReport | undefined> {
  try {
    return JSON.parse(await readFile(reportFile(runPath(output.folder, record.id)), 'utf8'));
  } catch {
    // The report is optional for a card.
    return undefined;
  }
}

function figure(value: number): string {
  return figureText(value, 4);
}
