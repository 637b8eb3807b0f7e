import { readFile } from 'node:fs/promises';
import { type JsonObject, visibleText } from '@churn/core';
import { fourDigits, percent } from '@churn/eda';
import type { ScorerName } from '@churn/selection';
import { stringify } from 'yaml';
import type { Config } from '../config/config.js';
import { countedList } from '../reporting/counted-list.js';
import {
  codeBlock,
  joined,
  type Markdown,
  type MarkdownValue,
  markdown,
  table,
} from '../reporting/markdown.js';
import { parameterText } from '../reporting/parameter-text.js';
import { summaryText } from '../reporting/value-text.js';
import { gitText } from '../runs/git-state.js';
import { reportFile } from '../runs/output-files.js';
import { runPath } from '../runs/run-folder.js';
import {
  loadAnyModel,
  type TimelessScoringModel,
  timeless,
  type ValueScoringModel,
} from '../scoring/scoring-model.js';
import { resampledInterval, resamples } from '../training/resamples.js';
import type { TrainingReport, ValueReport } from '../training/training-report.js';
import { heldOutAnswers } from './answers.js';
import type { RunContender } from './contender.js';
import { decisionLines, type GateDecision, type GroupFigures } from './gate.js';
import { scoreOf } from './score-of.js';
import { targetOf } from './truth.js';

/** A figure of the rows held out. */
interface CardFigure {
  readonly name: string;
  /** As Hugging Face calls the metric. */
  readonly type: string;
  readonly value: number;
  /** Where 95 of 100 resamples of the rows have it; `undefined` where the run did not keep what the model said of them. */
  readonly interval: readonly [low: number, high: number] | undefined;
}

interface CardMetric {
  readonly scorer: ScorerName;
  readonly type: string;
  readonly name: string;
}

/** The metrics of a card of a model of values. */
const VALUE_METRICS: readonly CardMetric[] = [
  { scorer: 'r2', type: 'r_squared', name: 'r2' },
  { scorer: 'rootMeanSquaredError', type: 'rmse', name: 'Root mean squared error' },
  { scorer: 'meanAbsoluteError', type: 'mae', name: 'Mean absolute error' },
  { scorer: 'medianAbsoluteError', type: 'median_absolute_error', name: 'Median absolute error' },
];
/** Those of a model of classes. */
const METRICS: readonly CardMetric[] = [
  { scorer: 'rocAuc', type: 'roc_auc', name: 'ROC AUC' },
  { scorer: 'averagePrecision', type: 'average_precision', name: 'Average precision' },
  { scorer: 'logLoss', type: 'log_loss', name: 'Log loss' },
  { scorer: 'brierScore', type: 'brier_score', name: 'Brier score' },
  { scorer: 'accuracy', type: 'accuracy', name: 'Accuracy' },
  { scorer: 'precision', type: 'precision', name: 'Precision' },
  { scorer: 'recall', type: 'recall', name: 'Recall' },
  { scorer: 'f1', type: 'f1', name: 'F1' },
  { scorer: 'f1Macro', type: 'f1', name: 'F1, mean over the classes' },
];
/** Those of one class of two, and those of more classes. */
const ONE_CLASS: readonly ScorerName[] = ['precision', 'recall', 'f1'];
const MORE_CLASSES: readonly ScorerName[] = ['f1Macro'];
/** How many columns are named. */
const SHOWN_COLUMNS = 60;

/**
 * The card of a model: what it is for, what it was made of, how good it is and what it does not do, as Markdown with the front matter of
 * Hugging Face, whose hub shows both. Every name in it that comes from data is text and nothing else.
 *
 * @param decision what the gate found of it, where that was asked.
 * @throws what `loadModel` throws.
 */
export async function modelCard(
  contender: RunContender,
  config: Config,
  decision: GateDecision | null,
): Promise<string> {
  const scoring = timeless(await loadAnyModel(contender.file), contender.file, 'the registry');
  const figures = await figuresOf(contender, config);
  const report = await reportOf(contender, config);
  const card = { contender, scoring, figures, report, decision };
  return `---\n${frontMatter(card, config)}---\n\n${joined(sections(card), '\n\n')}\n`;
}

interface CardContent {
  readonly contender: RunContender;
  readonly scoring: TimelessScoringModel;
  readonly figures: readonly CardFigure[];
  /** Of the run, where it can be read. */
  readonly report: TrainingReport | ValueReport | undefined;
  readonly decision: GateDecision | null;
}

/** As `ModelCardData` of Hugging Face reads it. */
function frontMatter(
  { contender: { model, record }, scoring, figures }: CardContent,
  { registry: { license } }: Config,
): string {
  const dataset = visibleText(record.data.file);
  const task = scoring.task === 'value' ? 'Tabular regression' : 'Tabular classification';
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
      'For rows of the kind that it learned from, with the same columns and the same meaning.',
      decisionRule(scoring),
      'A row that lacks values, or has categories that training never saw, is scored all the same; the prediction comes with warnings.',
      `The ${scoring.task === 'value' ? 'prediction' : 'probability'} is not causal: that a column raises it does not mean that changing the column would help.`,
    ]),
    markdown`## Data`,
    ...dataBlocks(card),
    markdown`## Figures`,
    ...figureBlocks(card),
    ...(groups.length > 0 ? [markdown`## By group`, groupTable(groups)] : []),
    ...(decision ? gateBlocks(decision) : []),
    markdown`## Limits`,
    bullets(limits(card)),
    markdown`## How to use it`,
    codeBlock(
      `npx churn predict --model ${loadName(contender)} --input rows.csv --output scored.csv\nnpx churn serve --model ${loadName(contender)}`,
    ),
    markdown`In a program, \`loadModel\` of \`@churn/io\` loads it. Loading runs no code of the file.`,
    markdown`## How it was made`,
    table(
      ['', ''],
      [
        ['run', record.id],
        ['model hash', markdown`\`${scoring.hash}\``],
        ['model file', markdown`SHA-256 \`${contender.ofRun.sha256 ?? 'not known'}\``],
        ['data', markdown`SHA-256 \`${record.data.sha256}\``],
        ['parameters', parameterText(parametersOf(scoring))],
        ['seed', record.seed],
        ['versions', `churn ${record.versions.churn}, Node ${record.versions.node}`],
        ['commit', gitText(record.git)],
      ],
    ),
  ];
}

function purpose(scoring: TimelessScoringModel): string {
  const { predicts, training } = scoring;
  const { column } = (training.target ?? {}) as { readonly column?: string };
  const target = column === undefined ? predicts : `“${column}”`;
  if (scoring.task === 'value') return `It predicts the value of ${target} of a row.`;
  const { classes } = scoring;
  return classes.length === 2
    ? `It estimates the probability that ${target} of a row is “${classes[1]}” rather than “${classes[0]}”.`
    : `It estimates the probability of each class of ${target} for a row: ${classes.map((label) => `“${label}”`).join(', ')}.`;
}

function decisionRule(scoring: TimelessScoringModel): string {
  if (scoring.task === 'value') return intervalRule(scoring);
  const { classes, threshold } = scoring;
  return threshold === undefined
    ? 'A row is called the likeliest class.'
    : `A row is called “${classes[1]}” from a probability of ${threshold.toFixed(4)} on.`;
}

function intervalRule({ interval }: ValueScoringModel): string {
  if (!interval) return 'A row has its predicted value, without an interval.';
  const { coverage, low, high } = interval;
  return `A row has its predicted value and an interval, from ${fourDigits(low)} to ${fourDigits(high)} added to it, that is meant to hold the value of ${percent(coverage)} of rows.`;
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
        ['rows held out', record.test.rows.toLocaleString('en')],
        ...(report ? [targetRow(report)] : []),
        [`${names.length} columns`, countedList(names, SHOWN_COLUMNS)],
      ],
    ),
  ];
}

/** The target in the table of the data. */
function targetRow({ data }: TrainingReport | ValueReport): [string, string] {
  if ('target' in data) return ['target', summaryText(data.target)];
  const shares = data.classes.map(({ label, rows }) => `${label} ${percent(rows / data.rows)}`);
  return ['classes', shares.join(', ')];
}

function figureBlocks({ contender: { record }, scoring, figures }: CardContent): Markdown[] {
  const rows = record.test.rows.toLocaleString('en');
  return [
    markdown`On ${rows} rows that took no part in any choice, with the interval that 95 of 100 resamples of them have.${aboutFigures(scoring)}`,
    table(
      ['metric', 'value', '95% interval'],
      figures.map(({ name, value, interval }) => [
        name,
        figure(value),
        interval ? `${figure(interval[0])} to ${figure(interval[1])}` : 'not known',
      ]),
    ),
  ];
}

function aboutFigures(scoring: TimelessScoringModel): string {
  if (scoring.task === 'value') return ' Errors are in the unit of the target.';
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
    ...decision.refusals.map((reason) => `promoted all the same: ${reason}`),
  ];
  return lines.length > 0 ? [markdown`## When it was promoted`, bullets(lines)] : [];
}

function limits({ contender: { record }, report }: CardContent): string[] {
  const { split } = (record.config ?? {}) as { readonly split?: { readonly refit?: boolean } };
  return [
    ...(split?.refit
      ? [
          'The model in the file was refitted on all rows; the figures are those of the model that was tested, which had learned from fewer.',
        ]
      : []),
    'It knows nothing of what happened after its data was collected, and gets worse as the world changes: monitor its input and its predictions.',
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

function parametersOf({ training: { parameters } }: TimelessScoringModel): JsonObject {
  const isObject = typeof parameters === 'object' && parameters !== null && !Array.isArray(parameters);
  return isObject ? (parameters as JsonObject) : {};
}

/** By what the run kept of the rows held out; of one that kept nothing, what it said of them. */
async function figuresOf(contender: RunContender, config: Config): Promise<CardFigure[]> {
  const { record, ofRun } = contender;
  const isBinary = record.test.classes.length === 2;
  const wanted =
    record.task === 'value'
      ? VALUE_METRICS
      : METRICS.filter(({ scorer }) => !(isBinary ? MORE_CLASSES : ONE_CLASS).includes(scorer));
  const known = await heldOutAnswers(contender, config).catch(() => undefined);
  if (known === undefined) {
    return wanted.flatMap(({ scorer, ...names }) =>
      Object.hasOwn(ofRun.metrics, scorer)
        ? [{ ...names, value: ofRun.metrics[scorer], interval: undefined }]
        : [],
    );
  }
  const y = targetOf(known.truth, known.classes);
  const { predictions, decide } = known;
  const judged = { predictions, called: decide?.(predictions) };
  return wanted.map(({ scorer, ...names }) => {
    const { estimate, low, high } = resampledInterval(
      y,
      (drawn, rows) => scoreOf(scorer, drawn, judged, rows),
      {
        seed: record.seed,
        nResamples: Math.ceil(resamples(y.length) / 2),
        stratified: known.classes.length > 2,
      },
    );
    return { ...names, value: estimate, interval: [low, high] as const };
  });
}

async function reportOf(
  { record }: RunContender,
  { output }: Pick<Config, 'output'>,
): Promise<TrainingReport | ValueReport | undefined> {
  try {
    return JSON.parse(await readFile(reportFile(runPath(output.folder, record.id)), 'utf8'));
  } catch {
    // The card can do without.
    return undefined;
  }
}

function figure(value: number): string {
  return value.toFixed(4);
}
