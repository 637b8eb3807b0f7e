import { Random } from '@churn/core';
import type { Program, ProgramNode, ProgramTree } from '../program/program.js';
import { runDuckdb } from './testing/duckdb.js';
import { toSql } from './to-sql.js';
import { cellsOf, countOf } from './tree-cells.js';
import { tabulate } from './tree-tables.js';

type Row = readonly [a: number | null, b: number | null, t: string | null];
type Asking = Exclude<ProgramNode, { readonly kind: 'leaf' }>;

const random = new Random(7);
const pick = <T>(values: readonly T[]): T => values[random.int(values.length)];

/** A complete tree of the depth, whose nodes ask anything, that adds to one of two outputs or to both. */
function treeOf(depth: number): ProgramTree {
  const outputs = pick([
    [1, 0],
    [0, 1],
    [1, 1],
  ]);
  const inner = 2 ** depth - 1;
  return Array.from({ length: 2 * inner + 1 }, (_, place): ProgramNode => {
    if (place >= inner) return { kind: 'leaf', values: outputs.map((on) => on * (random.uniform() - 0.5)) };
    const [first, second] = [2 * place + 1, 2 * place + 2];
    if (random.uniform() < 0.3) {
      const levels = pick([['x'], ['x', "y'"], []]);
      return { kind: 'text', column: 2, levels, inside: first, outside: second };
    }
    return {
      kind: 'number',
      column: pick([0, 1]),
      threshold: pick([-Infinity, -1.5, 0, 0.1, 1, Infinity]),
      missing: pick(['left', 'right']),
      left: first,
      right: second,
    };
  });
}

function leafOf(tree: ProgramTree, row: Row): readonly number[] {
  let node = tree[0];
  while (node.kind !== 'leaf') node = tree[next(node, row)];
  return node.values;
}

function next(node: Asking, row: Row): number {
  const value = row[node.column];
  if (node.kind === 'text') return node.levels.includes(value as string) ? node.inside : node.outside;
  const left = value === null ? node.missing === 'left' : (value as number) <= node.threshold;
  return left ? node.left : node.right;
}

const INPUTS = ['a', 'b', 't'] as const;

function programOf(trees: readonly ProgramTree[]): Program {
  return {
    columns: [
      ...INPUTS.map((name) => ({ name, kind: name === 't' ? ('text' as const) : ('number' as const) })),
      { name: 'first', kind: 'number' },
      { name: 'second', kind: 'number' },
    ],
    inputs: [0, 1, 2],
    steps: [{ kind: 'trees', of: 'Test', trees, outputs: [3, 4] }],
    checks: [],
    output: { kind: 'columns', columns: [3, 4] },
  };
}

it('computes the sums of trees for all rows from tables', async () => {
  const trees = Array.from({ length: 120 }, (_, i) => treeOf(i % 5));
  const { tables, others } = tabulate(trees, 2);
  expect(tables.length).toBeGreaterThan(2);
  expect(tables.length + others.length).toBeLessThan(60);

  const numbers = [null, -1e300, -1.5, -1, 0, 0.1, 0.5, 1, 1.0000000001];
  const rows = numbers.flatMap((a) =>
    numbers.flatMap((b) => [null, 'x', "y'", 'unseen'].map((t): Row => [a, b, t])),
  );
  const cell = (value: number | string | null) =>
    typeof value === 'string' ? `'${value.replaceAll("'", "''")}'` : String(value ?? 'NULL');
  const got = await runDuckdb(
    `CREATE TABLE raw AS FROM (VALUES ${rows.map((row, i) => `(${[i, ...row.map(cell)].join(', ')})`).join(', ')}) AS r(i, a, b, t)`,
    toSql(programOf(trees), { dialect: 'duckdb', from: 'raw', view: 'scored' }),
    'SELECT COLUMNS(* EXCLUDE (a, b, t)) FROM scored ORDER BY i',
  );
  const expected = rows.map((row, i) => [
    i,
    ...[0, 1].map((k) => trees.reduce((sum, tree) => sum + leafOf(tree, row)[k], 0)),
  ]);
  got.forEach((values, i) => {
    expected[i].forEach((value, j) => {
      expect(values[j]).toBeCloseTo(value, 12);
    });
  });
  expect(got).toHaveLength(rows.length);
});

it('does not convert trees with many splits or infinite leaves', () => {
  const chain = (length: number): ProgramTree =>
    Array.from({ length: 2 * length + 1 }, (_, place): ProgramNode => {
      if (place % 2 === 1 || place === 2 * length) return { kind: 'leaf', values: [place] };
      const [left, right] = [place + 1, place + 2];
      return { kind: 'number', column: place, threshold: 0, missing: 'left', left, right };
    });
  expect(countOf(cellsOf(chain(9)))).toBe(512);
  const infinite: ProgramTree = [{ kind: 'leaf', values: [Infinity] }];
  const { tables, others } = tabulate([chain(3), chain(9), chain(12), infinite], 1);
  expect(tables.map(({ sums }) => sums[0].length)).toEqual([8]);
  expect(others).toEqual([chain(9), chain(12), infinite]);
});

it('combines trees with the same splits into one table', () => {
  const stump = (threshold: number, column = 0): ProgramTree => [
    { kind: 'number', column, threshold, missing: 'right', left: 1, right: 2 },
    { kind: 'leaf', values: [1] },
    { kind: 'leaf', values: [10] },
  ];
  const { tables } = tabulate([stump(2), stump(1), stump(2)], 1);
  expect(tables).toHaveLength(1);
  expect(tables[0].sums).toEqual([[3, 12, 30]]);
});
