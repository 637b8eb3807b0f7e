import { asKind, type Column } from './column.js';
import { ChurnError } from './error.js';
import type { Table } from './table.js';

/**
 * The concatenated columns of tables, in the order of the first table.
 * @throws `column-name` if a table's columns differ from those of the first; `column-kind` if a kind differs.
 */
export function concatColumns(tables: readonly Table[]): [string, Column][] {
  const [first, ...others] = tables;
  others.forEach((table, i) => {
    const lacking = first.names.find((name) => !table.has(name));
    const further = table.names.find((name) => !first.has(name));
    const odd = lacking ?? further;
    if (odd === undefined) return;
    throw new ChurnError(
      'column-name',
      `concat: expected the same columns in all tables, but column "${odd}" is ${lacking === undefined ? 'only' : 'not'} in table ${i + 1}`,
    );
  });
  return first.names.map((name) => [name, concatColumn(name, tables)]);
}

function concatColumn(name: string, tables: readonly Table[]): Column {
  const columns = tables.map((table) => table.column(name));
  // A column without any value fits either kind.
  const kind = (
    columns.find((column) => !(asKind(column, 'numeric') && asKind(column, 'category'))) ?? columns[0]
  ).kind;
  const nRows = tables.reduce((sum, table) => sum + table.nRows, 0);
  let at = 0;
  if (kind === 'numeric') {
    const values = new Float64Array(nRows);
    for (const table of tables) {
      values.set(table.numeric(name), at);
      at += table.nRows;
    }
    return { kind, values };
  }
  const codes = new Int32Array(nRows);
  const codeOf = new Map<string, number>();
  for (const table of tables) {
    const column = table.category(name);
    const places = column.levels.map((level) => {
      const code = codeOf.get(level) ?? codeOf.size;
      codeOf.set(level, code);
      return code;
    });
    for (const code of column.codes) codes[at++] = code < 0 ? -1 : places[code];
  }
  return { kind, codes, levels: [...codeOf.keys()] };
}
