import {
  booleanParameter,
  type Column,
  integerParameter,
  isNumber,
  numericColumn,
  type OptionsOf,
  oneOf,
  positionOf,
  type RowStep,
  type RowValues,
  type SettingsOf,
  Table,
  type TableSchema,
  withDefault,
} from '@churn/core';
import { basisSize, EXTRAPOLATIONS, type SplineBasis, splineBasis } from './b-spline.js';
import { columnNames } from './chosen-columns.js';
import { replaceColumns } from './level-encoding.js';
import { learnNumeric } from './numeric-columns.js';
import { quantiles } from './statistics/quantile.js';
import { type FittedBy, type NamesOut, type Originating, transformer } from './transformer.js';

/** How knots are placed: at equal distances, or with equally many rows between them. */
export type KnotPlacing = 'uniform' | 'quantile';

/** Beyond this many, there are more columns than rows to fit. */
const MAX_KNOTS = 10_000;
const MAX_DEGREE = 20;

const parameters = {
  /** The columns to expand; default all numeric columns. */
  columns: columnNames(),
  /** The maximum number of knots per column, at least 2; default 5. */
  nKnots: withDefault(integerParameter({ from: 2, to: MAX_KNOTS }), 5),
  /** The degree of the polynomials between knots, at least 1; default 3. */
  degree: withDefault(integerParameter({ from: 1, to: MAX_DEGREE }), 3),
  /** How the knots are placed between the minimum and the maximum; default `'uniform'`. */
  knots: withDefault(oneOf<KnotPlacing>(['uniform', 'quantile']), 'uniform'),
  /** How the splines continue for values beyond those of `fit`; default `'constant'`. */
  extrapolation: withDefault(oneOf(EXTRAPOLATIONS), 'constant'),
  /** Whether to keep the last spline of each column, which is 1 minus the sum of the others; default `true`. */
  includeBias: withDefault(booleanParameter(), true),
};

export type SplineTransformerOptions = OptionsOf<typeof parameters>;
type Settings = SettingsOf<typeof parameters>;

/** The ascending knots of each column, and the names of the output; `null` if a column has two values or fewer. */
export type SplineTransformerState = NamesOut &
  Pick<Settings, 'degree' | 'extrapolation' | 'includeBias'> & {
    readonly knots: Readonly<Record<string, readonly number[] | null>>;
  };

/**
 * Replaces each numeric column by B-splines of it, named `<column>_sp_<k>`, so that a linear model can follow a curve. Their number is
 * that of knots plus `degree` minus 1.
 *
 * Coinciding knots are merged. A column with two values or fewer at `fit` is unchanged. Missing values stay missing.
 *
 * ```ts
 * new SplineTransformer({ columns: ['age'], nKnots: 2 }).fitTransform(train).output.names; // ['age_sp_0', …, 'age_sp_3']
 * ```
 */
export class SplineTransformer extends transformer({
  type: 'SplineTransformer',
  parameters,
  learn: (x, { columns, nKnots, knots, ...kept }): SplineTransformerState => ({
    knots: learnNumeric(x, columns, (values) => knotsOf(values, nKnots, knots)),
    degree: kept.degree,
    extrapolation: kept.extrapolation,
    includeBias: kept.includeBias,
  }),
  restore: (state) => ({
    knots: state.record('knots', areKnotsOrNull),
    degree: state.integer('degree', { from: 1, to: MAX_DEGREE }),
    extrapolation: state.oneOf('extrapolation', EXTRAPOLATIONS),
    includeBias: state.boolean('includeBias'),
  }),
  makes: (state) => ({
    names: splined(state).flatMap(([name, knots]) =>
      Array.from({ length: nColumns(state, knots) }, (_, k) => `${name}_sp_${k}`),
    ),
    replaced: splined(state).map(([name]) => name),
  }),
  apply(state, names): Originating {
    const expansions = expansionsOf(state, names);
    const unchanged = Object.keys(state.knots).filter((name) => !expansions.has(name));
    return {
      origins: new Map(
        Array.from(expansions).flatMap(([name, { names: own }]) =>
          own.map((made): [string, string[]] => [made, [name]]),
        ),
      ),
      transform(x) {
        for (const name of unchanged) x.numeric(name);
        return replaceColumns(
          x,
          new Map(
            Array.from(expansions, ([name, expansion]) => [name, expanded(x.numeric(name), expansion)]),
          ),
        );
      },
      compileRow(schema) {
        for (const name of unchanged) positionOf(schema, name, 'numeric');
        return compileExpansions(schema, expansions);
      },
    };
  },
  describe(state) {
    const columns = splined(state).map(([name, knots]) => `${name} (${nColumns(state, knots)} splines)`);
    return columns.join(', ') || 'no columns';
  },
}) {}

/** A fitted `SplineTransformer`. */
export type FittedSplineTransformer = FittedBy<typeof SplineTransformer>;

/** The splines of a column, and the names of the columns that replace it. */
interface Expansion {
  readonly basis: SplineBasis;
  readonly names: readonly string[];
}

function knotsOf(values: Float64Array, nKnots: number, placing: KnotPlacing): number[] | null {
  let [least, greatest] = [values[0], values[0]];
  for (const value of values) {
    if (value < least) least = value;
    if (value > greatest) greatest = value;
  }
  if (values.every((value) => value === least || value === greatest)) return null;
  const shares = Array.from({ length: nKnots }, (_, i) => i / (nKnots - 1));
  const range = greatest - least;
  const placed =
    placing === 'quantile'
      ? quantiles(values, shares)
      : shares.map((share, i) => {
          if (i === nKnots - 1) return greatest;
          // The range itself can overflow.
          return Number.isFinite(range)
            ? least + i * (range / (nKnots - 1))
            : least * (1 - share) + greatest * share;
        });
  return placed.filter((knot, i) => i === 0 || knot > placed[i - 1]);
}

function splined({ knots }: SplineTransformerState): (readonly [string, readonly number[]])[] {
  return Object.entries(knots).flatMap(([name, each]) => (each === null ? [] : [[name, each] as const]));
}

function nColumns({ degree, includeBias }: SplineTransformerState, knots: readonly number[]): number {
  return basisSize(knots.length, degree) - (includeBias ? 0 : 1);
}

function expansionsOf(
  state: SplineTransformerState,
  names: readonly string[],
): ReadonlyMap<string, Expansion> {
  let next = 0;
  return new Map(
    splined(state).map(([name, knots]) => {
      const own = names.slice(next, next + nColumns(state, knots));
      next += own.length;
      return [name, { basis: splineBasis(knots, state.degree, state.extrapolation), names: own }];
    }),
  );
}

function expanded(values: Float64Array, { basis, names }: Expansion): (readonly [string, Column])[] {
  const columns = names.map(() => new Float64Array(values.length));
  for (let row = 0; row < values.length; row++) {
    const isMissing = Number.isNaN(values[row]);
    const splines = isMissing ? undefined : basis.at(values[row]);
    for (let k = 0; k < columns.length; k++) columns[k][row] = splines ? splines[k] : NaN;
  }
  return columns.map((column, k) => [names[k], numericColumn(column)] as const);
}

function compileExpansions(schema: TableSchema, expansions: ReadonlyMap<string, Expansion>): RowStep {
  for (const name of expansions.keys()) positionOf(schema, name, 'numeric');
  const byPosition = schema.map(({ name }) => expansions.get(name));
  const output = schema.flatMap((column, position) => {
    const names = byPosition[position]?.names;
    return names ? names.map((name) => ({ name, kind: 'numeric' as const })) : [column];
  });
  // A table rejects repeated names.
  Table.fromColumns(output.map(({ name }) => [name, new Float64Array(0)] as const));
  return {
    schema: output,
    apply(row) {
      const values: RowValues = new Array(output.length);
      let next = 0;
      for (let position = 0; position < byPosition.length; position++) {
        const expansion = byPosition[position];
        const value = row[position] as number;
        if (!expansion) {
          values[next++] = row[position];
          continue;
        }
        const splines = Number.isNaN(value) ? undefined : expansion.basis.at(value);
        for (let k = 0; k < expansion.names.length; k++) values[next++] = splines ? splines[k] : NaN;
      }
      return values;
    },
  };
}

function areKnotsOrNull(value: unknown): value is readonly number[] | null {
  if (value === null) return true;
  if (!Array.isArray(value) || value.length < 2 || value.length > MAX_KNOTS) return false;
  return value.every((knot, i) => isNumber(knot) && (i === 0 || knot > value[i - 1]));
}
