import {
  type Labels,
  type LabelsLike,
  mean,
  type OptionsOf,
  oneOf,
  readOptions,
  type SettingsOf,
  withDefault,
} from '@churn/core';
import { falsePositiveRate } from '../metrics/false-positive-rate.js';
import { positiveParameters } from '../metrics/positive-class.js';
import { recall } from '../metrics/precision-recall-f1.js';
import { selectionRate } from '../metrics/selection-rate.js';
import { comparedRows } from './compared-groups.js';
import { GAP_METHODS, type GroupGap, groupGap } from './disparity.js';
import { type Rate, rateShare } from './rate-shares.js';
import { type GroupsLike, groupParameters, requireGroups } from './row-groups.js';

const parameters = {
  ...positiveParameters,
  ...groupParameters,
  /** Whether the groups are compared with each other (`'betweenGroups'`, the default), or each with all rows (`'toOverall'`). */
  method: withDefault(oneOf(GAP_METHODS), 'betweenGroups'),
};

/** How groups are compared. */
export type GroupParityOptions = OptionsOf<typeof parameters>;

const oddsParameters = {
  ...parameters,
  /** Whether the worse of the two rates counts (`'worstCase'`, the default), or their mean (`'mean'`). */
  aggregate: withDefault(oneOf(['worstCase', 'mean']), 'worstCase'),
};

export type EqualisedOddsOptions = OptionsOf<typeof oddsParameters>;

/**
 * Demographic parity: whether the groups are predicted positive equally often, regardless of their true class (Dwork et al., "Fairness
 * through awareness", 2012; fairlearn's `demographic_parity_difference` and `_ratio`).
 *
 * @param groups the column to group by, or one value per row.
 * @throws as `selectionRate` and `rowGroups`.
 */
export function demographicParity(
  yTrue: LabelsLike,
  yPredicted: LabelsLike,
  groups: GroupsLike,
  options?: GroupParityOptions,
): GroupGap {
  return rateGap(selectionRate, yTrue, yPredicted, groups, readOptions(parameters, options));
}

/**
 * Equal opportunity: whether the groups have the same recall (Hardt, Price and Srebro, "Equality of opportunity in supervised learning",
 * 2016). A group without positive rows is left out.
 *
 * @throws as `demographicParity`.
 */
export function equalOpportunity(
  yTrue: LabelsLike,
  yPredicted: LabelsLike,
  groups: GroupsLike,
  options?: GroupParityOptions,
): GroupGap {
  return rateGap(recall, yTrue, yPredicted, groups, readOptions(parameters, options));
}

/**
 * Equalised odds: whether the groups have the same recall and the same false positive rate (Hardt, Price and Srebro, 2016; fairlearn's
 * `equalized_odds_difference` and `_ratio`). For either rate, a group without rows of its class is left out; in fairlearn it has the
 * rate 0.
 *
 * @throws as `demographicParity`.
 */
export function equalisedOdds(
  yTrue: LabelsLike,
  yPredicted: LabelsLike,
  groups: GroupsLike,
  options?: EqualisedOddsOptions,
): GroupGap {
  const { aggregate, ...settings } = readOptions(oddsParameters, options);
  const gaps = [recall, falsePositiveRate].map((rate) => rateGap(rate, yTrue, yPredicted, groups, settings));
  const differences = gaps.map(({ difference }) => difference);
  const ratios = gaps.map(({ ratio }) => ratio);
  if (aggregate === 'mean') return { difference: mean(differences), ratio: mean(ratios) };
  return { difference: Math.max(...differences), ratio: Math.min(...ratios) };
}

function rateGap(
  rate: Rate,
  yTrue: LabelsLike,
  yPredicted: LabelsLike,
  groups: GroupsLike,
  { method, positive, sampleWeight, ...grouping }: SettingsOf<typeof parameters>,
): GroupGap {
  const { all, take } = comparedRows(yTrue, yPredicted, { sampleWeight });
  const found = requireGroups(groups, all.yTrue.length, grouping);
  const [overall, ...ofGroups] = [all, ...found.map(({ rows }) => take(rows))].map((rows) => {
    const { successes, n } = rateShare(rate)(rows.yTrue as Labels, rows.predictions as LabelsLike, {
      ...rows.options,
      positive,
    });
    return successes / n;
  });
  return groupGap(
    ofGroups.filter((value) => !Number.isNaN(value)),
    overall,
    method,
  );
}
