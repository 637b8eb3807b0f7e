import type { ChartSpec } from './figure.js';

/** The data of a figure as a table, for saving. */
export interface ChartData {
  readonly head: readonly string[];
  readonly rows: readonly (readonly (string | number)[])[];
}

/** What a figure keeps for drawing, and says to nobody. */
const UNSAID = new Set(['order', 'label']);
const DIGITS = 6;

/**
 * The data of a figure: the largest of several sets, such as curves and a reference line. Numbers have six significant digits; lists,
 * which are lines of text in the figure, are omitted, and so are columns that only affect drawing.
 */
export function chartData(chart: ChartSpec): ChartData {
  const sets = dataSets(chart);
  const largest = sets.reduce((most, each) => (each.length > most.length ? each : most), sets[0] ?? []);
  const names = [...new Set(largest.flatMap((row) => Object.keys(row)))];
  const said = names.filter((name) => !UNSAID.has(name) && largest.some((row) => isCell(row[name])));
  // A label is all that tells some curves apart.
  const head = names.includes('label') && !names.includes('name') ? [...labels(largest), ...said] : said;
  return {
    head,
    rows: largest.map((row) =>
      head.map((name) => {
        const value = row[name];
        if (typeof value === 'number' && Number.isFinite(value))
          return Number.isInteger(value) ? value : Number(value.toPrecision(DIGITS));
        return isCell(value) ? String(value) : '';
      }),
    ),
  };
}

type Row = Readonly<Record<string, unknown>>;

function labels(rows: readonly Row[]): string[] {
  return rows.some(({ label }) => isCell(label)) ? ['label'] : [];
}

function isCell(value: unknown): value is string | number | boolean {
  return typeof value === 'string' || typeof value === 'boolean' || Number.isFinite(value);
}

/** All sets of rows in a specification, wherever its parts have them. */
function dataSets(part: unknown): Row[][] {
  if (typeof part !== 'object' || part === null) return [];
  return Object.entries(part).flatMap(([key, value]) => {
    if (key === 'data' && Array.isArray(value?.values)) return [rowsOf(value.values)];
    return dataSets(value);
  });
}

/** A set may be a list of numbers. */
function rowsOf(values: readonly unknown[]): Row[] {
  return values.map((each) => (typeof each === 'object' && each !== null ? (each as Row) : { value: each }));
}
