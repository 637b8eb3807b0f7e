import { percent } from '@churn/eda';
import { clipped } from '@churn/io';
import type { ReadColumn } from '../training/learned-columns.js';
import { tableOf } from './text-table.js';

/** The maximum number of columns shown. */
const SHOWN = 60;
const WIDEST = { name: 32, example: 24, reason: 72 };

/** The columns of a file as a text table: kind, use and reason. For wide files, only the first ones; on a narrow terminal, fewer details. */
export function columnTable(columns: readonly ReadColumn[]): string {
  const shown = tableOf(
    ['column', 'kind', 'missing', 'distinct', 'example', '', 'why'],
    columns
      .slice(0, SHOWN)
      .map(({ column, missing, rows, distinct, examples, use, reason }) => [
        clipped(column.name, WIDEST.name),
        column.kind,
        missing === 0 ? '' : percent(missing / rows),
        distinct.toLocaleString('en'),
        clipped(examples[0] ?? '', WIDEST.example),
        use,
        clipped(reason, WIDEST.reason),
      ]),
    ['left', 'left', 'right', 'right', 'left', 'left', 'left'],
    ['example', 'distinct'],
  );
  const more = columns.length - SHOWN;
  return more > 0 ? `${shown}\nand ${more} more columns; use --json for all` : shown;
}
