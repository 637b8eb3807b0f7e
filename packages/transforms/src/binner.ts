import {
  type CategoryColumn,
  ChurnError,
  type Column,
  integerParameter,
  isNumber,
  numericColumn,
  type OptionsOf,
  oneOf,
  positionOf,
  withDefault,
} from '@churn/core';
import { type BinStrategy, binCenter, binEdges, binLabels, binOf } from './bin-edges.js';
import { columnNames } from './chosen-columns.js';
import { learnNumeric, mapNumbers } from './numeric-columns.js';
import {
  type FittedBy,
  type InvertibleTransformation,
  type Transformation,
  transformer,
} from './transformer.js';

/** How a bin is encoded: as its index from 0, or as a level with its name. */
export type BinEncoding = 'ordinal' | 'label';

const ENCODINGS: readonly BinEncoding[] = ['ordinal', 'label'];

/** More bins than this cannot be filled by any number of rows, and their edges exhaust memory. */
const MAX_BINS = 100_000;

const parameters = {
  /** The columns to bin; default all numeric columns. */
  columns: columnNames(),
  /** The maximum number of bins; default 5. */
  nBins: withDefault(integerParameter({ from: 2, to: MAX_BINS }), 5),
  /** How the edges are placed; default `'quantile'`. */
  strategy: withDefault(oneOf<BinStrategy>(['uniform', 'quantile']), 'quantile'),
  /** How a bin is encoded; default `'ordinal'`. */
  encode: withDefault(oneOf(ENCODINGS), 'ordinal'),
};

export type BinnerOptions = OptionsOf<typeof parameters>;

/** The ascending edges of each column's bins, one more than bins; `null` if it had no value. */
export type BinnerState = {
  readonly edges: Readonly<Record<string, readonly number[] | null>>;
  readonly encode: BinEncoding;
};

/**
 * Bins the values of numeric columns, between edges learned from the rows at `fit`. Bins include their lower edge; values beyond the
 * edges go into the first and the last bin. Missing values stay missing.
 *
 * A bin becomes its index, 0, 1, …, or with `encode: 'label'` a level such as `[10, 20)`. A column without any value at `fit` is
 * unchanged.
 *
 * ```ts
 * new Binner({ nBins: 4, strategy: 'uniform' }).fit(train).state.edges; // { age: [26, 37.75, 49.5, 61.25, 73] }
 * ```
 */
export class Binner extends transformer({
  type: 'Binner',
  parameters,
  learn: (x, { columns, nBins, strategy, encode }): BinnerState => ({
    edges: learnNumeric(x, columns, (values) => binEdges(values, nBins, strategy)),
    encode,
  }),
  restore: (state) => ({
    edges: state.record('edges', isEdgesOrNull),
    encode: state.oneOf('encode', ENCODINGS),
  }),
  apply: ({ edges, encode }): InvertibleTransformation => ({
    ...(encode === 'ordinal' ? toPlaces(edges) : toLabels(edges)),
    inverseTransform: (x) =>
      x.with(
        Object.entries(edges).map(([name, ofColumn]): [string, Column] => {
          if (ofColumn === null) return [name, x.column(name)];
          const bins = encode === 'label' ? binsOfLabels(x.category(name), ofColumn, name) : x.numeric(name);
          return [name, numericColumn(centers(bins, ofColumn, name))];
        }),
      ),
  }),
  describe({ edges }) {
    const columns = Object.entries(edges).map(
      ([name, each]) => `${name} (${each === null ? 'no values' : `${each.length - 1} bins`})`,
    );
    return columns.join(', ') || 'no columns';
  },
}) {}

/** The edges that a `Binner` has learned. */
export type FittedBinner = FittedBy<typeof Binner>;

function toPlaces(edges: BinnerState['edges']): Transformation {
  return mapNumbers(edges, (ofColumn) => ({
    one: (value) => placeOf(value, ofColumn),
    all(values) {
      const places = new Float64Array(values.length);
      for (let row = 0; row < values.length; row++) places[row] = placeOf(values[row], ofColumn);
      return places;
    },
  }));
}

function toLabels(edges: BinnerState['edges']): Transformation {
  return {
    transform: (x) =>
      x.with(
        Object.entries(edges).map(([name, ofColumn]): [string, Column] => {
          const values = x.numeric(name);
          return [name, ofColumn === null ? numericColumn(values) : labelled(values, ofColumn)];
        }),
      ),
    compileRow(schema) {
      const parts = Object.entries(edges).flatMap(([name, ofColumn]) => {
        const position = positionOf(schema, name, 'numeric');
        return ofColumn === null ? [] : [{ position, edges: ofColumn, labels: binLabels(ofColumn) }];
      });
      const binned = new Set(parts.map(({ position }) => position));
      return {
        schema: schema.map((column, position) =>
          binned.has(position) ? { name: column.name, kind: 'category' as const } : column,
        ),
        apply(row) {
          for (let i = 0; i < parts.length; i++) {
            const { position, edges: ofColumn, labels } = parts[i];
            const value = row[position] as number;
            row[position] = Number.isNaN(value) ? null : labels[binOf(value, ofColumn)];
          }
          return row;
        },
      };
    },
  };
}

function placeOf(value: number, edges: readonly number[]): number {
  return Number.isNaN(value) ? NaN : binOf(value, edges);
}

function labelled(values: Float64Array, edges: readonly number[]): CategoryColumn {
  const codes = new Int32Array(values.length);
  for (let row = 0; row < values.length; row++) {
    codes[row] = Number.isNaN(values[row]) ? -1 : binOf(values[row], edges);
  }
  return { kind: 'category', codes, levels: binLabels(edges) };
}

function binsOfLabels(
  { codes, levels }: CategoryColumn,
  edges: readonly number[],
  name: string,
): Float64Array {
  const binOfLabel = new Map(binLabels(edges).map((label, bin) => [label, bin]));
  return Float64Array.from(codes, (code, row) => {
    if (code < 0) return NaN;
    const bin = binOfLabel.get(levels[code]);
    if (bin !== undefined) return bin;
    throw new ChurnError(
      'invalid-data',
      `column "${name}", row ${row}: expected a bin, got "${levels[code]}"`,
    );
  });
}

function centers(bins: Float64Array, edges: readonly number[], name: string): Float64Array {
  const nBins = edges.length - 1;
  return bins.map((bin, row) => {
    if (Number.isNaN(bin)) return NaN;
    if (Number.isInteger(bin) && bin >= 0 && bin < nBins) return binCenter(bin, edges);
    throw new ChurnError(
      'invalid-data',
      `column "${name}", row ${row}: expected a bin index below ${nBins}, got ${bin}`,
    );
  });
}

function isEdgesOrNull(value: unknown): value is readonly number[] | null {
  if (value === null) return true;
  if (!Array.isArray(value) || value.length < 2 || value.length > MAX_BINS + 1) return false;
  // For a constant column, both edges are its value.
  const isConstant = value.length === 2 && value[0] === value[1];
  return value.every((edge, i) => isNumber(edge) && (i === 0 || isConstant || edge > value[i - 1]));
}
