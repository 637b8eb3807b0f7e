import { isOneOf, NEVER } from './conditions.js';
import type { NumberLists } from './dialect.js';
import { type Fragment, fragment, operand } from './fragment.js';
import { rangeOf } from './number-range.js';
import { numberFragment, type Scope, withoutNaN } from './scope.js';
import { type Cells, type Digit, sizeOf } from './tree-cells.js';
import type { TreeTable } from './tree-tables.js';

/**
 * The values of all tables, stored in one list of numbers.
 *
 * The results of all conditions are columns of 0 and 1, and the cell numbers are sums of these. Returns fragments that read value k of
 * each table.
 */
export function writeTables(
  scope: Scope,
  lists: NumberLists,
  tables: readonly TreeTable[],
): ((k: number) => Fragment)[] {
  if (tables.length === 0) return [];
  const list = scope.layers.column(
    fragment(lists.of(tables.flatMap(({ sums }) => sums.filter(varies).flat())), []),
  );
  let end = 0;
  return tables.map(({ cells, sums }) => {
    const cell = scope.layers.column(cellSql(scope, cells));
    const starts = sums.map((values) => {
      const start = end;
      if (varies(values)) end += values.length;
      return start;
    });
    return (k) => {
      if (!varies(sums[k])) return numberFragment(scope, sums[k][0]);
      return fragment(lists.at(list.sql, `${starts[k]} + ${cell.sql}`), [list, cell], {
        isAtom: true,
        range: rangeOf(...sums[k]),
      });
    };
  });
}

function varies(values: readonly number[]): boolean {
  return values.some((value) => value !== values[0]);
}

/** The cell number of a row. */
function cellSql(scope: Scope, cells: Cells): Fragment {
  const terms: Fragment[] = [];
  let weight = 1;
  for (const digit of cells.values()) {
    const value = digitSql(scope, digit);
    terms.push(weight === 1 ? value : fragment(`${weight} * ${operand(value)}`, [value]));
    weight *= sizeOf(digit);
  }
  if (terms.length === 0) return fragment('0', []);
  return fragment(terms.map(({ sql }) => sql).join(' + '), terms);
}

function digitSql(scope: Scope, digit: Digit): Fragment {
  const { layers, dialect } = scope;
  const of = withoutNaN(scope, scope.column(digit.column));
  // The constants of a CASE have a known range; otherwise databases check sums for overflow.
  const bit = (when: Fragment, yes: number, no: number) =>
    layers.column(fragment(dialect.branch(when.sql, `${yes}`, `${no}`), [when], { isAtom: true }));
  if (digit.kind === 'text') {
    const when = isOneOf(scope, of, digit.levels);
    return when.sql === NEVER ? fragment('0', [], { isAtom: true }) : bit(when, 1, 0);
  }
  const terms = digit.thresholds.map((threshold) => {
    const text = dialect.number(threshold);
    return digit.missing === 'right'
      ? bit(fragment(`${operand(of)} <= ${text}`, [of]), 0, 1)
      : bit(fragment(`${operand(of)} > ${text}`, [of]), 1, 0);
  });
  if (digit.missing === 'both') {
    const missing = bit(fragment(`${operand(of)} IS NULL`, [of]), 1, 0);
    terms.push(fragment(`${digit.thresholds.length + 1} * ${missing.sql}`, [missing]));
  }
  if (terms.length === 1) return terms[0];
  return fragment(terms.map(({ sql }) => sql).join(' + '), terms);
}
