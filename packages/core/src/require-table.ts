import { ChurnError } from './error.js';
import { isList } from './is-list.js';
import type { Table } from './table.js';

/**
 * Checks that `x` is a table: in JavaScript it may be anything.
 *
 * @param name its name in the error message.
 * @throws `invalid-parameter` if it is not, saying how to make one.
 */
export function requireTable(x: unknown, name = 'x'): asserts x is Table {
  // Not instanceof: the table may come from the other build (ESM or CommonJS) of this package.
  const { names, nRows, column } = (x ?? {}) as Partial<Table>;
  if (Array.isArray(names) && Number.isInteger(nRows) && typeof column === 'function') return;
  const received = isList(x)
    ? 'a list'
    : x === null
      ? 'null'
      : typeof x === 'object'
        ? 'another object'
        : String(x);
  throw new ChurnError(
    'invalid-parameter',
    `${name}: expected a Table, got ${received}; use Table.fromRows(rows) for objects, or Table.fromMatrix(rows, names) for numbers`,
  );
}
