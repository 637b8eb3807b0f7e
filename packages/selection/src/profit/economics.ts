import {
  ChurnError,
  isList,
  isPlainObject,
  type OptionsOf,
  type Parameter,
  parameter,
  readOptions,
  required,
  withDefault,
} from '@churn/core';
import { betaFactor, type RandomFactor } from './random-factor.js';

/** One number for all customers, or one per customer, in the order of the rows. */
export type PerCustomer = number | ArrayLike<number>;

/** An uncertain acceptance rate: Beta(alpha, beta), with mean `alpha / (alpha + beta)`. */
export interface BetaAcceptance {
  readonly alpha: number;
  readonly beta: number;
}

export const economicsParameters = {
  /** The lifetime value of a retained customer. */
  value: required(perCustomer('numbers')),
  /** The cost of contacting a customer, regardless of the outcome. Default 0. */
  contact: withDefault(perCustomer('numbers of at least 0', 0), 0),
  /** The cost of the offer if it is taken: by churners who accept it, and by all contacted non-churners. Default 0. */
  offer: withDefault(perCustomer('numbers of at least 0', 0), 0),
  /** The acceptance rate: the share of contacted churners who accept the offer and stay, from 0 to 1, or its distribution. */
  acceptance: required(
    parameter<PerCustomer | BetaAcceptance>(
      'a number from 0 to 1, a list of them, one per customer, or { alpha, beta } of a beta distribution',
      (value): value is PerCustomer | BetaAcceptance => isBeta(value) || isPerCustomer(value, 0, 1),
    ),
  ),
};

/**
 * The economics of a retention campaign, in one currency. A contacted churner brings `acceptance * (value - offer) - contact`, and a
 * contacted customer who would have stayed costs `offer + contact` (Verbraken, Verbeke and Baesens, 2013).
 */
export type CampaignEconomics = OptionsOf<typeof economicsParameters>;

/** The same by customer. */
export interface CustomerEconomics {
  /** What a churner who accepts the offer brings: the value less the offer. */
  readonly gain: Float64Array;
  readonly contact: Float64Array;
  readonly offer: Float64Array;
  /** The probability of acceptance; of a beta distribution its mean. */
  readonly acceptance: Float64Array;
  /** The distribution of the share of acceptance, if it is not fixed. */
  readonly distribution?: BetaAcceptance;
}

/** What calling each customer brings and costs, by what it turns out to be. */
export interface OutcomeEconomics {
  /** What a positive one brings; if there is a random factor, times that. */
  readonly gain: Float64Array;
  readonly positiveCost: Float64Array;
  readonly negativeCost: Float64Array;
  /** Where all gains depend on one number that is not known for sure. */
  readonly factor?: RandomFactor;
}

/** The economics of a retention campaign as those of outcomes: a churner who accepts brings a gain, and whoever would have stayed takes the offer. */
export function campaignOutcomes({
  gain,
  contact,
  offer,
  acceptance,
  distribution,
}: CustomerEconomics): OutcomeEconomics {
  return {
    gain: distribution ? gain : gain.map((each, i) => each * acceptance[i]),
    positiveCost: contact,
    negativeCost: contact.map((each, i) => each + offer[i]),
    ...(distribution && { factor: betaFactor(distribution) }),
  };
}

/** @throws `invalid-parameter` if an option is invalid; `invalid-data` if there is a different number of customers. */
export function readEconomics(economics: unknown, nCustomers: number): CustomerEconomics {
  const { value, contact, offer, acceptance } = readOptions(economicsParameters, economics);
  const distribution = isBeta(acceptance) ? acceptance : undefined;
  const share = isBeta(acceptance) ? acceptance.alpha / (acceptance.alpha + acceptance.beta) : acceptance;
  const offers = column('offer', offer, nCustomers);
  return {
    gain: column('value', value, nCustomers).map((each, i) => each - offers[i]),
    contact: column('contact', contact, nCustomers),
    offer: offers,
    acceptance: column('acceptance', share, nCustomers),
    ...(distribution && { distribution }),
  };
}

function isBeta(value: unknown): value is BetaAcceptance {
  if (!isPlainObject(value) || Object.keys(value).length !== 2) return false;
  const isPositive = (each: unknown) => Number.isFinite(each) && (each as number) > 0;
  return isPositive(value.alpha) && isPositive(value.beta);
}

/** A parameter that is one number or one per row. */
// @__NO_SIDE_EFFECTS__
export function perCustomer(numbers: string, from = -Infinity): Parameter<PerCustomer> {
  return parameter(`a number or a list of ${numbers}, one per customer`, (value): value is PerCustomer =>
    isPerCustomer(value, from),
  );
}

function isPerCustomer(value: unknown, from = -Infinity, to = Infinity): value is PerCustomer {
  const isOne = (each: unknown) =>
    Number.isFinite(each) && (each as number) >= from && (each as number) <= to;
  if (!isList(value)) return isOne(value);
  for (let row = 0; row < value.length; row++) if (!isOne(value[row])) return false;
  return true;
}

/** The number of each customer. */
export function column(name: string, value: PerCustomer, nCustomers: number): Float64Array {
  if (typeof value === 'number') return new Float64Array(nCustomers).fill(value);
  if (value.length === nCustomers) return Float64Array.from(value);
  throw new ChurnError(
    'invalid-data',
    `${name}: expected ${nCustomers} numbers, one per customer, got ${value.length}`,
  );
}
