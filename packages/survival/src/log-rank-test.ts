import {
  ChurnError,
  type ClassLabel,
  Durations,
  type DurationsLike,
  Labels,
  type LabelsLike,
  numberParameter,
  type OptionsOf,
  oneOf,
  pow,
  readOptions,
  requireTargetPerRow,
  type SettingsOf,
  withDefault,
} from '@churn/core';
import { factorSymmetric } from '@churn/models';
import { chiSquareTail } from './chi-square.js';
import { type EventTable, eventTable } from './event-table.js';
import { productLimit } from './kaplan-meier.js';
import { sampleWeightParameter, weightsOf } from './sample-weight.js';

const parameters = {
  /** The weight of each row, a non-negative number; a row of weight 2 counts as two equal rows. Default 1 for each. */
  sampleWeight: sampleWeightParameter(),
  /**
   * The weights of event times: `'log-rank'` (default) equal weights; `'wilcoxon'` (Gehan and Breslow) by the number at risk and
   * `'tarone-ware'` by its root, both more where events come early; `'fleming-harrington'` by `S^p (1 - S)^q`, with the survival `S` of
   * all groups together just before that time.
   */
  weighting: withDefault(oneOf(['log-rank', 'wilcoxon', 'tarone-ware', 'fleming-harrington']), 'log-rank'),
  /** The power of survival, for `'fleming-harrington'`: at least 0. Default 1. */
  p: withDefault(numberParameter({ from: 0 }), 1),
  /** The power of its complement, for `'fleming-harrington'`: at least 0. Default 0. */
  q: withDefault(numberParameter({ from: 0 }), 0),
};

export type LogRankOptions = OptionsOf<typeof parameters>;

/** The observed and expected events of a group, weighted by time. */
export interface GroupEvents {
  readonly group: ClassLabel;
  readonly observed: number;
  readonly expected: number;
}

export interface LogRankResult {
  /** Chi-squared with `degreesOfFreedom`, if the groups have the same survival curve. */
  readonly statistic: number;
  /** One fewer than there are groups. */
  readonly degreesOfFreedom: number;
  /** The probability of such a statistic or a greater one if the groups have the same survival curve. */
  readonly pValue: number;
  /** In the order of the groups: numbers by size, text by code unit. */
  readonly groups: readonly GroupEvents[];
}

/**
 * Tests whether groups have one survival curve (Mantel, 1966; with weights of times Fleming and Harrington, 1991). Left-truncated rows
 * count from their entry on.
 *
 * @param by the group of each row.
 * @throws `invalid-target`, naming the row, for durations that are none; if `by` is not one group per row, there are fewer than two
 * groups, or one has no row at risk when another has an event; `invalid-data` if the weights are not one per row; `invalid-parameter`,
 * naming the option.
 */
export function logRankTest(y: DurationsLike, by: LabelsLike, options?: LogRankOptions): LogRankResult {
  const settings = readOptions(parameters, options);
  const durations = Durations.from(y);
  const { classes, codes } = groupsOf(by, durations.length);
  const weights = weightsOf(durations, settings.sampleWeight);
  const all = eventTable(durations, weights);
  const each = classes.map((_, code) =>
    eventTable(
      durations,
      weights.map((weight, row) => (codes[row] === code ? weight : 0)),
      all.times,
    ),
  );
  const { difference, covariance, groups } = compare(all, each, timeWeights(all, settings));
  const refused = groups.findIndex((_, g) => !(covariance[g * classes.length + g] > 0));
  if (refused >= 0)
    throw new ChurnError(
      'invalid-target',
      `by: expected each group to have rows at risk when others have an event, but ${JSON.stringify(classes[refused])} has none`,
    );
  // The differences add up to 0, so that the last one says nothing new.
  const k = classes.length - 1;
  const free = Float64Array.from(
    { length: k * k },
    (_, i) => covariance[Math.floor(i / k) * (k + 1) + (i % k)],
  );
  const solved = factorSymmetric(free, k)(difference.slice(0, k));
  const statistic = solved.reduce((sum, value, g) => sum + value * difference[g], 0);
  return {
    statistic,
    degreesOfFreedom: k,
    pValue: chiSquareTail(statistic, k),
    groups: groups.map((events, g) => ({ group: classes[g], ...events })),
  };
}

function groupsOf(by: LabelsLike, nRows: number): Labels {
  const groups = Labels.from(by);
  requireTargetPerRow({ nRows }, groups);
  if (groups.classes.length >= 2) return groups;
  throw new ChurnError('invalid-target', `by: expected two groups or more, got ${groups.classes.length}`);
}

/** Observed less expected events of each group, with the covariance of these differences, row by row. */
function compare(all: EventTable, each: readonly EventTable[], weights: Float64Array) {
  const k = each.length;
  const covariance = new Float64Array(k * k);
  const groups = each.map(() => ({ observed: 0, expected: 0 }));
  for (let i = 0; i < all.times.length; i++) {
    const [d, n, w] = [all.events[i], all.atRisk[i], weights[i]];
    if (d === 0) continue;
    const shares = each.map(({ atRisk }) => atRisk[i] / n);
    // That of the hypergeometric distribution.
    const spread = n > 1 ? (w * w * d * (n - d)) / (n - 1) : 0;
    for (let g = 0; g < k; g++) {
      groups[g].observed += w * each[g].events[i];
      groups[g].expected += w * d * shares[g];
      for (let h = 0; h < k; h++)
        covariance[g * k + h] += spread * shares[g] * ((g === h ? 1 : 0) - shares[h]);
    }
  }
  const difference = Float64Array.from(groups, ({ observed, expected }) => observed - expected);
  return { difference, covariance, groups };
}

function timeWeights(all: EventTable, { weighting, p, q }: SettingsOf<typeof parameters>): Float64Array {
  if (weighting === 'wilcoxon') return all.atRisk;
  if (weighting === 'tarone-ware') return all.atRisk.map(Math.sqrt);
  if (weighting === 'log-rank') return all.atRisk.map(() => 1);
  const survival = productLimit(all.atRisk, all.events);
  return survival.map((_, i) => {
    const before = i > 0 ? survival[i - 1] : 1;
    return pow(before, p) * pow(1 - before, q);
  });
}
