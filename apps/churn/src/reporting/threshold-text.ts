import { visibleText } from '@churn/core';
import type { TunedThreshold } from '@churn/selection';
import type { GroupThresholds } from '../training/decide.js';

/** The thresholds of a model. */
interface Thresholds {
  readonly threshold: TunedThreshold | null;
  readonly groupThresholds?: GroupThresholds | undefined;
}

/** The threshold of a model; for thresholds by group, their range. `undefined` if the more likely class is predicted. */
export function thresholdRange({ threshold, groupThresholds }: Thresholds): string | undefined {
  if (!threshold) return undefined;
  const all = (groupThresholds?.groups ?? [threshold]).map((each) => each.threshold);
  const [least, most] = [Math.min(...all), Math.max(...all)].map((each) => each.toFixed(3));
  return least === most ? least : `${least} to ${most}`;
}

/** Describes thresholds by group. */
export function groupThresholdText({ by, overall }: GroupThresholds): string {
  return (
    `Each group of “${visibleText(by)}” has its own threshold. Rows with missing, rare or unseen categories use ${overall.threshold.toFixed(3)}, ` +
    'the threshold for all rows.'
  );
}

/** The table of thresholds by group, with their metrics on the training rows. */
export function groupThresholdTable({ by, groups, overall }: GroupThresholds) {
  const three = (value: number) => (Number.isNaN(value) ? '-' : value.toFixed(3));
  const line = (name: string, { threshold, positives, precision, recall, f1 }: TunedThreshold, rows = '') => [
    visibleText(name),
    rows,
    three(threshold),
    positives.toLocaleString('en'),
    ...[precision, recall, f1].map(three),
  ];
  return {
    caption: `Thresholds by ${visibleText(by)}, with their metrics on out-of-fold probabilities of the training rows`,
    head: [visibleText(by), 'rows', 'threshold', 'selected', 'precision', 'recall', 'F1'],
    rows: [
      ...groups.map((each) =>
        line(`${each.group}${each.isOverall ? ', as all rows' : ''}`, each, each.rows.toLocaleString('en')),
      ),
      line('one threshold for all rows', overall),
    ],
  };
}

/** Describes the thresholds by group of a loaded model, in a sentence. @param positive the positive class. */
export function decidingText(
  positive: string,
  {
    by,
    thresholds,
  }: {
    readonly by: string;
    readonly thresholds: { readonly overall: number; readonly groups: ReadonlyMap<string, number> };
  },
): string {
  const own = Array.from(
    thresholds.groups,
    ([group, each]) => `“${visibleText(group)}” from ${each.toFixed(4)}`,
  );
  return `“${positive}” is predicted by thresholds per group of “${visibleText(by)}”: ${own.join(', ')}${own.length > 0 ? ', others' : 'all'} from ${thresholds.overall.toFixed(4)}.`;
}
