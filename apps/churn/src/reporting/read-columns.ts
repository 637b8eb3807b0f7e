import { percent } from '@churn/eda';
import { quoted } from '@churn/io';
import type { ReadColumn } from '../training/learned-columns.js';
import { countedList } from './counted-list.js';

/** The maximum number of columns shown; the JSON of a report has all. */
export const MAX_READ_COLUMNS = 200;
/** The maximum number of texts read as missing that are shown per column. */
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

/** The table row of a column. */
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
