import {
  integerParameter,
  isPlainObject,
  type LabelsLike,
  type OptionsOf,
  oneOf,
  orNull,
  readOptions,
  requireParameter,
  withDefault,
} from '@churn/core';
import { positiveParameters } from '../metrics/positive-class.js';
import { type RankedRows, rankedRows } from '../metrics/ranked-rows.js';
import {
  bestChoice,
  type CalledCounts,
  calledFigures,
  countRule,
  requireRule,
  type ThresholdChoice,
  type ThresholdRule,
  type TunedThreshold,
  thresholdChoices,
  tuneThreshold,
  unmetRule,
} from '../tune-threshold.js';
import { type GroupsLike, groupParameters, requireGroups } from './row-groups.js';

/** The rates that can be equalised between groups: the selection rate (demographic parity) or the recall (equal opportunity). */
export const PARITIES = ['demographicParity', 'equalOpportunity'] as const;
export type Parity = (typeof PARITIES)[number];

/** A rule that treats all rows alike. */
export type GroupThresholdRule = Exclude<ThresholdRule, { profit: unknown } | { capacity: unknown }>;

const parameters = {
  ...positiveParameters,
  ...groupParameters,
  /** The maximum number of categories with their own threshold, by frequency; all others are merged. Default all. */
  maxGroups: withDefault(integerParameter({ from: 1 }), Number.MAX_SAFE_INTEGER),
  /** The rate to equalise between groups; `null` (default) to apply the rule to each group separately. */
  parity: withDefault(orNull(oneOf(PARITIES)), null),
};

export type ThresholdsByGroupOptions = OptionsOf<typeof parameters>;

/** The threshold of a group, and its effect on the rows of the group. */
export interface GroupThreshold extends TunedThreshold {
  readonly group: string;
  readonly rows: number;
  /** Whether it is that of all rows: for rare categories, rows without a value, and groups without rows of both classes. */
  readonly isOverall: boolean;
}

/** Thresholds of groups of rows. */
export interface ThresholdsByGroup {
  /** The overall threshold, for unknown groups. */
  readonly overall: TunedThreshold;
  readonly groups: readonly GroupThreshold[];
}

/** The decision thresholds. */
export interface DecisionThresholds {
  /** That of rows of no group. */
  readonly overall: number;
  /** By the category. */
  readonly groups: ReadonlyMap<string, number>;
}

/**
 * The thresholds that rows of each category are decided by; those that are that of all rows need none of their own.
 * @throws `invalid-parameter` unless given what `thresholdsByGroup` gives.
 */
export function decisionThresholds(found: ThresholdsByGroup): DecisionThresholds {
  const isFound = isPlainObject(found) && isPlainObject(found.overall) && Array.isArray(found.groups);
  requireParameter(isFound, 'found', 'what thresholdsByGroup gives', found);
  const { overall, groups } = found;
  const own = groups.filter(({ isOverall }) => !isOverall);
  return {
    overall: overall.threshold,
    groups: new Map(own.map(({ group, threshold }) => [group, threshold])),
  };
}

/**
 * Chooses a decision threshold for each group of rows: by the rule within each group, or such that all groups have the same recall or
 * selection rate and the rule is optimal over all rows (Hardt, Price and Srebro, "Equality of opportunity in supervised learning", 2016;
 * fairlearn's `ThresholdOptimizer`). There is no randomisation between two thresholds: each group uses the threshold with the nearest
 * rate, so rates may differ by one row, or by rows with equal probability.
 *
 * ```ts
 * thresholdsByGroup(y, outOfFold, customers.column('Gender'), { maximise: 'f1' }, { parity: 'equalOpportunity' });
 * ```
 *
 * @param probabilities of the positive class, one number per row, of rows that the model was not fitted on.
 * @param groups the column to group by, or one value per row.
 * @throws as `tuneThreshold` and `rowGroups`; `invalid-parameter` for a rule of profit or capacity, which applies to all rows together, and
 * if no threshold of a group meets the rule.
 */
export function thresholdsByGroup(
  yTrue: LabelsLike,
  probabilities: ArrayLike<number>,
  groups: GroupsLike,
  rule: GroupThresholdRule,
  options?: ThresholdsByGroupOptions,
): ThresholdsByGroup {
  requireGroupRule(rule);
  const { parity, positive, sampleWeight, ...grouping } = readOptions(parameters, options);
  const overall = tuneThreshold(yTrue, probabilities, rule, { positive, sampleWeight });
  const all = rankedRows(yTrue, probabilities, { positive, sampleWeight });
  const found = requireGroups(groups, all.codes.length, grouping).map(({ group, rows, isRest }) => ({
    ...{ group, rows: rows.length, isKnown: !isRest && rows.length >= grouping.minRows },
    choices: thresholdChoices(taken(all, rows)),
  }));
  const tellable = found.filter(({ choices, isKnown }) => isKnown && hasBothClasses(choices));
  const chosen = parity
    ? alike(
        tellable.map(({ choices }) => choices),
        rule,
        RATES[parity],
      )
    : tellable.map(({ group, choices }) => best(choices, rule, group));
  return {
    overall,
    groups: found.map(({ group, rows, choices }) => {
      const place = tellable.findIndex((each) => each.choices === choices);
      const { threshold, ...counts } = place < 0 ? atThreshold(choices, overall.threshold) : chosen[place];
      return {
        ...{ group, rows, threshold },
        ...calledFigures(counts, choices[choices.length - 1].hits),
        isOverall: place < 0,
      };
    }),
  };
}

/** @throws `invalid-parameter` for what is no rule, or one of profit or capacity. */
export function requireGroupRule(rule: unknown): asserts rule is GroupThresholdRule {
  requireRule(rule);
  const isOfEach = !('profit' in rule) && !('capacity' in rule);
  requireParameter(isOfEach, 'rule', 'one of maximise, costs, minPrecision, minRecall', rule);
}

type Rate = (choice: CalledCounts, last: CalledCounts) => number;

/** Of what is called at a threshold, and of what there is. */
const RATES: Readonly<Record<Parity, Rate>> = {
  demographicParity: (called, all) => (called.hits + called.alarms) / (all.hits + all.alarms),
  equalOpportunity: (called, all) => called.hits / all.hits,
};

/** The rates that are tried, in parts of 1. */
const STEPS = 1000;

function taken({ codes, positive, scores, weights }: RankedRows, rows: Int32Array): RankedRows {
  return {
    codes: Int32Array.from(rows, (row) => codes[row]),
    positive,
    scores: Float64Array.from(rows, (row) => scores[row]),
    ...(weights && { weights: Float64Array.from(rows, (row) => weights[row]) }),
  };
}

function hasBothClasses(choices: readonly ThresholdChoice[]): boolean {
  const { hits, alarms } = choices[choices.length - 1];
  return hits > 0 && alarms > 0;
}

function best(choices: readonly ThresholdChoice[], rule: GroupThresholdRule, group: string): ThresholdChoice {
  const { hits, alarms } = choices[choices.length - 1];
  const found = bestChoice(choices, countRule(rule, hits, alarms));
  if (!found) throw unmetRule(rule, ` of group ${JSON.stringify(group)}`);
  return found;
}

/** The choices of the groups whose rate is nearest to the one that the rule likes best for all of them together. */
function alike(
  groups: readonly (readonly ThresholdChoice[])[],
  rule: GroupThresholdRule,
  rate: Rate,
): readonly ThresholdChoice[] {
  const all = total(groups.map((choices) => choices[choices.length - 1]));
  const { isAllowed, value } = countRule(rule, all.hits, all.alarms);
  const places = groups.map(() => 0);
  let found: readonly ThresholdChoice[] | undefined;
  let most = -Infinity;
  for (let step = 0; step <= STEPS; step++) {
    const chosen = groups.map((choices, g) => {
      const off = (place: number) =>
        Math.abs(rate(choices[place], choices[choices.length - 1]) - step / STEPS);
      while (places[g] + 1 < choices.length && off(places[g] + 1) <= off(places[g])) places[g]++;
      return choices[firstOfRate(choices, places[g], rate)];
    });
    const counts = total(chosen);
    if (!isAllowed(counts) || value(counts) <= most) continue;
    most = value(counts);
    found = chosen;
  }
  if (!found) throw unmetRule(rule, 's of the groups');
  return found;
}

/** Of thresholds of one rate, that which calls the fewest. */
function firstOfRate(choices: readonly ThresholdChoice[], place: number, rate: Rate): number {
  const last = choices[choices.length - 1];
  let first = place;
  while (first > 0 && rate(choices[first - 1], last) === rate(choices[place], last)) first--;
  return first;
}

function total(counts: readonly CalledCounts[]): CalledCounts {
  return counts.reduce((sum, { hits, alarms }) => ({ hits: sum.hits + hits, alarms: sum.alarms + alarms }), {
    hits: 0,
    alarms: 0,
  });
}

/** What is called from a threshold on that need not be one of the choices. */
function atThreshold(choices: readonly ThresholdChoice[], threshold: number): ThresholdChoice {
  const called = choices.filter((each) => each.threshold >= threshold);
  return { ...(called[called.length - 1] ?? choices[0]), threshold };
}
