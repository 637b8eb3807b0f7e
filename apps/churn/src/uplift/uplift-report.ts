import type { FittedRegressor } from '@churn/core';
import type { BalanceRow, CurveBand, Estimate, UpliftBin, UpliftCurve } from '@churn/uplift';
import type { TreatmentArms } from '../training/treatment-arms.js';

/** The findings of an experiment. */
export interface FoundUplift {
  readonly report: UpliftReport;
  /** The model, its curves and its predictions for held-out rows; `undefined` if the treatment does not look random. */
  readonly found?: {
    readonly model: FittedRegressor;
    readonly qini: BandedCurve;
    readonly uplift: BandedCurve;
  };
}

/** A curve with a bootstrap band. */
interface BandedCurve extends UpliftCurve {
  readonly band: CurveBand;
}

/** A value with its 95% interval. */
export interface WithInterval {
  readonly value: number;
  readonly low: number;
  readonly high: number;
}

/** The part of `training_report.json` about an experiment. */
export interface UpliftReport {
  readonly treatment: TreatmentArms['treatment'];
  /** The number of rows of each arm. */
  readonly rows: ArmCounts;
  /** The balance of the arms. */
  readonly balance: {
    /** The largest standardised differences. */
    readonly rows: readonly BalanceRow[];
    /** The ROC AUC of a classifier of treated rows, with its p-value. */
    readonly auc: number;
    readonly pValue: number;
  };
  /** The evidence against random treatment, as text; if there is any, there is no model. */
  readonly refused: readonly string[];
  readonly model: UpliftModelReport | null;
}

export interface ArmCounts {
  readonly treated: number;
  readonly control: number;
}

/** An uplift model with its metrics on held-out rows, in rows that stay. */
export interface UpliftModelReport {
  /** The chosen learner. */
  readonly learner: string;
  /** All compared learners, best first. */
  readonly compared: readonly { readonly learner: string; readonly qini: number; readonly seconds: number }[];
  /** Learners left out for lack of time, if any. */
  readonly leftOut?: readonly string[];
  /** The held-out rows. */
  readonly test: ArmCounts;
  /** The average effect of the treatment. */
  readonly effect: WithInterval;
  readonly qini: WithInterval;
  readonly upliftAuc: WithInterval;
  /** By quantile of predicted uplift, largest first. */
  readonly parts: readonly UpliftBin[];
  readonly policy: PolicyReport;
  /** The profit of lists, if the economics are known. */
  readonly lists?: ListComparison;
}

/** The gain of treating the share of rows with the largest predicted uplift, as the mean outcome per row. */
export interface PolicyReport {
  /** The share that is best on training rows, out of fold. */
  readonly share: number;
  /** The smallest predicted uplift among them. */
  readonly from: number;
  /** The number of treated held-out rows. */
  readonly treated: number;
  /** The gain relative to treating nobody. */
  readonly gain: Estimate;
  /** The gain of treating everybody relative to treating nobody. */
  readonly ofAll: Estimate;
}

/** The total profit of campaigns on held-out rows, relative to none. */
export interface ListComparison {
  readonly customers: number;
  readonly byUplift: ListOutcome;
  readonly byChurn: ListOutcome;
  /** The additional profit of the list by uplift. */
  readonly gain: WithInterval;
}

interface ListOutcome {
  readonly contacted: number;
  readonly profit: WithInterval;
}
