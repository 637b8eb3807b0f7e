import type { Column } from '../column.js';
import type { Table } from '../table.js';

/** The table with all values missing. */
export function withoutValues(x: Table): Table {
  return x.with(
    Array.from(x.entries(), ([name, column]): [string, Column] => [
      name,
      column.kind === 'numeric'
        ? { kind: 'numeric', values: new Float64Array(x.nRows).fill(NaN) }
        : { kind: 'category', codes: new Int32Array(x.nRows).fill(-1), levels: [] },
    ]),
  );
}

/** The table with columns and levels named like inherited object properties. */
export function withHostileNames(x: Table): Table {
  const levels = ['__proto__', 'constructor', 'toString', ''];
  return x.with([
    ['__proto__', Float64Array.from({ length: x.nRows }, (_, row) => (row === 1 ? NaN : row * row))],
    [
      'constructor',
      Array.from({ length: x.nRows }, (_, row) => (row === 0 ? null : levels[row % levels.length])),
    ],
  ]);
}

/** The table with an unseen level in the last row of each category column, and a missing value in the first. */
export function withUnseenLevels(x: Table): Table {
  const columns = x.namesOf('category').map((name): [string, Column] => {
    const { codes, levels } = x.category(name);
    const changed = codes.slice();
    changed[0] = -1;
    changed[codes.length - 1] = levels.length;
    return [name, { kind: 'category', codes: changed, levels: [...levels, 'a level not seen before'] }];
  });
  return x.with(columns);
}
