import {
  isPlainObject,
  type Labels,
  type LabelsLike,
  numberParameter,
  type OptionsOf,
  type Parameter,
  parameter,
  readOptions,
  required,
  withDefault,
} from '@churn/core';
import type { Scores } from '../metrics/metric.js';
import { positiveParameters } from '../metrics/positive-class.js';
import { rankedRows } from '../metrics/ranked-rows.js';
import { orderScorer, type Scorer } from '../scorer.js';
import { column, type OutcomeEconomics, type PerCustomer, perCustomer } from './economics.js';
import { maximumProfit } from './expected-maximum-profit.js';
import { type GammaContribution, gammaFactor } from './random-factor.js';

const economicsParameters = {
  /** The contribution of a converted customer: one number for all, one per lead, or a gamma distribution of an uncertain one. */
  contribution: required(contributionParameter()),
  /** The cost of contacting a lead, regardless of the outcome. Default 0. */
  contact: withDefault(perCustomer('numbers of at least 0', 0), 0),
  /** The cost of a direct sale to a converted lead. Default 0. */
  sales: withDefault(perCustomer('numbers of at least 0', 0), 0),
  /** The share of direct sales; other sales are by intermediaries. Default 1. */
  directSelling: withDefault(numberParameter({ from: 0, to: 1 }), 1),
  /** The share of the contribution that intermediaries keep. Default 0. */
  commission: withDefault(numberParameter({ from: 0, to: 1 }), 0),
};

/**
 * The economics of an acquisition campaign, in one currency. A converted lead brings
 * `directSelling * (contribution - sales) + (1 - directSelling) * (1 - commission) * contribution - contact`, and one that is not costs
 * `contact`.
 */
export type AcquisitionEconomics = OptionsOf<typeof economicsParameters>;

const parameters = { ...positiveParameters, ...economicsParameters };

/** The economics of an acquisition campaign, and the options of ranking metrics. */
export type AcquisitionOptions = OptionsOf<typeof parameters>;

/**
 * The expected maximum profit of an acquisition campaign per lead: the profit at the best threshold for each value of the contribution,
 * averaged over its distribution. For a fixed contribution, it is the maximum profit. At least 0, the profit of contacting nobody
 * (`empa_score` and `mpa_score` of empulse).
 *
 * ```ts
 * expectedMaximumProfitAcquisition(y, p, { contribution: { shape: 12, scale: 600 }, contact: 50, sales: 500 });
 * ```
 * @param yTrue whether each lead converted.
 * @param scores a score for each row, higher for leads that convert; or one array of scores per class.
 * @returns in the currency of the economics.
 * @throws as `rocCurve`, and `invalid-data` if the economics differ in length from the leads.
 */
export function expectedMaximumProfitAcquisition(
  yTrue: LabelsLike,
  scores: Scores,
  options: AcquisitionOptions,
): number {
  const { sampleWeight, positive, ...economics } = readOptions(parameters, options);
  const rows = rankedRows(yTrue, scores, { sampleWeight, positive });
  return maximumProfit(rows, acquisitionOutcomes(economics, rows.codes.length));
}

/**
 * A scorer of the expected maximum profit of an acquisition campaign; economics must be the same for all leads.
 *
 * @throws `invalid-parameter` if an option is invalid; `invalid-data` if one is a list.
 */
export function acquisitionScorer(economics: AcquisitionEconomics): Scorer<Labels> {
  // A list fits no number of leads but its own.
  for (const nLeads of [0, 1]) acquisitionOutcomes(readOptions(economicsParameters, economics), nLeads);
  return orderScorer(
    (y, scores, options) => expectedMaximumProfitAcquisition(y, scores, { ...economics, ...options }),
    { name: 'expectedMaximumProfitAcquisition' },
  );
}

function acquisitionOutcomes(
  {
    contribution,
    contact = 0,
    sales = 0,
    directSelling = 1,
    commission = 0,
  }: Omit<AcquisitionOptions, 'sampleWeight' | 'positive'>,
  nLeads: number,
): OutcomeEconomics {
  const kept = directSelling + (1 - directSelling) * (1 - commission);
  const isDrawn = isGamma(contribution);
  const contacts = column('contact', contact, nLeads);
  const sold = column('sales', sales, nLeads);
  return {
    gain: column('contribution', isDrawn ? 1 : contribution, nLeads).map((each) => kept * each),
    positiveCost: contacts.map((each, i) => each + directSelling * sold[i]),
    negativeCost: contacts,
    ...(isDrawn && { factor: gammaFactor(contribution) }),
  };
}

// @__NO_SIDE_EFFECTS__
function contributionParameter(): Parameter<PerCustomer | GammaContribution> {
  const known = perCustomer('numbers');
  return parameter(
    `${known.expected}, or { shape, scale } of a gamma distribution`,
    (value): value is PerCustomer | GammaContribution => isGamma(value) || known.accepts(value),
  );
}

function isGamma(value: unknown): value is GammaContribution {
  if (!isPlainObject(value) || Object.keys(value).length !== 2) return false;
  const isPositive = (each: unknown) => Number.isFinite(each) && (each as number) > 0;
  return isPositive(value.shape) && isPositive(value.scale);
}
