import type { FittedPart } from './model.js';
import type { RowStep } from './row-step.js';
import type { TableSchema } from './schema.js';
import type { Table } from './table.js';
import type { TargetLike } from './target.js';

/**
 * What to learn from a table and how: an immutable specification.
 *
 * A supervised transformer takes `y` as an argument, never as a column of `x`, and requires it in its own signature.
 */
export interface Transformer<F extends FittedTransformer = FittedTransformer> {
  readonly role: 'transformer';
  /** Learns from `x` and returns what was learned as a new object; neither `x` nor the transformer changes. */
  fit(x: Table, y?: TargetLike): F;
  /**
   * Fits and transforms the training table. It differs from `fit(x, y).transform(x)` for supervised transformers:
   * they encode each training row by what the *other* rows say (out of fold), so that its own label cannot leak.
   */
  fitTransform(x: Table, y?: TargetLike): FitTransformed<F>;
}

export interface FitTransformed<F extends FittedTransformer = FittedTransformer> {
  readonly fitted: F;
  readonly output: Table;
}

/** A transformer that has learned: plain data, and a pure function of it. */
export interface FittedTransformer extends FittedPart {
  readonly role: 'transformer';
  /** Columns that are removed without being read. A pipeline that starts with such a step does not demand them. */
  readonly unread?: readonly string[] | undefined;
  /** For each column made under a name of its own, the columns that it is made of: by it, explanations go back to raw columns. */
  readonly origins?: ReadonlyMap<string, readonly string[]> | undefined;
  /** For each column made whose name another one had at `fit`, that name: it was given another. */
  readonly renamed?: ReadonlyMap<string, string> | undefined;
  /** Columns whose texts it reads as dates. */
  readonly dates?: readonly string[] | undefined;
  /** A new table; `x` does not change. Rows stay in their number and order. */
  transform(x: Table): Table;
  /** Undoes `transform`, where mathematics allows it. */
  inverseTransform?(x: Table): Table;
  /** What `transform` does, for one row at a time; see `compileRow`. */
  compileRow?(schema: TableSchema): RowStep;
  /** What was learned, in one line for a log. */
  describe?(): string;
}

/** `fitTransform` for a transformer whose training output is just `transform` of what it learned. */
export function fitThenTransform<F extends FittedTransformer>(
  transformer: { fit(x: Table, y?: TargetLike): F },
  x: Table,
  y?: TargetLike,
): FitTransformed<F> {
  const fitted = transformer.fit(x, y);
  return { fitted, output: fitted.transform(x) };
}
