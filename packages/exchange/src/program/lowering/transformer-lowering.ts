import type { FittedTransformer, TableSchema } from '@churn/core';
import type { Expression } from '../expression.js';
import type { ColumnId } from '../program.js';
import { column } from './expressions.js';
import type { Frame, FrameColumn } from './frame.js';
import type { ProgramBuilder } from './program-builder.js';
import type { Range } from './range.js';

/** The arguments of a lowering. */
export interface TransformerContext<F extends FittedTransformer = FittedTransformer> {
  readonly fitted: F;
  readonly state: F['state'];
  /** The input table. */
  readonly frame: Frame;
  /** The output columns. */
  readonly schema: TableSchema;
  readonly builder: ProgramBuilder;
  /** Lowers a nested transformer. */
  readonly lower: (part: FittedTransformer, frame: Frame) => Frame;
}

/** Translates a fitted transformer into an expression for each output column, in the order of the schema. */
export type TransformerLowering = (context: TransformerContext) => readonly Expression[];

/** Replaces columns by expressions; columns without a replacement are kept. */
export function replacing(
  frame: Frame,
  madeOf: (given: FrameColumn) => readonly Expression[] | undefined,
): Expression[] {
  return frame.columns.flatMap((given) => madeOf(given) ?? [column(given.id)]);
}

/** The lowering of a transformer that only selects columns. */
export const choosing: TransformerLowering = ({ frame, schema }) =>
  schema.map(({ name }) => frame.value(name));

/** A numeric expression with its range. */
export interface NumberToMap {
  readonly x: Expression;
  readonly id: ColumnId;
  readonly range: Range;
  readonly name: string;
}

/** The lowering of a transformer that maps numbers one by one; columns with state `null` are kept. */
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
