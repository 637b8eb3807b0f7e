import { visibleText } from '@churn/core';
import type { ClassificationReport, FoldScores, TunedThreshold } from '@churn/selection';
import { formatClassificationReport } from '@churn/selection';
import type { Config } from '../config/config.js';
import type { Candidate } from '../config/model-config.js';
import type { TestMetrics } from '../training/evaluate.js';
import { codeBlock, joined, markdown, table } from './markdown.js';
import { percent } from './percent.js';

/** What `training_report.json` holds: all that a training run found, and what it was made of. */
export interface TrainingReport {
  /** The model with the best cross-validated score. */
  readonly best: string;
  readonly models: { readonly [name: string]: ModelReport };
  readonly data: {
    readonly file: string;
    readonly sha256: string;
    readonly rows: number;
    readonly duplicates: number;
    readonly features: readonly string[];
    readonly train: number;
    readonly test: number;
    /** All rows by class; of two classes, the second is the positive one. */
    readonly classes: readonly { readonly label: string; readonly rows: number }[];
  };
  readonly search: {
    readonly folds: number;
    readonly scoring: readonly string[];
    readonly candidates: number;
    readonly fits: number;
    readonly seconds: number;
  };
  readonly thresholdRule: Config['threshold'] | null;
  readonly seed: number;
  readonly versions: { readonly churn: string; readonly node: string };
  readonly seconds: number;
}

export interface ModelReport {
  /** Those of the best candidate. */
  readonly parameters: Candidate;
  /** How many candidates of this model there were. */
  readonly candidates: number;
  /** Cross-validated, by the name of the scorer. */
  readonly cv: { readonly [scorer: string]: FoldScores };
  /** What the rule chose on out-of-fold probabilities; without a rule, the likelier class is called. */
  readonly threshold: TunedThreshold | null;
  readonly test: TestMetrics;
  readonly classes: ClassificationReport;
  /** To fit the best candidate on all training rows. */
  readonly fitSeconds: number;
}

/** A training report for people, as Markdown. */
export function formatTrainingReport({
  best,
  models,
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
  const blocks = [
    markdown`# Training report`,
    markdown`**${best}** is the best model: cross-validated ${scorer} ${meanOf(winner.cv[scorer])}, test ROC AUC ${aucOf(winner.test)}.`,
    markdown`## Models`,
    table(
      [
        'model',
        `CV ${scorer}`,
        'test ROC AUC (95% interval)',
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
        ...[test.averagePrecision, test.accuracy, test.precision, test.recall, test.f1].map(figure),
        threshold ? figure(threshold.threshold) : 'likelier class',
      ]),
    ),
    markdown`${meaning(data.classes.map(({ label }) => label))} Models, parameters and thresholds were chosen by cross-validation on training rows; test rows were used for the figures above alone.`,
    markdown`## Best parameters`,
    joined(
      ranked.map(([name, { parameters, candidates, fitSeconds }]) => {
        const { model, type, ...values } = parameters;
        const given = Object.entries(values).map(([key, value]) => `${key} ${JSON.stringify(value)}`);
        return markdown`- **${name}**, ${type}: ${given.join(', ')}. Best of ${candidates}; fitted in ${seconds(fitSeconds)}.`;
      }),
      '\n',
    ),
    markdown`## Test rows by class`,
    ...ranked.map(
      ([name, { classes }]) =>
        markdown`${name}\n\n${codeBlock(formatClassificationReport(readable(classes)))}`,
    ),
    markdown`## How it was made`,
    table(
      ['', ''],
      [
        ['data', markdown`${data.file}, SHA-256 \`${data.sha256}\``],
        ['rows', `${data.rows}; duplicates left out: ${data.duplicates}`],
        [
          'classes',
          data.classes.map(({ label, rows }) => `${label} ${percent(rows / data.rows)}`).join(', '),
        ],
        ['split', `${data.train} rows for training, ${data.test} for the test`],
        ['columns', `${data.features.length}: ${data.features.join(', ')}`],
        [
          'search',
          `${search.candidates} candidates, ${search.folds} folds, ${search.fits} fits in ${seconds(search.seconds)}`,
        ],
        ['threshold rule', report.thresholdRule ? JSON.stringify(report.thresholdRule) : 'none'],
        ['seed', seed],
        ['versions', `churn ${versions.churn}, Node ${versions.node}`],
        ['time', seconds(report.seconds)],
      ],
    ),
  ];
  return `${joined(blocks, '\n\n')}\n`;
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
