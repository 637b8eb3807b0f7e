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

/** What `training_report.json` holds, whatever is predicted: all that a training run found, and what it was made of. */
export interface CommonReport<M extends CommonModelReport = CommonModelReport> {
  /** The name of the best model, by what was cross-validated. */
  readonly best: string;
  readonly models: { readonly [name: string]: M };
  /** All candidates, the best first. */
  readonly leaderboard: readonly LeaderboardEntry[];
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
    /** By how many rows, drawn at random, all was chosen, where others were learned from as they were read. */
    readonly sampled: number | null;
    /** All columns of the file, as they were read. */
    readonly columns: readonly ReadColumn[];
    /** What a user should look at. */
    readonly warnings: readonly string[];
  };
  readonly search: {
    readonly folds: number;
    readonly scoring: readonly ScorerName[];
    readonly candidates: number;
    readonly fits: number;
    readonly seconds: number;
    /** How much was tried, where the models were found and not listed. */
    readonly preset: Preset | null;
    /** How many seconds the training could take. */
    readonly timeLimit: number | null;
    /** Why the search ended before all candidates were tried. */
    readonly endedBy: SearchResult['endedBy'];
    /** How many candidates were not tried for that. */
    readonly unfinished: number;
    /** What would have been in the blend, had there been time to fit it. */
    readonly leftOut: readonly string[];
  };
  /** How well the best model does on groups of test rows, by the columns of the configuration. */
  readonly byGroup: readonly GroupReport[];
  /** Whether the models that are written were fitted anew on all rows, once they had been tried on the test rows. */
  readonly refit: boolean;
  readonly seed: number;
  readonly versions: { readonly churn: string; readonly node: string };
  readonly seconds: number;
}

interface CommonModelReport {
  /** Those of the best candidate, or the members of a blend with their weights. */
  readonly parameters: JsonObject;
  /** How many candidates of this model there were, or were in the selection of a blend. */
  readonly candidates: number;
  /** Cross-validated, by the name of the scorer. */
  readonly cv: { readonly [scorer: string]: FoldScores };
  /** To fit it in a fold, on average. */
  readonly fitSeconds: number;
}

/** The report of models of classes. */
export interface TrainingReport extends CommonReport<ClassModelReport> {
  readonly data: CommonReport['data'] & {
    /** All rows by class; of two classes, the second is the positive one. */
    readonly classes: readonly { readonly label: string; readonly rows: number }[];
  };
  readonly thresholdRule: Config['threshold'] | null;
  /** Test rows that the best model does worst on, by their log losses. */
  readonly slices: ErrorSlices;
  /** Of all money. */
  readonly currency?: string;
  /** What a treatment did, where the data tells who was treated. */
  readonly uplift?: UpliftReport;
}

interface ClassModelReport extends CommonModelReport {
  /** What the rule chose on out-of-fold probabilities; without a rule, the likelier class is called. */
  readonly threshold: TunedThreshold | null;
  /** What it chose for the groups of a column, if they have thresholds of their own; `threshold` is that of all other rows then. */
  readonly groupThresholds?: GroupThresholds;
  readonly test: TestMetrics;
  readonly classes: ClassificationReport;
  /** What contacting test customers would have earned, where the threshold was chosen by that. */
  readonly campaign?: CampaignComparison;
}

/** The report of models of values. */
export interface ValueReport extends CommonReport<ValueModelReport> {
  readonly data: CommonReport['data'] & { readonly target: ValueSummary };
  /** Test rows that the best model does worst on, by their absolute errors. */
  readonly slices: ErrorSlices;
}

export interface ValueModelReport extends CommonModelReport, Pick<EvaluatedValueModel, 'interval'> {
  readonly test: EvaluatedValueModel['evaluation']['metrics'];
  /** The intervals of test rows by fifths of the predictions, from the lowest. */
  readonly fifths: readonly IntervalFifth[];
}

/** The report of models of times. */
export interface SurvivalReport extends CommonReport<SurvivalModelReport> {
  readonly data: CommonReport['data'] & { readonly target: SurvivalSummary };
  /** In the unit of the durations, ascending. */
  readonly horizons: readonly number[];
  readonly unit?: string;
  /** Test rows by the risk that the best model gives them. */
  readonly groups: RiskGroups;
}

export interface SurvivalModelReport extends CommonModelReport {
  readonly test: EvaluatedSurvivalModel['evaluation']['metrics'];
  /** Of a Cox regression. */
  readonly coefficients?: readonly CoefficientReport[];
}

/** What a Cox regression says of a column. */
export type CoefficientReport = {
  readonly covariate: string;
  readonly hazardRatio: number;
  /** Null under a penalty that leaves no standard errors. */
  readonly interval: readonly [low: number, high: number] | null;
  readonly pValue: number | null;
};

/** The report of a training, with what is said of each of its models, and of the best one by groups. */
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

/** What is said of every model. */
export function commonModelReport({
  parameters,
  candidates,
  scores,
  fitSeconds,
}: ChosenModel): CommonModelReport {
  return { parameters, candidates, cv: scores, fitSeconds };
}
