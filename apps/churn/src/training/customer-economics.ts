import { ChurnError, isList, type Table } from '@churn/core';
import { quoted, type Records } from '@churn/io';
import type { CampaignEconomics } from '@churn/selection';
import type { EconomicsConfig } from '../config/economics.js';
import { namedColumns } from './named-columns.js';

/** The valid range of a column. */
const RANGES = {
  value: [-Infinity, Infinity],
  contact: [0, Infinity],
  offer: [0, Infinity],
  acceptance: [0, 1],
} as const;

/**
 * The economics of the customers of a table: with a number per customer for named columns.
 *
 * @param table the table with all columns of the file.
 * @param path the path of the economics, for messages.
 * @throws `column-name` if a column does not exist; `invalid-data`, naming the line, if a customer has no valid number.
 */
export function customerEconomics(
  economics: EconomicsConfig,
  table: Table,
  records: Pick<Records, 'source' | 'lines'>,
  path: string,
): CampaignEconomics {
  const read = (name: keyof typeof RANGES) => {
    const given = economics[name];
    if (typeof given !== 'string') return given;
    return numbersOf(given, table, records, { path: `${path}${name}`, range: RANGES[name] });
  };
  return {
    value: read('value') as number,
    contact: read('contact') as number,
    offer: read('offer') as number,
    acceptance: read('acceptance'),
  };
}

/** The economics of some of the customers. */
export function takeCustomers(economics: CampaignEconomics, rows: Int32Array): CampaignEconomics {
  const take = <V>(given: V | ArrayLike<number>): V | Float64Array =>
    isList(given) ? Float64Array.from(rows, (row) => given[row]) : given;
  const { value, contact, offer, acceptance } = economics;
  return { value: take(value), contact: take(contact), offer: take(offer), acceptance: take(acceptance) };
}

function numbersOf(
  name: string,
  table: Table,
  { source, lines }: Pick<Records, 'source' | 'lines'>,
  { path, range: [from, to] }: { readonly path: string; readonly range: readonly [number, number] },
): Float64Array {
  const column = namedColumns(table, [name], { setting: path, file: source }).column(name);
  if (column.kind !== 'numeric') {
    throw new ChurnError(
      'invalid-data',
      `${path}: ${source}: expected a numeric column, got ${quoted(name)}, which has ${column.kind === 'category' ? 'categories' : 'dates'}`,
    );
  }
  const row = column.values.findIndex((value) => !(value >= from && value <= to && Number.isFinite(value)));
  if (row < 0) return column.values;
  const value = column.values[row];
  const least = from === -Infinity ? '' : to === Infinity ? ' of at least 0' : ` from ${from} to ${to}`;
  throw new ChurnError(
    'invalid-data',
    `${source}, line ${lines[row]}, column ${quoted(name)}: expected a number${least} for ${path} of each customer, ` +
      `got ${Number.isNaN(value) ? 'no value' : value}`,
  );
}
