import {
  compareProfiles,
  type DriftReport,
  type EstimatedPerformance,
  estimatePerformance,
  type PerformanceOptions,
  type ProfileCounts,
  type RealisedPerformance,
  realisedPerformance,
  type Separation,
  tellApart,
} from '@churn/monitor';
import type { MonitoringConfig } from '../config/monitoring.js';
import type { NamedModel } from '../registry/named-model.js';
import { counted } from '../reporting/counted.js';
import type { ScoringModel } from '../scoring/scoring-model.js';
import type { LogLeftOut } from '../serve/log/log-records.js';
import { areEnough } from './evidence.js';
import type { LabelledScores } from './labelled-scores.js';
import { otherModels } from './log-failure.js';
import type { MonitoredReference } from './monitored-reference.js';
import type { Observation } from './observe-rows.js';
import { type PerformanceFall, performanceFalls } from './performance-falls.js';
import { type Found, hasAlert, verdictOf } from './verdict.js';

/** What `churn monitor` found, as its JSON tells it. */
export interface MonitoringReport {
  readonly format: 1;
  /** The answer in a sentence. */
  readonly verdict: string;
  readonly isAlert: boolean;
  readonly model: {
    readonly name: string;
    readonly file: string;
    readonly hash: string;
    readonly predicts: string;
  };
  /** Where there are two classes, the second is the one that the probabilities are of. */
  readonly classes: readonly string[];
  readonly input: {
    readonly file: string;
    readonly rows: number;
    /** How many rows have a score. */
    readonly scored: number;
    /** How many rows, besides these, could not be read. */
    readonly unread: number;
    /** How many of the rows have no score. */
    readonly unscored: number;
    /** How many scored rows have a label. */
    readonly labelled: number;
  };
  readonly reference: {
    /** The file; `null` where it is the one that the model was trained on. */
    readonly file: string | null;
    readonly rows: number;
    /** Whether scores are compared with those of the model's test rows, and not with those of the file. */
    readonly hasScoresOfModel: boolean;
  };
  readonly drift: DriftReport;
  /** How well a model tells the rows of the reference from new ones; `null` without a file of reference. */
  readonly separation: Separation | null;
  /** `null` where the reference has no labels to estimate by. */
  readonly estimated: EstimatedPerformance | null;
  /** `null` without labels. */
  readonly realised: RealisedPerformance | null;
  /** Figures that got worse by more than the configuration allows. */
  readonly falls: readonly PerformanceFall[];
  readonly windows: readonly MonitoredWindow[];
  /** What else a user should know. */
  readonly notes: readonly string[];
  readonly settings: Pick<
    MonitoringConfig,
    'significance' | 'minPsi' | 'minMissing' | 'minUnseen' | 'maxFall' | 'maxRejected'
  >;
}

/** The rows of a day, week or month. */
export interface MonitoredWindow {
  readonly window: string;
  readonly rows: number;
  /** The columns that drifted. */
  readonly alerts: readonly string[];
  readonly hasScoreDrifted: boolean;
  /** The greatest population stability index of the scores. */
  readonly scorePsi: number | null;
  readonly estimated: EstimatedPerformance['figures'] | null;
  readonly realised: RealisedPerformance['figures'] | null;
}

interface ReportParts {
  readonly model: NamedModel;
  readonly scoring: ScoringModel;
  readonly input: string;
  readonly referenceFile: string | undefined;
  readonly reference: MonitoredReference;
  readonly observed: Observation;
  /** What of a log is left out; nothing of other inputs. */
  readonly leftOut: LogLeftOut;
  readonly config: MonitoringConfig;
  readonly seed: number;
}

/** There may be hundreds of windows. */
const WINDOW_RESAMPLES = 100;

/** All figures of what was seen. */
export function monitoringReport(parts: ReportParts): MonitoringReport {
  const { scoring, reference, observed, config } = parts;
  const { significance, minPsi, minMissing, minUnseen, maxFall, maxRejected } = config;
  const { counts, labelled, rejected } = observed;
  const { profile, importances } = reference;
  const limits = { minPsi, minMissing, minUnseen, ...(importances && { importances }) };
  const driftOf = (of: ProfileCounts, chance: number) =>
    compareProfiles(profile, of, { ...limits, significance: chance });
  const decision = {
    ...(scoring.threshold !== undefined && { threshold: scoring.threshold }),
    ...(config.costs && scoring.classes.length === 2 && { costs: config.costs }),
  };
  const estimateOf = (of: ProfileCounts, options: PerformanceOptions = decision) =>
    profile.score?.positives && of.scores && of.scores.rows > 0
      ? estimatePerformance(profile.score, of, options)
      : null;
  const realisedOf = (rows: LabelledScores | undefined, options: PerformanceOptions = decision) =>
    rows ? realisedPerformance(rows.labels, rows.probabilities, options) : null;
  const ofWindow = { ...decision, nResamples: WINDOW_RESAMPLES };
  const drift = driftOf(counts, significance);
  const estimated = estimateOf(counts);
  const realised = realisedOf(labelled);
  const figures = profile.score?.figures ?? null;
  const areLabelsEnough = labelled !== undefined && areEnough(labelled);
  const known = { estimated, realised, areLabelsEnough, figures };
  const falls = performanceFalls(known, maxFall);
  const windows = observed.windows.map((each) => {
    // As all columns together, all windows together raise a false alarm as rarely.
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
    labelled: labelled?.labels.length ?? 0,
    drift,
    falls,
    windows,
  };
  return {
    format: 1,
    verdict: verdictOf(found),
    isAlert: hasAlert(found),
    model: { name: parts.model.name, file: parts.model.file, hash: scoring.hash, predicts: scoring.predicts },
    classes: scoring.classes,
    input: {
      file: parts.input,
      rows: counts.rows,
      scored: counts.scores?.rows ?? 0,
      unread,
      unscored,
      labelled: found.labelled,
    },
    reference: {
      file: parts.referenceFile ?? null,
      rows: profile.rows,
      hasScoresOfModel: reference.hasScoresOfModel,
    },
    drift,
    separation: separationOf(parts),
    estimated,
    realised,
    falls,
    windows,
    notes: notesOf(parts),
    settings: { significance, minPsi, minMissing, minUnseen, maxFall, maxRejected },
  };
}

/** Of fewer rows nothing can be learned. */
const FEWEST_ROWS = 20;

function separationOf({ reference, observed, seed }: ReportParts): Separation | null {
  const { table } = reference;
  const { sample } = observed;
  const isEnough = table && sample && Math.min(table.nRows, sample.nRows) >= FEWEST_ROWS;
  return isEnough ? tellApart(table, sample, { seed }) : null;
}

function notesOf({ input, reference, observed, leftOut }: ReportParts): string[] {
  const { rejected, undated } = observed;
  return [
    ...(rejected.first
      ? [
          `${counted(rejected.unread + rejected.unscored, 'row')} of ${input} could not be read or scored; line ${rejected.first.line}: ${rejected.first.reason}`,
        ]
      : []),
    ...(leftOut.others.size > 0 ? [`left out of the log: ${otherModels(leftOut)}`] : []),
    ...(leftOut.outcomes > 0
      ? [
          `${counted(leftOut.outcomes, 'outcome')} ${leftOut.outcomes === 1 ? 'is' : 'are'} of no row in the log`,
        ]
      : []),
    ...(undated > 0
      ? [`${counted(undated, 'row')} without a date ${undated === 1 ? 'is' : 'are'} in no window`]
      : []),
    ...(reference.profile.score === null
      ? ['the reference has no scores: neither their drift nor performance can be told']
      : []),
    ...(reference.importances === undefined
      ? ['what each column matters to the model is not known: columns are ranked by their drift alone']
      : []),
  ];
}
