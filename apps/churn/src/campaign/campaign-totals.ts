import type { CampaignPlan, SimulatedProfit } from '@churn/selection';

/** The expected results of a campaign. */
export interface CampaignTotals {
  readonly customers: number;
  readonly contacted: number;
  readonly profit: number;
  /** The interval that contains the profit of 95 of 100 such campaigns, if the probabilities are correct. */
  readonly interval: readonly [low: number, high: number];
  readonly cost: number;
  /** The expected number of contacted customers who would leave without the campaign. */
  readonly churners: number;
  /** The expected number who stay because of it. */
  readonly kept: number;
  /** The profit of contacting all customers. */
  readonly profitOfAll: number;
  /** The number of customers expected to earn more than they cost, regardless of limits. */
  readonly worthwhile: number;
  /** The list by churn, if the list is by uplift. */
  readonly byChurn?: {
    readonly contacted: number;
    /** The number of customers on both lists. */
    readonly shared: number;
    /** Its expected profit, according to uplift. */
    readonly profit: number;
  };
  /** The list by uplift, if the list is by churn although uplift is known. */
  readonly byUplift?: {
    readonly contacted: number;
    readonly profit: number;
    /** The expected profit of the list by churn, according to uplift. */
    readonly profitOfThis: number;
  };
}

/** The alternative plan, by churn or by uplift, if known. */
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
