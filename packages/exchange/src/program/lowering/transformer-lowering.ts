import type { FittedTransformer, TableSchema } from '@churn/core';
import type { Expression } from '../expression.js';
import type { ColumnId } from '../program.js';
import { column } from './expressions.js';
import type { Frame, FrameColumn } from './frame.js';
import type { ProgramBuilder } from './program-builder.js';
import type { Range } from './range.js';

/** What a lowering is told. */
export interface TransformerContext<F extends FittedTransformer = FittedTransformer> {
  readonly fitted: F;
  readonly state: F['state'];
  /** The table that comes in. */
  readonly frame: Frame;
  /** The columns that come out. */
  readonly schema: TableSchema;
  readonly builder: ProgramBuilder;
  /** Lowers a transformer within. */
  readonly lower: (part: FittedTransformer, frame: Frame) => Frame;
}

/** What a fitted transformer does, as an expression of each column that comes out, in the order of the schema. */
export type TransformerLowering = (context: TransformerContext) => readonly Expression[];

/** Columns that take the place of others: an expression for each instead of one, which stays as it is where there are none. */
export function replacing(
  frame: Frame,
  madeOf: (given: FrameColumn) => readonly Expression[] | undefined,
): Expression[] {
  return frame.columns.flatMap((given) => madeOf(given) ?? [column(given.id)]);
}

/** A lowering of a transformer that only chooses among the columns. */
export const choosing: TransformerLowering = ({ frame, schema }) =>
  schema.map(({ name }) => frame.value(name));

/** A number as an expression, and what is known of it. */
export interface NumberToMap {
  readonly x: Expression;
  readonly id: ColumnId;
  readonly range: Range;
  readonly name: string;
}

/** A lowering of a transformer that maps numbers one by one; of a column where nothing was learned (`null`) it stays as it is. */
export function mappingNumbers<L>(
  { frame, builder }: TransformerContext,
  learned: Readonly<Record<string, L | null>>,
  map: (number: NumberToMap, learned: L) => Expression,
): Expression[] {
  return replacing(frame, ({ name, id }) => {
    const ofColumn = Object.hasOwn(learned, name) ? learned[name] : null;
    if (ofColumn === null) return undefined;
    return [map({ x: column(id), id, range: builder.rangeOfColumn(id), name }, ofColumn)];
  });
}
