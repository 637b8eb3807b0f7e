import { Labels, Random, Table } from '@churn/core';

/** Extreme numbers that calculations may fail for. */
const EXTREMES = [1e308, -1e308, 5e-324, -5e-324, -0, 0, 1e200, -1e200, 1e-200, Infinity, -Infinity] as const;

/** Options of a sample table. */
export interface SampleOptions {
  readonly nRows: number;
  readonly seed: number;
  /** Whether some values are missing. Default true. */
  readonly gaps?: boolean;
  /** Whether there are extreme numbers and levels that `plainTable` does not have. Default false. */
  readonly wild?: boolean;
}

const LEVELS = [
  'red',
  'green',
  'blue',
  'a "quoted" one',
  "it's",
  'ünï\\code',
  '',
  '__proto__',
  'constructor',
];

/** A table with numbers `a`, `b`, `c`, categories `level` and `city`, and dates `on`. */
export function sampleTable({ nRows, seed, gaps = true, wild = false }: SampleOptions): Table {
  const random = new Random(seed);
  const maybe = <T>(value: T): T | null => (gaps && random.uniform() < 0.1 ? null : value);
  const odd = <T>(value: T, others: readonly T[]): T =>
    wild && random.uniform() < 0.1 ? others[random.int(others.length)] : value;
  const numbers = (draw: () => number) => Array.from({ length: nRows }, () => maybe(odd(draw(), EXTREMES)));
  const texts = (draw: () => string) =>
    Array.from({ length: nRows }, () => maybe(odd(draw(), ['never seen', 'NaN', 'toString'])));
  const dates = () =>
    Array.from({ length: nRows }, () =>
      maybe(odd(dateText(random), ['2023-02-29', 'yesterday', '2024-02-29T23:59:59Z', '0024-01-01'])),
    );
  return Table.fromColumns({
    a: numbers(() => random.normal()),
    b: numbers(() => Math.round(1000 * random.uniform() * random.uniform())),
    c: numbers(() => random.int(5)),
    level: texts(() => LEVELS[random.int(LEVELS.length)]),
    city: texts(() => `city ${random.int(4)}`),
    on: dates(),
  });
}

function dateText(random: Random): string {
  const two = (value: number) => String(value).padStart(2, '0');
  return `20${two(random.int(30))}-${two(1 + random.int(12))}-${two(1 + random.int(28))}`;
}

/** Labels that depend on the numbers and levels of a table. */
export function sampleLabels(table: Table, nClasses: number, seed: number): string[] {
  const random = new Random(`labels ${seed}`);
  return table.toRows().map((row) => {
    const score =
      (Number(row.a) || 0) +
      (Number(row.b) > 200 ? 1 : 0) +
      (row.level === 'red' ? 1 : 0) +
      random.normal() / 2;
    return `class ${Math.max(0, Math.min(nClasses - 1, Math.round(score)))}`;
  });
}

/** The labels as a target; the second of two classes is positive. */
export function sampleTarget(table: Table, nClasses: number, seed: number): Labels {
  const labels = sampleLabels(table, nClasses, seed);
  return Labels.from(labels, nClasses === 2 ? { positive: 'class 1' } : {});
}
