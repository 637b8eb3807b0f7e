import { Random } from '@churn/core';
import { allocate } from './allocate.js';
import type { CustomerTable } from './customer-table.js';
import { header } from './header.js';
import { roundTo } from './quantile.js';
import { drawSegment } from './segment.js';
import { summary } from './summary.js';

/** How many customers to make, and the seed to make them from. */
export interface GenerateOptions {
  /** From 1 up. The class and segment shares are kept as exactly as whole rows allow. */
  readonly rows: number;
  /** The same seed and rows give the same customers everywhere. */
  readonly seed: number;
}

/** Client numbers start here, above those of the real file. */
const FIRST_CLIENT = 900_000_000;

/** Client numbers are spread this far apart on average. */
const CLIENT_GAP = 90;

/**
 * Makes customers of the schema of the Credit Card Customers file, from aggregate figures of that file.
 *
 * Each class is a mixture of segments, and each segment a Gaussian copula over the segment's own quantiles and shares (Nelsen, "An
 * Introduction to Copulas", 2006). The open credit and the utilisation follow from the limit and the balance.
 *
 * ```ts
 * const { columns } = generateCustomers({ rows: 10_127, seed: 42 });
 * ```
 *
 * @throws {RangeError} unless `rows` is an integer of at least 1 up.
 */
export function generateCustomers({ rows, seed }: GenerateOptions): CustomerTable {
  if (!Number.isInteger(rows) || rows < 1) {
    throw new RangeError(`rows: expected an integer of at least 1 up, got ${rows}`);
  }
  const random = new Random(seed);
  const order = random.stream('order').permutation(rows);
  const numeric = new Map<string, Float64Array>();
  const category = new Map<string, string[]>();
  const numbers = (name: string) => held(numeric, name, () => new Float64Array(rows));
  const texts = (name: string) => held(category, name, () => new Array<string>(rows).fill(''));

  let done = 0;
  const classRows = allocate(rows, rowsOf(summary.classes));
  summary.classes.forEach(({ label, segments }, c) => {
    const segmentRows = allocate(classRows[c], rowsOf(segments));
    segments.forEach((segment, s) => {
      const drawn = drawSegment(summary, segment, segmentRows[s], random.stream(label).stream(s));
      const places = order.subarray(done, done + segmentRows[s]);
      for (const [name, values] of drawn.numeric) place(values, places, numbers(name));
      for (const [name, values] of drawn.category) place(values, places, texts(name));
      place(new Array<string>(places.length).fill(label), places, texts('Attrition_Flag'));
      done += places.length;
    });
  });

  const limit = numbers('Credit_Limit');
  const balance = numbers('Total_Revolving_Bal');
  const open = limit.map((value, row) => roundTo(value - balance[row], 1));
  const used = limit.map((value, row) => roundTo(balance[row] / value, 3));
  const index = Float64Array.from({ length: rows }, (_, row) => row);
  numeric.set('', index).set('Avg_Open_To_Buy', open).set('Avg_Utilization_Ratio', used);
  numeric.set('CLIENTNUM', clientNumbers(rows, random.stream('client')));
  return {
    rows,
    columns: header.map((name) => ({ name, values: category.get(name) ?? numeric.get(name)! })),
  };
}

function rowsOf(parts: readonly { readonly rows: number }[]): number[] {
  return parts.map((part) => part.rows);
}

/** Different numbers in a random order. */
function clientNumbers(rows: number, random: Random): Float64Array {
  return Float64Array.from(
    random.permutation(rows),
    (i) => FIRST_CLIENT + CLIENT_GAP * i + random.int(CLIENT_GAP),
  );
}

/** Writes each value to its place. */
function place<T>(values: ArrayLike<T>, places: Int32Array, into: { [row: number]: T }): void {
  for (let i = 0; i < places.length; i++) into[places[i]] = values[i];
}

/** The value held for `key`, made the first time it is asked for. */
function held<V>(map: Map<string, V>, key: string, make: () => V): V {
  const value = map.get(key) ?? make();
  map.set(key, value);
  return value;
}
