import { basename } from 'node:path';
import type { ClassificationReport, FoldScores, TunedThreshold } from '@churn/selection';
import { version } from '../../package.json';
import { type Config, dataName } from '../config/config.js';
import type { Candidate } from '../config/model-config.js';
import { classCounts } from './class-counts.js';
import type { Dataset } from './data.js';
import type { EvaluatedModel, TestMetrics } from './evaluate.js';
import type { ReadColumn } from './learned-columns.js';
import type { SearchResult } from './search.js';
import type { Split } from './split.js';

/** What `training_report.json` holds: all that a training run found, and what it was made of. */
export interface TrainingReport {
  /** The model with the best cross-validated score. */
  readonly best: string;
  readonly models: { readonly [name: string]: ModelReport };
  readonly data: {
    readonly file: string;
    readonly sha256: string;
    readonly rows: number;
    /** Of what is learned from, in whatever format it was read. */
    readonly contentSha256: string;
    /** How many rows were left out as duplicates. */
    readonly duplicates: number;
    /** How many rows equal an earlier one in every column, and were kept. */
    readonly equalRows: number;
    /** How many rows were left out for want of a label. */
    readonly unlabelled: number;
    readonly features: readonly string[];
    readonly train: number;
    readonly test: number;
    /** All rows by class; of two classes, the second is the positive one. */
    readonly classes: readonly { readonly label: string; readonly rows: number }[];
    /** All columns of the file, as they were read. */
    readonly columns: readonly ReadColumn[];
    /** What a user should look at. */
    readonly warnings: readonly string[];
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

interface ModelReport {
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

/** All that a training run found. */
export interface Findings {
  readonly data: Dataset;
  readonly split: Split;
  readonly found: SearchResult;
  readonly evaluated: readonly EvaluatedModel[];
  readonly seconds: number;
}

export function trainingReport(
  { data, split, found, evaluated, seconds }: Findings,
  config: Config,
): TrainingReport {
  const { folds, scoring } = config.crossValidation;
  const candidates = found.plan.sameAs.length;
  const nSplits = found.models[0].best.scores[scoring[0]].folds.length;
  return {
    best: found.best,
    models: Object.fromEntries(evaluated.map((model) => [model.name, modelReport(model)])),
    data: {
      file: basename(dataName(config.data)),
      sha256: data.records.sha256,
      contentSha256: data.contentSha256,
      rows: data.labels.length,
      duplicates: data.duplicates,
      equalRows: data.equalRows,
      unlabelled: data.unlabelled,
      features: data.features.names,
      train: split.train.y.length,
      test: split.test.y.length,
      classes: classCounts(data.labels),
      columns: data.columns,
      warnings: data.warnings,
    },
    search: { folds, scoring, candidates, fits: candidates * nSplits, seconds: found.seconds },
    thresholdRule: config.threshold ?? null,
    seed: config.seed,
    versions: { churn: version, node: process.version },
    seconds,
  };
}

function modelReport({ best, candidates, threshold, evaluation, fitSeconds }: EvaluatedModel): ModelReport {
  return {
    parameters: best.params,
    candidates: candidates.length,
    cv: best.scores,
    threshold,
    test: evaluation.metrics,
    classes: evaluation.classes,
    fitSeconds,
  };
}
