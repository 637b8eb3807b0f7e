import {
  type CategoryColumn,
  ChurnError,
  type Column,
  type FittedTransformer,
  fitThenTransform,
  isNumber,
  numericColumn,
  positionOf,
  type RowStep,
  requireParameter,
  type StateReader,
  type Table,
  type TableSchema,
  type Transformer,
} from '@churn/core';
import { type BinStrategy, binCenter, binEdges, binLabels, binOf } from './bin-edges.js';
import { type ColumnsOption, chosenColumns } from './chosen-columns.js';
import { learnNumeric, mapNumeric, mapNumericRow } from './numeric-columns.js';

/** What a bin becomes: its place from 0 as a number, or its name as a level. */
export type BinEncoding = 'ordinal' | 'label';

export interface BinnerOptions extends ColumnsOption {
  /** How many bins at most; default 5. */
  readonly nBins?: number;
  /** How the edges are placed; default `'quantile'`. */
  readonly strategy?: BinStrategy;
  /** What a bin becomes; default `'ordinal'`. */
  readonly encode?: BinEncoding;
}

/** Beyond this many bins no number of rows fills them, and their edges take the memory. */
const MOST_BINS = 100_000;

/** The rising edges of each column's bins, one more than bins; `null` where it had no value. */
export type BinnerState = {
  readonly edges: Readonly<Record<string, readonly number[] | null>>;
  readonly encode: BinEncoding;
};

/**
 * Puts the values of numeric columns in bins, between edges learned from the rows at `fit`. A bin holds its lower edge;
 * values beyond the edges are in the first and the last bin. Missing values stay missing.
 *
 * A bin becomes its place, 0, 1, …, or with `encode: 'label'` a level such as `[10, 20)`. A column without a value at
 * `fit` stays as it is.
 *
 * ```ts
 * new Binner({ nBins: 4, strategy: 'uniform' }).fit(train).state.edges; // { age: [26, 37.75, 49.5, 61.25, 73] }
 * ```
 */
export class Binner implements Transformer<FittedBinner> {
  readonly role = 'transformer';
  static readonly type = 'Binner';
  readonly columns?: readonly string[];
  readonly nBins: number;
  readonly strategy: BinStrategy;
  readonly encode: BinEncoding;

  /**
   * @param options `columns`: the columns to bin; without it all numeric ones.
   * @throws `invalid-parameter` where an option is not what it must be.
   */
  constructor({ columns, nBins = 5, strategy = 'quantile', encode = 'ordinal' }: BinnerOptions = {}) {
    requireParameter(
      Number.isInteger(nBins) && nBins >= 2 && nBins <= MOST_BINS,
      'nBins',
      `a whole number from 2 to ${MOST_BINS}`,
      nBins,
    );
    const isStrategy = strategy === 'uniform' || strategy === 'quantile';
    requireParameter(isStrategy, 'strategy', "'uniform' or 'quantile'", strategy);
    requireParameter(encode === 'ordinal' || encode === 'label', 'encode', "'ordinal' or 'label'", encode);
    this.columns = chosenColumns(columns);
    this.nBins = nBins;
    this.strategy = strategy;
    this.encode = encode;
  }

  /** @throws `model-file` where `state` is not what this class writes. */
  static restore(state: StateReader): FittedBinner {
    return new FittedBinner({
      edges: state.record('edges', isEdgesOrNull),
      encode: state.oneOf<BinEncoding>('encode', ['ordinal', 'label']),
    });
  }

  /** @throws `column-name` or `column-kind` for a column without numbers; `invalid-data` for an infinite value. */
  fit(x: Table): FittedBinner {
    const { nBins, strategy, encode } = this;
    const edges = learnNumeric(x, this.columns, (values) => binEdges(values, nBins, strategy));
    return new FittedBinner({ edges, encode });
  }

  fitTransform(x: Table) {
    return fitThenTransform(this, x);
  }
}

/** The edges that a `Binner` has learned. */
export class FittedBinner implements FittedTransformer {
  readonly role = 'transformer';
  readonly type = Binner.type;

  constructor(readonly state: BinnerState) {}

  /** @throws `column-name` or `column-kind` where a column of `fit` is not there as numbers. */
  transform(x: Table): Table {
    const { edges, encode } = this.state;
    if (encode === 'ordinal') return mapNumeric(x, edges, placed);
    return x.with(
      Object.entries(edges).map(([name, learned]): [string, Column] => {
        const values = x.numeric(name);
        return [name, learned === null ? numericColumn(values) : labelled(values, learned)];
      }),
    );
  }

  /**
   * The middle of each bin, which is as near as the bin tells.
   * @throws `column-name` or `column-kind` where a column is not there as `transform` makes it; `invalid-data` where a
   *   number or level is no bin's.
   */
  inverseTransform(x: Table): Table {
    const asLabels = this.state.encode === 'label';
    return x.with(
      Object.entries(this.state.edges).map(([name, edges]): [string, Column] => {
        if (edges === null) return [name, x.column(name)];
        const bins = asLabels ? binsOfLabels(x.category(name), edges, name) : x.numeric(name);
        return [name, numericColumn(centers(bins, edges, name))];
      }),
    );
  }

  compileRow(schema: TableSchema): RowStep {
    const { edges, encode } = this.state;
    if (encode === 'ordinal') {
      return mapNumericRow(schema, edges, (learned) => (value) => placeOf(value, learned));
    }
    const parts = Object.entries(edges).flatMap(([name, learned]) => {
      const position = positionOf(schema, name, 'numeric');
      return learned === null ? [] : [{ position, learned, labels: binLabels(learned) }];
    });
    const binned = new Set(parts.map(({ position }) => position));
    return {
      schema: schema.map((column, position) =>
        binned.has(position) ? { name: column.name, kind: 'category' as const } : column,
      ),
      apply(row) {
        for (let i = 0; i < parts.length; i++) {
          const { position, learned, labels } = parts[i];
          const value = row[position] as number;
          row[position] = Number.isNaN(value) ? null : labels[binOf(value, learned)];
        }
        return row;
      },
    };
  }

  describe(): string {
    const columns = Object.entries(this.state.edges).map(
      ([name, edges]) => `${name} (${edges === null ? 'no values' : `${edges.length - 1} bins`})`,
    );
    return `Binner: ${columns.join(', ') || 'no columns'}`;
  }
}

function placeOf(value: number, edges: readonly number[]): number {
  return Number.isNaN(value) ? NaN : binOf(value, edges);
}

function placed(values: Float64Array, edges: readonly number[]): Float64Array {
  const places = new Float64Array(values.length);
  for (let row = 0; row < values.length; row++) places[row] = placeOf(values[row], edges);
  return places;
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
      `column "${name}", row ${row}: expected the place of a bin, below ${nBins}, got ${bin}`,
    );
  });
}

function isEdgesOrNull(value: unknown): value is readonly number[] | null {
  if (value === null) return true;
  if (!Array.isArray(value) || value.length < 2 || value.length > MOST_BINS + 1) return false;
  // Of a constant column both edges are its value.
  const isConstant = value.length === 2 && value[0] === value[1];
  return value.every((edge, i) => isNumber(edge) && (i === 0 || isConstant || edge > value[i - 1]));
}
