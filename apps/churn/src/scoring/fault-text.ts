import type { RowFault } from '@churn/core';
import { quoted } from '@churn/io';

/** The reason why a row cannot be scored, in one line. */
export function faultText({ column, detail }: Pick<RowFault, 'column' | 'detail'>): string {
  return column === undefined ? detail : `column ${quoted(column)}: ${detail}`;
}
