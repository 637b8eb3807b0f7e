import { Amounts, ChurnError } from '@churn/core';
import { quoted } from '@churn/io';
import type { DataConfig } from '../config/config.js';
import type { ReadColumn } from './learned-columns.js';
import type { ReadTable } from './read-table.js';
import { leftOutNote, type ReadTarget, rowsWithTarget } from './rows-with-target.js';

type TargetConfig = Pick<DataConfig, 'target' | 'unlabelled'>;

/**
 * Reads the values of a table, which has the column of the target.
 * @throws `invalid-target` where a row has a text or an infinite number, or has no value, unless rows without one are to be left out; where
 *   all values are the same.
 */
export function readValues(
  { table, records, columns }: Pick<ReadTable, 'table' | 'records' | 'columns'>,
  config: TargetConfig,
): ReadTarget<Amounts> {
  const { target } = config;
  const { source } = records;
  refuseTexts(columns, source);
  const values = table.numeric(target);
  const isPresent = Array.from(values, (value) => !Number.isNaN(value));
  const rows = rowsWithTarget(isPresent, config, records);
  const y = Amounts.from(Float64Array.from(rows, (row) => values[row]));
  refuseConstant(y, target, source);
  return { y, rows, warnings: leftOutNote(isPresent, config, records) };
}

/** As no value of a feature, a text would be read as missing. */
function refuseTexts(columns: readonly ReadColumn[], source: string): void {
  const { column, odd = [] } = columns.find(({ use }) => use === 'target') ?? {};
  if (!column || odd.length === 0) return;
  const first = odd.reduce((least, each) => (each.line < least.line ? each : least));
  const count = odd.reduce((sum, each) => sum + each.count, 0);
  const more = count > 1 ? `; ${count} such rows in all` : '';
  throw new ChurnError(
    'invalid-target',
    `${source}, line ${first.line}: expected a finite number in the target "${column.name}", got ${quoted(first.text)}${more}`,
  );
}

function refuseConstant({ values }: Amounts, target: string, source: string): void {
  if (values.some((value) => value !== values[0])) return;
  const came = values.length === 0 ? 'no rows' : `${values[0]} in all rows`;
  throw new ChurnError(
    'invalid-target',
    `${source}: expected different values in the target "${target}", got ${came}`,
  );
}
