import { basename } from 'node:path';
import type { JsonObject, Target } from '@churn/core';
import type {
  ClassificationReport,
  ErrorSlices,
  FoldScores,
  ScorerName,
  TunedThreshold,
} from '@churn/selection';
import { version } from '../../package.json';
import { type Config, dataName } from '../config/config.js';
import type { Preset } from '../config/preset.js';
import type { UpliftReport } from '../uplift/uplift-report.js';
import type { CampaignComparison } from './campaign-outcome.js';
import type { ChosenModel } from './chosen.js';
import type { GroupThresholds } from './decide.js';
import type { TestMetrics } from './evaluate.js';
import type { EvaluatedSurvivalModel } from './evaluate-survival.js';
import type { EvaluatedValueModel } from './evaluate-values.js';
import type { Findings } from './findings.js';
import type { SearchResult } from './found.js';
import type { GroupReport } from './group-report.js';
import type { IntervalFifth } from './interval-fifths.js';
import { type LeaderboardEntry, leaderboard } from './leaderboard.js';
import type { ReadColumn } from './learned-columns.js';
import type { RiskGroups } from './risk-groups.js';
import type { SurvivalSummary } from './survival-summary.js';
import type { ValueSummary } from './value-summary.js';

/** The content of `training_report.json` for all tasks. */
export interface CommonReport<M extends CommonModelReport = CommonModelReport> {
  /** The name of the best model by cross-validation. */
  readonly best: string;
  readonly models: { readonly [name: string]: M };
  /** All candidates, best first. */
  readonly leaderboard: readonly LeaderboardEntry[];
  readonly data: {
    readonly file: string;
    readonly sha256: string;
    readonly rows: number;
    /** The hash of the training data, independent of the file format. */
    readonly contentSha256: string;
    /** The number of rows dropped as duplicates. */
    readonly duplicates: number;
    /** The number of kept rows equal to an earlier one in every column. */
    readonly equalRows: number;
    /** The number of rows dropped without a label. */
    readonly unlabelled: number;
    readonly features: readonly string[];
    readonly train: number;
    readonly test: number;
    /** The size of the random sample for all choices, if rows were streamed. */
    readonly sampled: number | null;
    /** How each column of the file was read. */
    readonly columns: readonly ReadColumn[];
    /** Warnings for the user. */
    readonly warnings: readonly string[];
  };
  readonly search: {
    readonly folds: number;
    readonly scoring: readonly ScorerName[];
    readonly candidates: number;
    readonly fits: number;
    readonly seconds: number;
    /** The preset, with automatic model selection. */
    readonly preset: Preset | null;
    /** The time limit of the training, in seconds. */
    readonly timeLimit: number | null;
    /** The reason why the search ended early. */
    readonly endedBy: SearchResult['endedBy'];
    /** The number of candidates not tried for that reason. */
    readonly unfinished: number;
    /** Models left out of the blend for lack of time. */
    readonly leftOut: readonly string[];
  };
  /** The metrics of the best model by group of test rows, for the configured columns. */
  readonly byGroup: readonly GroupReport[];
  /** Whether the saved models were refitted on all rows after evaluation. */
  readonly refit: boolean;
  readonly seed: number;
  readonly versions: { readonly churn: string; readonly node: string };
  readonly seconds: number;
}

interface CommonModelReport {
  /** The parameters of the best candidate, or the members of a blend with their weights. */
  readonly parameters: JsonObject;
  /** The number of candidates of this model, or of those that a blend was selected from. */
  readonly candidates: number;
  /** Cross-validated scores, by scorer. */
  readonly cv: { readonly [scorer: string]: FoldScores };
  /** The mean time to fit it in a fold. */
  readonly fitSeconds: number;
}

/** The report of classifiers. */
export interface TrainingReport extends CommonReport<ClassModelReport> {
  readonly data: CommonReport['data'] & {
    /** All rows by class; if there are two, the second is positive. */
    readonly classes: readonly { readonly label: string; readonly rows: number }[];
  };
  readonly thresholdRule: Config['threshold'] | null;
  /** The error slices of the best model, by log loss. */
  readonly slices: ErrorSlices;
  /** The currency of all amounts. */
  readonly currency?: string;
  /** The uplift report, if there is a treatment. */
  readonly uplift?: UpliftReport;
}

interface ClassModelReport extends CommonModelReport {
  /** The threshold chosen by the rule on out-of-fold probabilities; without a rule, the more likely class is predicted. */
  readonly threshold: TunedThreshold | null;
  /** The thresholds by group, if any; `threshold` is then that of all other rows. */
  readonly groupThresholds?: GroupThresholds;
  readonly test: TestMetrics;
  readonly classes: ClassificationReport;
  /** The profit of contacting test customers, if the threshold is chosen by profit. */
  readonly campaign?: CampaignComparison;
}

/** The report of regression models. */
export interface ValueReport extends CommonReport<ValueModelReport> {
  readonly data: CommonReport['data'] & { readonly target: ValueSummary };
  /** The error slices of the best model, by absolute error. */
  readonly slices: ErrorSlices;
}

export interface ValueModelReport extends CommonModelReport, Pick<EvaluatedValueModel, 'interval'> {
  readonly test: EvaluatedValueModel['evaluation']['metrics'];
  /** The intervals of test rows by fifths of the predictions, lowest first. */
  readonly fifths: readonly IntervalFifth[];
}

/** The report of survival models. */
export interface SurvivalReport extends CommonReport<SurvivalModelReport> {
  readonly data: CommonReport['data'] & { readonly target: SurvivalSummary };
  /** The horizons in the unit of the durations, ascending. */
  readonly horizons: readonly number[];
  readonly unit?: string;
  /** The survival of test rows by the risk predicted by the best model. */
  readonly groups: RiskGroups;
}

export interface SurvivalModelReport extends CommonModelReport {
  readonly test: EvaluatedSurvivalModel['evaluation']['metrics'];
  /** The coefficients of a Cox regression. */
  readonly coefficients?: readonly CoefficientReport[];
}

/** A coefficient of a Cox regression. */
export type CoefficientReport = {
  readonly covariate: string;
  readonly hazardRatio: number;
  /** Null with a penalty that has no standard errors. */
  readonly interval: readonly [low: number, high: number] | null;
  readonly pValue: number | null;
};

/** Creates the common part of the report of a training. */
export function commonReport<T extends Target, M extends CommonModelReport>(
  { data, split, found, chosen, begun }: Findings<T, unknown>,
  { models, byGroup }: Pick<CommonReport<M>, 'models' | 'byGroup'>,
  config: Config,
): CommonReport<M> {
  const { folds, scoring } = config.crossValidation;
  const candidates = found.models.reduce((sum, each) => sum + each.candidates.length, 0);
  return {
    best: chosen.best,
    models,
    leaderboard: leaderboard(found, chosen, scoring[0]),
    data: {
      file: basename(dataName(config.data)),
      sha256: data.records.sha256,
      contentSha256: data.contentSha256,
      rows: data.whole?.rows ?? data.y.length,
      duplicates: data.duplicates,
      equalRows: data.equalRows,
      unlabelled: data.whole?.unlabelled ?? data.unlabelled,
      features: data.features.names,
      train: data.whole ? data.whole.rows - split.test.y.length : split.train.y.length,
      test: split.test.y.length,
      sampled: data.whole ? data.y.length : null,
      columns: data.columns,
      warnings: data.warnings,
    },
    search: {
      folds,
      scoring,
      candidates,
      fits: candidates * folds,
      seconds: found.seconds,
      preset: config.models === 'auto' ? config.preset : null,
      timeLimit: found.timeLimit,
      endedBy: found.endedBy,
      unfinished: found.unfinished,
      leftOut: chosen.leftOut,
    },
    byGroup,
    refit: config.split.refit,
    seed: config.seed,
    versions: { churn: version, node: process.version },
    seconds: begun.seconds(),
  };
}

/** The common part of the report of a model. */
export function commonModelReport({
  parameters,
  candidates,
  scores,
  fitSeconds,
}: ChosenModel): CommonModelReport {
  return { parameters, candidates, cv: scores, fitSeconds };
}
