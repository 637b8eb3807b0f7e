import { ChurnError } from '@churn/core';
import { quoted } from '@churn/io';
import type { DataConfig } from '../config/config.js';
import type { ReadColumn } from './learned-columns.js';

/**
 * Rejects texts in a target column; in a feature they would be read as missing.
 * @param what the role of the column, for the message.
 * @param unlabelled what happens to rows without a target, for the advice.
 * @throws `invalid-target`, naming the first of them.
 */
export function refuseTexts(
  columns: readonly ReadColumn[],
  name: string,
  what: string,
  source: string,
  unlabelled: DataConfig['unlabelled'],
): void {
  const { odd = [] } = columns.find(({ column }) => column.name === name) ?? {};
  if (odd.length === 0) return;
  const first = odd.reduce((least, each) => (each.line < least.line ? each : least));
  const count = odd.reduce((sum, each) => sum + each.count, 0);
  const more = count > 1 ? `; ${count} such rows in total` : '';
  const advice =
    unlabelled === 'drop'
      ? 'correct the value, or leave it empty to have the row dropped'
      : 'correct the value, or leave it empty and set data.unlabelled: drop to have the row dropped';
  throw new ChurnError(
    'invalid-target',
    `${source}, line ${first.line}: expected a finite number in the ${what} "${name}", got ${quoted(first.text)}${more}; ${advice}`,
  );
}
