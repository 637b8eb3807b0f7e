import type { FittedPart } from './model.js';
import type { RowStep } from './row-step.js';
import type { TableSchema } from './schema.js';
import type { Table } from './table.js';
import type { TargetLike } from './target.js';

/**
 * An unfitted transformer: an immutable specification.
 *
 * A supervised transformer takes `y` as an argument, never as a column of `x`, and requires it in its signature.
 */
export interface Transformer<F extends FittedTransformer = FittedTransformer> {
  readonly role: 'transformer';
  /** Fits the transformer to `x` and returns the fitted transformer as a new object; neither `x` nor the transformer changes. */
  fit(x: Table, y?: TargetLike): F;
  /**
   * Fits and transforms the training table. It differs from `fit(x, y).transform(x)` for supervised transformers: they encode each
   * training row from the *other* rows (out of fold), so that its own label cannot leak.
   */
  fitTransform(x: Table, y?: TargetLike): FitTransformed<F>;
}

export interface FitTransformed<F extends FittedTransformer = FittedTransformer> {
  readonly fitted: F;
  readonly output: Table;
}

/** A fitted transformer: plain data, and a pure function of it. */
export interface FittedTransformer extends FittedPart {
  readonly role: 'transformer';
  /** Columns that are removed without being read. A pipeline that starts with such a step does not require them. */
  readonly unread?: readonly string[] | undefined;
  /** For each new column, the columns that it is derived from; explanations are traced back to raw columns by it. */
  readonly origins?: ReadonlyMap<string, readonly string[]> | undefined;
  /** For each new column that was renamed because another column had its name at `fit`, the original name. */
  readonly renamed?: ReadonlyMap<string, string> | undefined;
  /** Columns whose text it reads as dates. */
  readonly dates?: readonly string[] | undefined;
  /** The levels that it replaces, by column: each by another level, or by `null` for a missing value. */
  readonly replaces?: Readonly<Record<string, Readonly<Record<string, string | null>>>> | undefined;
  /** A new table; `x` does not change. The rows keep their number and order. */
  transform(x: Table): Table;
  /** Undoes `transform`, if that is mathematically possible. */
  inverseTransform?(x: Table): Table;
  /** `transform` for one row at a time; see `compileRow`. */
  compileRow?(schema: TableSchema): RowStep;
  /** What was learned, in one line for logs. */
  describe?(): string;
}

/** `fitTransform` for a transformer whose training output is that of `transform`. */
export function fitThenTransform<F extends FittedTransformer>(
  transformer: { fit(x: Table, y?: TargetLike): F },
  x: Table,
  y?: TargetLike,
): FitTransformed<F> {
  const fitted = transformer.fit(x, y);
  return { fitted, output: fitted.transform(x) };
}
