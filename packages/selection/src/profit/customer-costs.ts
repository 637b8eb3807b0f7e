import { type OptionsOf, readOptions, required, requireParameter, withDefault } from '@churn/core';
import { NOBODY } from '../nobody.js';
import { column, perCustomer } from './economics.js';

export const costParameters = {
  falsePositive: required(perCustomer('numbers')),
  falseNegative: required(perCustomer('numbers')),
  /** Default 0. */
  truePositive: withDefault(perCustomer('numbers'), 0),
  /** Default 0. */
  trueNegative: withDefault(perCustomer('numbers'), 0),
};

/** The cost of each kind of outcome, one number for all customers or one per customer; a gain is a negative cost. */
export type CustomerCosts = OptionsOf<typeof costParameters>;

/** The same by customer. */
export type CostColumns = Readonly<Record<keyof typeof costParameters, Float64Array>>;

/** @throws `invalid-parameter` if a cost is invalid; `invalid-data` if there is a different number of customers. */
export function readCosts(costs: unknown, nCustomers: number): CostColumns {
  const read = readOptions(costParameters, costs);
  const columns = Object.entries(read).map(([name, value]) => [name, column(name, value, nCustomers)]);
  return Object.fromEntries(columns) as CostColumns;
}

/**
 * The probability from which predicting a customer positive costs less: `(fp - tn) / (fp - tn + fn - tp)` (Elkan, 2001). Above 1 if it
 * never does, and 0 if it always does.
 *
 * ```ts
 * const thresholds = costThresholds(campaignCosts(economics, p.length), p.length);
 * const isContacted = p.map((each, i) => each >= thresholds[i]!);
 * ```
 * @throws `invalid-parameter` if a cost is invalid; `invalid-data` if there is a different number of customers.
 */
export function costThresholds(costs: CustomerCosts, nCustomers: number): Float64Array {
  requireCustomers(nCustomers);
  const { falsePositive, falseNegative, truePositive, trueNegative } = readCosts(costs, nCustomers);
  return falsePositive.map((cost, i) => {
    // What calling costs more than leaving alone, at the probabilities 0 and 1.
    const ofNegative = cost - trueNegative[i];
    const ofPositive = truePositive[i] - falseNegative[i];
    if (ofNegative <= 0) return ofPositive <= 0 ? 0 : NOBODY;
    return ofPositive < 0 ? ofNegative / (ofNegative - ofPositive) : NOBODY;
  });
}

/** @throws `invalid-parameter`. */
export function requireCustomers(nCustomers: number): void {
  const isCount = Number.isInteger(nCustomers) && nCustomers >= 0;
  requireParameter(isCount, 'nCustomers', 'an integer of at least 0', nCustomers);
}
