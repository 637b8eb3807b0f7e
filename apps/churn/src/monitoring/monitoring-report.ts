import { type Labels, visibleText } from '@churn/core';
import {
  classifierTwoSampleTest,
  compareProfiles,
  type DriftReport,
  type EstimatedPerformance,
  estimatePerformance,
  type PerformanceOptions,
  type ProfileCounts,
  realisedPerformance,
  type Separation,
} from '@churn/monitor';
import type { MonitoringConfig } from '../config/monitoring.js';
import type { TaskName } from '../config/target.js';
import { dateColumnsOf } from '../model/compared-columns.js';
import { FLATTERED } from '../registry/learned-file.js';
import type { NamedModel } from '../registry/named-model.js';
import { counted } from '../reporting/counted.js';
import { countedList } from '../reporting/counted-list.js';
import type { AnyScoringModel } from '../scoring/scoring-model.js';
import type { LogLeftOut } from '../serve/log/log-records.js';
import { resamples } from '../training/resamples.js';
import { areEnough } from './evidence.js';
import type { LabelledScores } from './labelled-scores.js';
import { otherModels } from './log-failure.js';
import type { MonitoredReference } from './monitored-reference.js';
import type { Observation } from './observe-rows.js';
import { figuresWithIntervals } from './outcome/known-figures.js';
import { metricsOf } from './outcome/outcome-of.js';
import { type KnownFigures, type PerformanceFall, performanceFalls } from './performance-falls.js';
import { type Found, hasAlert, verdictOf } from './verdict.js';

/** The report of `churn monitor`, as in its JSON. */
export interface MonitoringReport {
  readonly format: 1;
  /** The verdict in a sentence. */
  readonly verdict: string;
  readonly isAlert: boolean;
  readonly model: {
    readonly name: string;
    readonly file: string;
    readonly hash: string;
    readonly predicts: string;
    readonly task: TaskName;
  };
  /** The classes; probabilities are of the second if there are two. Empty for regression and survival. */
  readonly classes: readonly string[];
  readonly input: {
    readonly file: string;
    readonly rows: number;
    /** The number of rows with a prediction. */
    readonly scored: number;
    /** The number of rows that could not be read, not included in `rows`. */
    readonly unread: number;
    /** The number of rows without a prediction. */
    readonly unscored: number;
    /** The number of scored rows with a label. */
    readonly labelled: number;
  };
  readonly reference: {
    /** The reference file; `null` for the training data. */
    readonly file: string | null;
    readonly rows: number;
    /** Whether scores are compared with those of the model's test rows instead of the file. */
    readonly hasScoresOfModel: boolean;
    /** The metrics of the model on the reference, by name; `null` if unknown. */
    readonly figures: Readonly<Record<string, number | null>> | null;
  };
  readonly drift: DriftReport;
  /** How well a classifier distinguishes rows of the reference from new ones; `null` without a reference file. */
  readonly separation: Separation | null;
  /** `null` if the reference has no labels to estimate by. */
  readonly estimated: EstimatedPerformance | null;
  /** `null` without labels. */
  readonly realised: KnownFigures | null;
  /** The metrics that got worse by more than the configuration allows. */
  readonly falls: readonly PerformanceFall[];
  readonly windows: readonly MonitoredWindow[];
  /** Further notes for the user. */
  readonly notes: readonly string[];
  readonly settings: Pick<
    MonitoringConfig,
    'significance' | 'minPsi' | 'minMissing' | 'minUnseen' | 'minScoreShift' | 'maxFall' | 'maxRejected'
  >;
}

/** A day, week or month of rows. */
export interface MonitoredWindow {
  readonly window: string;
  readonly rows: number;
  /** The columns that drifted. */
  readonly alerts: readonly string[];
  readonly hasScoreDrifted: boolean;
  /** The largest population stability index of the scores. */
  readonly scorePsi: number | null;
  readonly estimated: EstimatedPerformance['figures'] | null;
  readonly realised: KnownFigures['figures'] | null;
}

interface ReportParts {
  readonly model: NamedModel;
  readonly scoring: AnyScoringModel;
  readonly input: string;
  /** Whether the model was trained on the rows of the input. */
  readonly isOfTrainingRows: boolean;
  readonly referenceFile: string | undefined;
  readonly reference: MonitoredReference;
  readonly observed: Observation;
  /** The rows of a log that are left out; `undefined` for other inputs. */
  readonly leftOut: LogLeftOut;
  readonly config: MonitoringConfig;
  readonly seed: number;
}

/** As many as for the intervals of classification metrics. */
const RESAMPLES = 400;
/** Fewer, since there may be hundreds of windows. */
const WINDOW_RESAMPLES = 100;

/** Computes the report from the observed rows. */
export function monitoringReport(parts: ReportParts): MonitoringReport {
  const { scoring, reference, observed, config, seed } = parts;
  const { classes, threshold } = scoring.task === 'classes' ? scoring : { classes: [], threshold: undefined };
  const { significance, minPsi, minMissing, minUnseen, minScoreShift, maxFall, maxRejected } = config;
  const { counts, labelled, rejected } = observed;
  const { profile, importances } = reference;
  const limits = { minPsi, minMissing, minUnseen, minScoreShift, ...(importances && { importances }) };
  const driftOf = (of: ProfileCounts, chance: number) =>
    compareProfiles(profile, of, { ...limits, significance: chance });
  const decision = {
    ...(threshold !== undefined && { threshold }),
    ...(config.costs && classes.length === 2 && { costs: config.costs }),
  };
  const estimateOf = (of: ProfileCounts, options: PerformanceOptions = decision) =>
    profile.score?.positives && of.scores && of.scores.rows > 0
      ? estimatePerformance(profile.score, of, options)
      : null;
  const realisedOf = (rows: LabelledScores | undefined, options: PerformanceOptions = decision) =>
    rows ? realisedFigures(scoring, rows, options, seed) : null;
  const ofWindow = { ...decision, nResamples: WINDOW_RESAMPLES };
  const drift = driftOf(counts, significance);
  const estimated = estimateOf(counts);
  const realised = realisedOf(labelled);
  const figures = profile.score?.figures ?? profile.predicted?.figures ?? null;
  const areLabelsEnough = labelled !== undefined && areEnough(labelled.y);
  const known = { estimated, realised, areLabelsEnough, figures };
  const falls = performanceFalls(known, maxFall);
  const windows = observed.windows.map((each) => {
    // The false alarm rate holds for all windows together, as it does for all columns.
    const own = driftOf(each.counts, significance / observed.windows.length);
    const psi = own.scores.flatMap((score) => score.psi ?? []);
    return {
      window: each.window,
      rows: each.counts.rows,
      alerts: own.alerts,
      hasScoreDrifted: own.scores.some(({ isAlert }) => isAlert),
      scorePsi: psi.length > 0 ? Math.max(...psi) : null,
      estimated: estimateOf(each.counts, ofWindow)?.figures ?? null,
      realised: realisedOf(each.labelled, ofWindow)?.figures ?? null,
    };
  });
  const { unread, unscored } = rejected;
  const found: Found = {
    ...known,
    rows: { all: counts.rows + unread, unread, unscored },
    maxRejected,
    task: scoring.task,
    labelled: labelled?.y.length ?? 0,
    drift,
    falls,
    windows,
  };
  return {
    format: 1,
    verdict: verdictOf(found),
    isAlert: hasAlert(found),
    model: {
      ...{ name: parts.model.name, file: parts.model.file, hash: scoring.hash },
      ...{ predicts: scoring.predicts, task: scoring.task },
    },
    classes,
    input: {
      file: parts.input,
      rows: counts.rows,
      scored: counts.rows - unscored,
      unread,
      unscored,
      labelled: found.labelled,
    },
    reference: {
      file: parts.referenceFile ?? null,
      rows: profile.rows,
      hasScoresOfModel: reference.hasScoresOfModel,
      figures,
    },
    drift,
    separation: separationOf(parts),
    estimated,
    realised,
    falls,
    windows,
    notes: notesOf(parts),
    settings: { significance, minPsi, minMissing, minUnseen, minScoreShift, maxFall, maxRejected },
  };
}

/** The realised performance on labelled rows. */
function realisedFigures(
  scoring: AnyScoringModel,
  { y, predictions }: LabelledScores,
  options: PerformanceOptions,
  seed: number,
): KnownFigures {
  if (scoring.task === 'classes') return realisedPerformance(y as Labels, predictions, options);
  const nResamples = Math.min(options.nResamples ?? RESAMPLES, resamples(y.length));
  return {
    rows: y.length,
    confidenceLevel: 0.95,
    figures: figuresWithIntervals(metricsOf(scoring), y, predictions, { seed, nResamples }),
  };
}

/** The maximum number of date columns that are named. */
const MAX_DATES = 10;

/** The minimum number of rows for fitting the classifier. */
const MIN_ROWS = 20;

function separationOf({ reference, observed, seed }: ReportParts): Separation | null {
  const { table } = reference;
  const { sample } = observed;
  const isEnough = table && sample && Math.min(table.nRows, sample.nRows) >= MIN_ROWS;
  return isEnough ? classifierTwoSampleTest(table, sample, { seed }) : null;
}

function notesOf(parts: ReportParts): string[] {
  const { scoring, input, reference, observed, leftOut } = parts;
  const { rejected, undated } = observed;
  const dates = dateColumnsOf(scoring.schema).map(visibleText);
  return [
    ...(parts.isOfTrainingRows ? [`${input}: ${FLATTERED}`] : []),
    ...(rejected.first
      ? [
          `${counted(rejected.unread + rejected.unscored, 'row')} of ${input} could not be read or scored; line ${rejected.first.line}: ${rejected.first.reason}`,
        ]
      : []),
    ...(leftOut.others.size > 0 ? [`log rows of other models left out: ${otherModels(leftOut)}`] : []),
    ...(leftOut.outcomes > 0
      ? [
          `${counted(leftOut.outcomes, 'outcome')} ${leftOut.outcomes === 1 ? 'matches' : 'match'} no row in the log`,
        ]
      : []),
    ...(undated > 0
      ? [`${counted(undated, 'row')} without a date ${undated === 1 ? 'is' : 'are'} in no window`]
      : []),
    ...(dates.length > 0
      ? [
          `${counted(dates.length, 'date column')} ${dates.length === 1 ? 'is' : 'are'} not compared: ${countedList(dates, MAX_DATES)}`,
        ]
      : []),
    ...(reference.profile.score === null && !reference.profile.predicted
      ? [
          scoring.task === 'classes'
            ? 'the reference has no scores: neither score drift nor performance can be computed'
            : 'the reference has no predictions: their drift cannot be computed; pass rows to compare with by --reference FILE',
        ]
      : []),
    ...(scoring.task === 'classes' && scoring.byGroup
      ? [
          `the model has thresholds by group of “${visibleText(scoring.byGroup.by)}”; precision, recall, F1 and costs are those at the threshold for all rows, ${scoring.byGroup.thresholds.overall.toFixed(4)}, in the reference and in these rows`,
        ]
      : []),
    ...(reference.importances === undefined
      ? ['feature importance is unknown: columns are ranked by their drift alone']
      : []),
  ];
}
