import { isList } from '@churn/core';
import { type CampaignEconomics, planCampaign } from '@churn/selection';
import { policyValue } from '@churn/uplift';
import { shareTreated, type TestedArms } from './evaluate-uplift.js';
import type { ListComparison, WithInterval } from './uplift-report.js';

/** The profit of a list by uplift and of one by churn on held-out rows of the randomised experiment, by a doubly robust estimate. */
export function compareLists(tested: TestedArms, economics: CampaignEconomics): ListComparison {
  const { stayed, isTreated, probabilities, uplift } = tested;
  const n = stayed.length;
  const [value, contact = 0, offer = 0] = [economics.value, economics.contact, economics.offer];
  const of = (given: number | ArrayLike<number>, row: number) =>
    isList(given) ? given[row] : (given as number);
  const income = (stays: number, arm: number, row: number) =>
    stays * (of(value, row) - arm * of(offer, row)) - arm * of(contact, row);
  const earned = stayed.map((stays, row) => income(stays, isTreated[row], row));
  const predicted = {
    control: probabilities.map((p, row) => income(1 - p, 0, row)),
    treated: probabilities.map((p, row) => income(1 - p + uplift[row], 1, row)),
  };
  const propensity = shareTreated(isTreated);
  const inAll = (policy: readonly number[], baseline: readonly number[]): WithInterval => {
    const { value, low, high } = policyValue(earned, isTreated, policy, { propensity, predicted, baseline });
    return { value: n * value, low: n * low, high: n * high };
  };
  const nobody = Array.from(stayed, () => 0);
  const listed = (limits: Parameters<typeof planCampaign>[2]) => {
    const { order, length } = planCampaign(probabilities, economics, limits);
    const isListed = new Set(order.subarray(0, length));
    return nobody.map((_, row) => Number(isListed.has(row)));
  };
  const [byUplift, byChurn] = [listed({ uplift }), listed({})];
  const outcome = (policy: readonly number[]) => ({
    contacted: policy.filter((each) => each === 1).length,
    profit: inAll(policy, nobody),
  });
  return {
    customers: n,
    byUplift: outcome(byUplift),
    byChurn: outcome(byChurn),
    gain: inAll(byUplift, byChurn),
  };
}
