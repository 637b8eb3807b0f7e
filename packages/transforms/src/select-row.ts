import { positionOf, type RowStep, type RowValues, type TableSchema } from '@churn/core';
import type { Transformation } from './transformer.js';

/** A transformation that removes columns without reading them. */
export interface Dropping extends Transformation {
  /** The columns dropped at `fit`; a pipeline does not require them of new rows. */
  readonly unread: readonly string[];
}

/** Removes the columns `dropped`; absent ones are ignored. */
export function dropping(dropped: readonly string[]): Dropping {
  return {
    unread: dropped,
    transform: (x) => x.drop(dropped),
    compileRow: (schema) => dropFromRow(schema, dropped),
  };
}

/**
 * The step that keeps the columns `names` of each row, in this order.
 * @throws `column-name` if the schema lacks one.
 */
export function selectRow(schema: TableSchema, names: readonly string[]): RowStep {
  const positions = names.map((name) => positionOf(schema, name));
  const isInOrder = positions.every((position, i) => i === 0 || position > positions[i - 1]);
  return {
    schema: positions.map((position) => schema[position]),
    apply(row) {
      // In this order, no value is overwritten before it is read.
      const selected: RowValues = isInOrder ? row : new Array(positions.length);
      for (let i = 0; i < positions.length; i++) selected[i] = row[positions[i]];
      selected.length = positions.length;
      return selected;
    },
  };
}

/** The step that removes the columns `dropped` from each row; unknown names are ignored. */
export function dropFromRow(schema: TableSchema, dropped: Iterable<string>): RowStep {
  const isDropped = new Set(dropped);
  return selectRow(
    schema,
    schema.map(({ name }) => name).filter((name) => !isDropped.has(name)),
  );
}
