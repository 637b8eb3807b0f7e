import { percent } from '@churn/eda';
import { type Config, dataName } from '../config/config.js';
import { classCounts } from '../training/class-counts.js';
import type { Dataset } from '../training/data.js';
import type { Split } from '../training/split.js';

/** How many classes are told of. */
const TOLD_CLASSES = 5;

/** The data and its split, in one line. */
export function describeSplit(
  { labels, features, duplicates }: Dataset,
  { train, test }: Split,
  { data }: Pick<Config, 'data'>,
): string {
  const shares = classCounts(labels).map(({ label, rows }) => `${percent(rows / labels.length)} "${label}"`);
  const without = duplicates > 0 ? ` (duplicates left out: ${duplicates})` : '';
  const told = `${shares.slice(0, TOLD_CLASSES).join(', ')}${shares.length > TOLD_CLASSES ? ', …' : ''}`;
  return (
    `${dataName(data)}: ${labels.length} rows${without}, ${features.names.length} columns to learn from, ` +
    `${told}; ${train.y.length} rows for training, ${test.y.length} for the test`
  );
}
