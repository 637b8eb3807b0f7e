import {
  type Attributions,
  booleanParameter,
  type Cell,
  type ClassLabel,
  integerParameter,
  isPlainObject,
  isString,
  oneOf,
  parameter,
  readOptions,
  requireParameter,
  requireTable,
  sampleWeights,
  type Table,
  withDefault,
} from '@churn/core';
import { type ExplainedModel, requireFitted } from '../explained-model.js';
import { modelOutput, type OutputOptions, outputParameters } from '../model-output.js';
import { columnGrid } from './grid.js';
import { outputsAt } from './outputs-at.js';

export interface PartialDependenceOptions extends OutputOptions {
  /** `'average'` (default) over all rows; `'individual'` also returns the curve of each row. */
  readonly kind?: 'average' | 'individual';
  /** Whether to subtract the first value of each curve. Default `false`. */
  readonly centered?: boolean;
  /** The maximum number of grid values per column. Default 100. */
  readonly gridResolution?: number;
  /** The grid values by column, instead of those of the rows. */
  readonly grid?: Readonly<Record<string, readonly Cell[]>>;
  /** The weight of each row in the average. Default 1. */
  readonly sampleWeight?: ArrayLike<number>;
}

/** The prediction of a model as a function of one or two columns. */
export interface PartialDependence {
  readonly columns: readonly string[];
  /** The unit of the curves. */
  readonly unit: Attributions['unit'];
  /** The class whose probability is predicted; absent for a regressor. */
  readonly label?: ClassLabel;
  /** The values of each column: numbers ascending, categories the most frequent first. */
  readonly grid: readonly (readonly Cell[])[];
  /** One number per value; for two columns one per pair of values, in row-major order (the second column varies fastest). */
  readonly average: Float64Array;
  /** With `kind: 'individual'`, one curve per row, ordered as `average` (individual conditional expectation). */
  readonly individual?: readonly Float64Array[];
}

const parameters = {
  ...outputParameters,
  kind: withDefault(oneOf(['average', 'individual']), 'average'),
  centered: withDefault(booleanParameter(), false),
  gridResolution: withDefault(integerParameter({ from: 2 }), 100),
  grid: parameter('lists of values by column', isGrid),
  sampleWeight: parameter(
    'a list of weights',
    (value): value is ArrayLike<number> => typeof value === 'object',
  ),
};

/**
 * The dependence of the predictions of a fitted or loaded model or pipeline on one or two raw columns: the mean prediction of all rows
 * with each value of the column in turn, everything else unchanged (Friedman, "Greedy function approximation", 2001), as computed by
 * scikit-learn's `partial_dependence` with `method='brute'`. With `kind: 'individual'`, the curve of each row is returned too (Goldstein et
 * al., "Peeking inside the black box", 2015).
 *
 * If columns are correlated, this evaluates impossible rows; `accumulatedLocalEffects` does not.
 *
 * ```ts
 * const { grid, average } = partialDependence(model, customers, 'tenure');
 * ```
 *
 * @param columns the name of a column, or a list of one or two names.
 * @throws `invalid-parameter` for a column that is not one of the model, or an invalid option; the errors of the model's `predict`.
 */
export function partialDependence(
  model: ExplainedModel,
  x: Table,
  columns: string | readonly string[],
  options: PartialDependenceOptions = {},
): PartialDependence {
  requireFitted(model);
  requireTable(x);
  requireParameter(x.nRows > 0, 'x', 'at least one row', x.nRows);
  const { kind, centered, gridResolution, grid, sampleWeight, ...of } = readOptions(parameters, options);
  const names = modelColumns(model, columns);
  const output = modelOutput(model, of);
  const grids = names.map((name) =>
    columnGrid(x, name, gridResolution, grid && Object.hasOwn(grid, name) ? grid[name] : undefined),
  );
  const [first, second] = grids;
  const width = second?.values.length ?? 1;
  const found = outputsAt(output, x.select(model.features), first.values.length * width, (points) => [
    [
      first.column,
      first.repeated(
        points.map((point) => Math.floor(point / width)),
        x.nRows,
      ),
    ] as const,
    ...(second
      ? [
          [
            second.column,
            second.repeated(
              points.map((point) => point % width),
              x.nRows,
            ),
          ] as const,
        ]
      : []),
  ]);
  if (centered) {
    const start = found[0].slice();
    for (const values of found) for (let row = 0; row < values.length; row++) values[row] -= start[row];
  }
  const weights = sampleWeights({ sampleWeight }, x.nRows);
  const total = weights?.reduce((sum, each) => sum + each, 0) ?? x.nRows;
  const average = Float64Array.from(
    found,
    (values) => values.reduce((sum, value, row) => sum + value * (weights?.[row] ?? 1), 0) / total,
  );
  const { unit, label } = output;
  return {
    columns: names,
    unit,
    ...(label !== undefined && { label }),
    grid: grids.map(({ values }) => values),
    average,
    ...(kind === 'individual' && {
      individual: Array.from({ length: x.nRows }, (_, row) =>
        Float64Array.from(found, (values) => values[row]),
      ),
    }),
  };
}

/** @throws `invalid-parameter` unless these are one or two columns of the model. */
function modelColumns({ features }: ExplainedModel, columns: string | readonly string[]): readonly string[] {
  const names = typeof columns === 'string' ? [columns] : columns;
  const isRight =
    Array.isArray(names) &&
    (names.length === 1 || names.length === 2) &&
    names.every((name) => features.includes(name)) &&
    new Set(names).size === names.length;
  requireParameter(isRight, 'columns', `one or two columns of the model: ${features.join(', ')}`, columns);
  return names;
}

function isGrid(value: unknown): value is Readonly<Record<string, readonly Cell[]>> {
  return (
    isPlainObject(value) &&
    Object.values(value).every(
      (list) => Array.isArray(list) && list.every((each) => isString(each) || Number.isFinite(each)),
    )
  );
}
