import { ChurnError } from './error.js';
import { isList } from './is-list.js';
import type { Table } from './table.js';

/**
 * Checks that `x` is a table: in JavaScript, or with rows that came as they are, it may be anything.
 *
 * @param name what it is called in the error.
 * @throws `invalid-parameter` where it is none, saying how to make one.
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
    `${name}: expected a Table, got ${received}; Table.fromRows(rows) makes one of rows of objects, Table.fromMatrix(rows, names) of numbers`,
  );
}
