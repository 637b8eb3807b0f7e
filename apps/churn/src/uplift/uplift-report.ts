import type { FittedRegressor } from '@churn/core';
import type { BalanceRow, CurveBand, Estimate, UpliftBin, UpliftCurve } from '@churn/uplift';
import type { TreatmentArms } from '../training/treatment-arms.js';

/** What was found of a treatment. */
export interface FoundUplift {
  readonly report: UpliftReport;
  /** The model, its curves and what it said of the rows held out; none where the treatment was not random enough. */
  readonly found?: {
    readonly model: FittedRegressor;
    readonly qini: BandedCurve;
    readonly uplift: BandedCurve;
  };
}

/** A curve with the interval of resamples. */
interface BandedCurve extends UpliftCurve {
  readonly band: CurveBand;
}

/** A figure, with the ends of its interval of 95 %. */
export interface WithInterval {
  readonly value: number;
  readonly low: number;
  readonly high: number;
}

/** What `training_report.json` holds of an experiment. */
export interface UpliftReport {
  readonly treatment: TreatmentArms['treatment'];
  /** All rows of each arm. */
  readonly rows: ArmCounts;
  /** How alike the arms are. */
  readonly balance: {
    /** The largest standardised differences. */
    readonly rows: readonly BalanceRow[];
    /** How well a classifier tells the treated rows, and how probable that is by chance. */
    readonly auc: number;
    readonly pValue: number;
  };
  /** What speaks against a treatment at random, in words: if there is anything, there is no model. */
  readonly refused: readonly string[];
  readonly model: UpliftModelReport | null;
}

export interface ArmCounts {
  readonly treated: number;
  readonly control: number;
}

/** A model of uplift, and how it did on rows held out. All figures are about staying, one row being 1. */
export interface UpliftModelReport {
  /** The learner that was chosen. */
  readonly learner: string;
  /** All that were compared, the best first. */
  readonly compared: readonly { readonly learner: string; readonly qini: number; readonly seconds: number }[];
  /** Those for which there was no time, if any. */
  readonly leftOut?: readonly string[];
  /** The rows held out. */
  readonly test: ArmCounts;
  /** What the treatment did to them on average. */
  readonly effect: WithInterval;
  readonly qini: WithInterval;
  readonly upliftAuc: WithInterval;
  /** By parts of the predicted uplift, the largest first. */
  readonly parts: readonly UpliftBin[];
  readonly policy: PolicyReport;
  /** What lists would have earned, where the economics are known. */
  readonly lists?: ListComparison;
}

/** What treating the share of rows of the largest predicted uplift is worth, by the mean outcome per row. */
export interface PolicyReport {
  /** The share that was best among training rows, out of fold. */
  readonly share: number;
  /** The least predicted uplift of those. */
  readonly from: number;
  /** How many of the rows held out that treats. */
  readonly treated: number;
  /** How many more stay than if nobody were treated. */
  readonly gain: Estimate;
  /** How many more stay if everybody is treated than if nobody is. */
  readonly ofAll: Estimate;
}

/** What campaigns would have earned of the rows held out, compared with none, in all. */
export interface ListComparison {
  readonly customers: number;
  readonly byUplift: ListOutcome;
  readonly byChurn: ListOutcome;
  /** How much more the list by uplift would have earned. */
  readonly gain: WithInterval;
}

interface ListOutcome {
  readonly contacted: number;
  readonly profit: WithInterval;
}
