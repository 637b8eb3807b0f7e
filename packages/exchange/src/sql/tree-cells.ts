import type { ColumnId, ProgramTree } from '../program/program.js';

/** A variable of trees: a number column with thresholds, or the membership of a text in a set of levels. */
export type Digit =
  | {
      readonly kind: 'number';
      readonly column: ColumnId;
      /** Finite thresholds in ascending order. */
      readonly thresholds: readonly number[];
      /** Where missing numbers go; `both` if nodes differ. */
      readonly missing: 'left' | 'right' | 'both';
    }
  | { readonly kind: 'text'; readonly column: ColumnId; readonly levels: readonly string[] };

/**
 * The cells into which the splits of some trees divide the rows: all rows of a cell reach the same leaf of each tree. The number of a
 * cell has a digit for each number column, which counts the thresholds below the value, with an extra digit for missing values that go
 * `both` ways; and a digit of 0 or 1 for each set of levels.
 */
export type Cells = ReadonlyMap<string, Digit>;

/** The cells of one tree. */
export function cellsOf(tree: ProgramTree): Cells {
  const cells = new Map<string, Digit>();
  for (const node of tree) {
    if (node.kind === 'leaf') continue;
    const { column } = node;
    if (node.kind === 'text') {
      const { levels } = node;
      cells.set(keyOf(column, levels), { kind: 'text', column, levels });
      continue;
    }
    // No number exceeds an infinite threshold, so only missing values differ.
    const bounded = Number.isFinite(node.threshold);
    const asked: Digit = {
      kind: 'number',
      column,
      thresholds: bounded ? [node.threshold] : [],
      missing: bounded ? node.missing : 'both',
    };
    const key = keyOf(column);
    cells.set(key, bothOf(cells.get(key) ?? asked, asked));
  }
  return cells;
}

/** The combined cells of two sets of trees. */
export function union(a: Cells, b: Cells): Cells {
  const cells = new Map(a);
  for (const [key, digit] of b) cells.set(key, bothOf(cells.get(key) ?? digit, digit));
  return cells;
}

export function countOf(cells: Cells): number {
  let count = 1;
  for (const digit of cells.values()) count *= sizeOf(digit);
  return count;
}

/** The number of values of a digit. */
export function sizeOf(digit: Digit): number {
  if (digit.kind === 'text') return 2;
  return digit.thresholds.length + (digit.missing === 'both' ? 2 : 1);
}

/** The leaf values of a cell, one per tree. */
export function leavesOf(cells: Cells, trees: readonly ProgramTree[], cell: number): (readonly number[])[] {
  const values = new Map<string, number>();
  let rest = cell;
  for (const [key, digit] of cells) {
    values.set(key, rest % sizeOf(digit));
    rest = Math.floor(rest / sizeOf(digit));
  }
  return trees.map((tree) => {
    let node = tree[0];
    while (node.kind !== 'leaf') {
      if (node.kind === 'text') {
        node = tree[values.get(keyOf(node.column, node.levels)) === 1 ? node.inside : node.outside];
        continue;
      }
      const digit = cells.get(keyOf(node.column)) as Extract<Digit, { kind: 'number' }>;
      const value = values.get(keyOf(node.column)) ?? 0;
      // Any number above that many thresholds; the extra digit is a missing value.
      const isMissing = value > digit.thresholds.length;
      const goesLeft = isMissing
        ? node.missing === 'left'
        : (digit.thresholds[value] ?? Infinity) <= node.threshold;
      node = tree[goesLeft ? node.left : node.right];
    }
    return node.values;
  });
}

function bothOf(a: Digit, b: Digit): Digit {
  if (a === b || a.kind === 'text' || b.kind === 'text') return a;
  const all = new Set([...a.thresholds, ...b.thresholds]);
  return {
    ...a,
    thresholds: all.size === a.thresholds.length ? a.thresholds : [...all].sort((one, other) => one - other),
    missing: a.missing === b.missing ? a.missing : 'both',
  };
}

function keyOf(column: ColumnId, levels?: readonly string[]): string {
  return levels ? `${column} ${JSON.stringify(levels)}` : `${column}`;
}
