import {
  ChurnError,
  isPlainObject,
  type LabelsLike,
  numberParameter,
  readOptions,
  required,
  requireParameter,
  withDefault,
} from '@churn/core';
import { positiveParameters } from './metrics/positive-class.js';
import { type RankedRows, type RankingOptions, rankedRows } from './metrics/ranked-rows.js';
import { thresholdCounts } from './metrics/threshold-counts.js';
import { NOBODY } from './nobody.js';
import { type CampaignEconomics, campaignOutcomes, readEconomics } from './profit/economics.js';
import { expectedProfits, profitSums } from './profit/profit-sums.js';

/** The cost of each kind of outcome; a gain is a negative cost. Those of correct predictions default to 0. */
export interface DecisionCosts {
  readonly falsePositive: number;
  readonly falseNegative: number;
  readonly truePositive?: number;
  readonly trueNegative?: number;
}

/**
 * The rule by which a threshold is chosen: the best F1 score, or Youden's J (true minus false positive rate); the lowest cost; the
 * highest profit of a campaign, whose customers may differ; the highest recall at a minimum precision, or vice versa; or at most as many
 * positives as the capacity.
 */
export type ThresholdRule =
  | { readonly maximise: 'f1' | 'youden' }
  | { readonly costs: DecisionCosts }
  | { readonly profit: CampaignEconomics }
  | { readonly minPrecision: number }
  | { readonly minRecall: number }
  | { readonly capacity: number };

/** A threshold, and its effect on the rows that it was chosen on. */
export interface TunedThreshold {
  /** Rows of at least this probability are predicted positive. Above 1 if it is best to predict none. */
  readonly threshold: number;
  /** The number of rows predicted positive, or their total weight. */
  readonly positives: number;
  /** `NaN` if no row is predicted positive. */
  readonly precision: number;
  readonly recall: number;
  readonly f1: number;
  /** The total cost, if the rule has costs. */
  readonly cost?: number;
  /** The total profit, if the rule is about profit. */
  readonly profit?: number;
}

/** What a threshold calls positive, rightly and wrongly, as total weights. */
export interface CalledCounts {
  readonly hits: number;
  readonly alarms: number;
}

/** A threshold, and what it calls positive. */
export interface ThresholdChoice extends CalledCounts {
  /** Its place among the thresholds, after one for nobody. */
  readonly place: number;
  readonly threshold: number;
}

/**
 * Chooses the decision threshold of a two-class model. Use probabilities of rows that the model was not fitted on, such as those of
 * `crossValPredict`: on training rows, any threshold looks good. Of equally good thresholds, the highest is chosen.
 *
 * @param probabilities of the positive class, one number per row.
 * @throws `invalid-parameter` if the rule cannot be met or read; `invalid-target` unless there are rows of two classes, one of them known
 * to be positive; `invalid-data` if a probability is not a number.
 */
export function tuneThreshold(
  yTrue: LabelsLike,
  probabilities: ArrayLike<number>,
  rule: ThresholdRule,
  options?: RankingOptions,
): TunedThreshold {
  requireRule(rule);
  const ranking = readOptions(positiveParameters, options);
  const rows = rankedRows(yTrue, probabilities, ranking);
  const choices = thresholdChoices(rows);
  const all = choices[choices.length - 1];
  const read = 'profit' in rule ? profitRule(rule.profit, rows) : countRule(rule, all.hits, all.alarms);
  const best = bestChoice(choices, read);
  if (!best) throw unmetRule(rule);
  return {
    ...calledFigures(best, all.hits),
    threshold: best.threshold,
    ...('costs' in rule && { cost: -read.value(best) }),
    ...('profit' in rule && { profit: read.value(best) }),
  };
}

/** All thresholds of some rows, from the one that calls nobody to the one that calls everybody. */
export function thresholdChoices(rows: RankedRows): ThresholdChoice[] {
  const { thresholds, truePositives, falsePositives } = thresholdCounts(rows);
  const choices: ThresholdChoice[] = [{ place: 0, threshold: NOBODY, hits: 0, alarms: 0 }];
  thresholds.forEach((threshold, i) => {
    choices.push({ place: i + 1, threshold, hits: truePositives[i], alarms: falsePositives[i] });
  });
  return choices;
}

/** The choice that a rule likes best, the first of equals; `undefined` if it allows none. */
export function bestChoice(
  choices: readonly ThresholdChoice[],
  { isAllowed, value }: ReadRule<ThresholdChoice>,
): ThresholdChoice | undefined {
  let best: ThresholdChoice | undefined;
  for (const each of choices) {
    if (isAllowed(each) && (!best || value(each) > value(best))) best = each;
  }
  return best;
}

/** @param where of which threshold, in words; default the only one. */
export function unmetRule(rule: ThresholdRule, where = ''): ChurnError {
  return new ChurnError('invalid-parameter', `threshold${where}: no threshold meets ${JSON.stringify(rule)}`);
}

/** What is told of the rows that are called positive. @param positives the total weight of those that are. */
export function calledFigures(counts: CalledCounts, positives: number): Omit<TunedThreshold, 'threshold'> {
  const { hits, alarms } = counts;
  return {
    positives: hits + alarms,
    precision: hits / (hits + alarms),
    recall: hits / positives,
    f1: f1(counts, positives),
  };
}

const RULES = ['maximise', 'costs', 'profit', 'minPrecision', 'minRecall', 'capacity'];

/** @throws `invalid-parameter` for an invalid rule. */
export function requireRule(rule: unknown): asserts rule is ThresholdRule {
  const names = isPlainObject(rule) ? Object.keys(rule) : [];
  const expected = `an object with one of ${RULES.join(', ')}`;
  requireParameter(names.length === 1 && RULES.includes(names[0]), 'rule', expected, rule);
}

const costParameters = {
  falsePositive: required(numberParameter()),
  falseNegative: required(numberParameter()),
  truePositive: withDefault(numberParameter(), 0),
  trueNegative: withDefault(numberParameter(), 0),
};

/** Which thresholds a rule allows, and what it likes them for. */
export interface ReadRule<C extends CalledCounts> {
  isAllowed(counts: C): boolean;
  value(counts: C): number;
}

function profitRule(profit: CampaignEconomics, rows: RankedRows): ReadRule<ThresholdChoice> {
  const economics = campaignOutcomes(readEconomics(profit, rows.codes.length));
  const profits = expectedProfits(profitSums(rows, economics), economics);
  return { isAllowed: () => true, value: ({ place }) => profits[place] };
}

/**
 * A rule by what is called alone, of this many rows of each class.
 * @throws `invalid-parameter` if it cannot be read.
 */
export function countRule(
  rule: Exclude<ThresholdRule, { readonly profit: CampaignEconomics }>,
  positives: number,
  negatives: number,
): ReadRule<CalledCounts> {
  const always = () => true;
  if ('maximise' in rule) {
    const { maximise } = rule;
    requireParameter(['f1', 'youden'].includes(maximise), 'maximise', "'f1' or 'youden'", maximise);
    if (maximise === 'f1') return { isAllowed: always, value: (counts) => f1(counts, positives) };
    // Youden's J times a constant, so that rounding does not part what is equal.
    return { isAllowed: always, value: ({ hits, alarms }) => hits * negatives - alarms * positives };
  }
  if ('costs' in rule) {
    const costs = readOptions(costParameters, rule.costs);
    const { falsePositive, falseNegative, truePositive, trueNegative } = costs;
    const cost = ({ hits, alarms }: CalledCounts) =>
      alarms * falsePositive +
      (positives - hits) * falseNegative +
      hits * truePositive +
      (negatives - alarms) * trueNegative;
    return { isAllowed: always, value: (counts) => -cost(counts) };
  }
  if ('minPrecision' in rule) {
    const { minPrecision } = rule;
    requireShare('minPrecision', minPrecision);
    return {
      isAllowed: ({ hits, alarms }) => hits + alarms > 0 && hits / (hits + alarms) >= minPrecision,
      value: ({ hits }) => hits,
    };
  }
  if ('minRecall' in rule) {
    const { minRecall } = rule;
    requireShare('minRecall', minRecall);
    return {
      isAllowed: ({ hits, alarms }) => hits + alarms > 0 && hits / positives >= minRecall,
      value: ({ hits, alarms }) => hits / (hits + alarms),
    };
  }
  const { capacity } = rule;
  requireParameter(
    Number.isFinite(capacity) && capacity >= 0,
    'capacity',
    'a number of at least 0',
    capacity,
  );
  return {
    isAllowed: ({ hits, alarms }) => hits + alarms <= capacity,
    value: ({ hits, alarms }) => hits + alarms,
  };
}

function requireShare(name: string, value: number): void {
  requireParameter(value >= 0 && value <= 1, name, 'a number from 0 to 1', value);
}

function f1({ hits, alarms }: CalledCounts, positives: number): number {
  return (2 * hits) / (hits + alarms + positives);
}
