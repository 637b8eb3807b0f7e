import { type Column, cellAt, columnLength } from '../column.js';
import { schemaOf } from '../schema.js';
import type { Table } from '../table.js';

/** The whole content of a table as text, for comparing tables. */
export function snapshot(table: Table): string {
  return JSON.stringify(Array.from(table.entries(), ([name, column]) => [name, column.kind, cells(column)]));
}

/** The names and kinds of a table's columns as text. */
export function columnsOf(table: Table): string {
  return JSON.stringify(schemaOf(table));
}

function cells(column: Column) {
  return Array.from({ length: columnLength(column) }, (_, row) => {
    const cell = cellAt(column, row);
    return typeof cell === 'number' && !Number.isFinite(cell) ? String(cell) : cell;
  });
}
