import { Labels } from '@churn/core';
import {
  averageCost,
  type CampaignEconomics,
  campaignCosts,
  expectedNetValues,
  type TunedThreshold,
} from '@churn/selection';

/** What a list of customers would have earned, had they been contacted. */
export interface CampaignOutcome {
  readonly contacted: number;
  /** The profit of them all. */
  readonly profit: number;
}

/** What contacting test customers would have earned, by thresholds that were chosen on other rows and without one. */
export interface CampaignComparison {
  readonly customers: number;
  /** By the threshold of the rule. */
  readonly chosen: CampaignOutcome & { readonly threshold: number };
  /** By that of the highest F1. */
  readonly f1: CampaignOutcome & { readonly threshold: number };
  /** All whose expected net value is above 0, as `churn campaign` lists them. */
  readonly byCustomer: CampaignOutcome;
}

/** Compares the threshold of the rule with that of the highest F1, and with a decision by customer. */
export function compareCampaigns(
  y: Labels,
  probabilities: Float64Array,
  economics: CampaignEconomics,
  thresholds: { readonly chosen: TunedThreshold; readonly f1: TunedThreshold },
): CampaignComparison {
  const above = ({ threshold }: TunedThreshold) => ({
    threshold,
    ...outcome(y, economics, (row) => probabilities[row] >= threshold),
  });
  const net = expectedNetValues(probabilities, economics);
  return {
    customers: y.length,
    chosen: above(thresholds.chosen),
    f1: above(thresholds.f1),
    byCustomer: outcome(y, economics, (row) => net[row] > 0),
  };
}

/** What contacting some customers would have earned, the true class of all being known. */
function outcome(
  y: Labels,
  economics: CampaignEconomics,
  isContacted: (row: number) => boolean,
): CampaignOutcome {
  const codes = Int32Array.from({ length: y.length }, (_, row) => (isContacted(row) ? 1 : 0));
  const called = Labels.from(y.classes, y.classes).take(codes);
  const cost = averageCost(y, called, campaignCosts(economics, y.length));
  return { contacted: codes.filter((code) => code === 1).length, profit: -cost * y.length };
}
