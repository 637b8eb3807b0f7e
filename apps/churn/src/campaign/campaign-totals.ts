import type { CampaignPlan, SimulatedProfit } from '@churn/selection';

/** What a campaign is expected to come to. */
export interface CampaignTotals {
  readonly customers: number;
  readonly contacted: number;
  readonly profit: number;
  /** Where the profit of 95 of 100 such campaigns lies, if the probabilities are right. */
  readonly interval: readonly [low: number, high: number];
  readonly cost: number;
  /** How many customers are expected to leave without the campaign, among those contacted. */
  readonly churners: number;
  /** How many are expected to stay for it. */
  readonly kept: number;
  /** The profit of contacting all customers. */
  readonly profitOfAll: number;
  /** How many customers are expected to earn more than they cost, whatever the limits. */
  readonly worthwhile: number;
  /** The list by churn in place of uplift, where the list is by uplift. */
  readonly byChurn?: {
    readonly contacted: number;
    /** How many of them are on the list by uplift too. */
    readonly shared: number;
    /** What it would earn, by uplift. */
    readonly profit: number;
  };
  /** The list by uplift in place of churn, where the list is by churn though uplift is known. */
  readonly byUplift?: {
    readonly contacted: number;
    readonly profit: number;
    /** What the list by churn would earn, by uplift. */
    readonly profitOfThis: number;
  };
}

/** The plan by what the list is not by, if that is known. */
export interface OtherPlans {
  readonly byChurn?: CampaignPlan;
  readonly byUplift?: CampaignPlan;
}

export function campaignTotals(
  plan: CampaignPlan,
  simulated: SimulatedProfit,
  probabilities: Float64Array,
  { byChurn, byUplift }: OtherPlans = {},
): CampaignTotals {
  const { order, length, netValue, cost, kept, profit } = plan;
  const listed = order.subarray(0, length);
  const sum = (values: Float64Array) => listed.reduce((total, i) => total + values[i], 0);
  const at = simulated.length.indexOf(length);
  return {
    customers: order.length,
    contacted: length,
    profit: profit[length],
    interval: [simulated.low[at], simulated.high[at]],
    cost: sum(cost),
    churners: sum(probabilities),
    kept: sum(kept),
    profitOfAll: profit[order.length],
    worthwhile: netValue.filter((each) => each > 0).length,
    ...(byChurn && { byChurn: listByChurn(plan, byChurn) }),
    ...(byUplift && {
      byUplift: {
        contacted: byUplift.length,
        profit: byUplift.profit[byUplift.length],
        profitOfThis: listByChurn(byUplift, plan).profit,
      },
    }),
  };
}

function listByChurn(plan: CampaignPlan, churnPlan: CampaignPlan): NonNullable<CampaignTotals['byChurn']> {
  const other = churnPlan.order.subarray(0, churnPlan.length);
  const isListed = new Set(plan.order.subarray(0, plan.length));
  return {
    contacted: other.length,
    shared: other.filter((i) => isListed.has(i)).length,
    profit: other.reduce((total, i) => total + plan.netValue[i], 0),
  };
}
