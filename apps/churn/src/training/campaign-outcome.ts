import { Labels } from '@churn/core';
import {
  averageCost,
  type CampaignEconomics,
  campaignCosts,
  expectedNetValues,
  type TunedThreshold,
} from '@churn/selection';

/** The profit of contacting a list of customers. */
export interface CampaignOutcome {
  readonly contacted: number;
  /** The total profit. */
  readonly profit: number;
}

/** The profit of contacting test customers, by thresholds chosen on other rows and without a threshold. */
export interface CampaignComparison {
  readonly customers: number;
  /** With the threshold of the rule. */
  readonly chosen: CampaignOutcome & { readonly threshold: number };
  /** With that of the highest F1. */
  readonly f1: CampaignOutcome & { readonly threshold: number };
  /** All customers with an expected net value above 0, as listed by `churn campaign`. */
  readonly byCustomer: CampaignOutcome;
}

/** Compares the threshold of the rule with that of the highest F1, and with decisions per customer. */
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

/** The profit of contacting some customers, given the true classes. */
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
