import { percent } from '@churn/eda';
import { quoted } from '@churn/io';
import type { ReadColumn } from '../training/learned-columns.js';
import { countedList } from './counted-list.js';

/** So many columns are shown; the JSON of a report has all. */
export const MOST_READ_COLUMNS = 200;
/** Of the texts of a column that were read as missing, so many are shown. */
const SHOWN_TEXTS = 5;

export const READ_COLUMN_HEAD = [
  'column',
  'kind',
  'missing',
  'distinct',
  'examples',
  'use',
  'why',
  'invalid texts',
];

/** How a column was read, as a row of a table. */
export function readColumnCells({
  column,
  rows,
  missing,
  distinct,
  examples,
  use,
  reason,
  odd,
  missingTexts,
}: ReadColumn): string[] {
  const texts = [...odd, ...missingTexts].map(
    ({ text, count, line }) => `${quoted(text)} (${count}, from line ${line})`,
  );
  return [
    column.name,
    column.kind,
    missing === 0 ? '' : percent(missing / rows),
    distinct.toLocaleString('en'),
    examples.join(', '),
    use,
    reason,
    countedList(texts, SHOWN_TEXTS),
  ];
}
