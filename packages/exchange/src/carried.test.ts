import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { toJavaScript } from './javascript/to-javascript.js';
import { toOnnx } from './onnx/to-onnx.js';
import type { Expression } from './program/expression.js';
import type { Program, ProgramStep } from './program/program.js';
import { toSql } from './sql/to-sql.js';

/** Two raw numbers, a raw text, and what is made of them. */
function programOf(step: ProgramStep): Program {
  return {
    columns: [
      { name: 'a', kind: 'number' },
      { name: 'b', kind: 'number' },
      { name: 'level', kind: 'text' },
      { name: 'p', kind: 'number' },
      { name: 'q', kind: 'number' },
      { name: 'r', kind: 'number' },
    ],
    inputs: [0, 1, 2],
    steps: [step],
    checks: [],
    output: { kind: 'columns', columns: step.kind === 'compute' ? [3] : [...step.outputs] },
  };
}

const computing = (value: Expression): Program =>
  programOf({ kind: 'compute', of: 'Part', columns: [{ id: 3, value }] });
const ofLevel: Expression = { op: 'column', id: 2 };
const kernel = { name: 'rbf', gamma: 1 } as const;
const vectors = [Float64Array.of(1, 2)];

/** A program for each row of the table. */
const parts: Readonly<Record<string, Program>> = {
  numbers: computing({ op: 'log1p', of: { op: 'column', id: 0 } }),
  texts: computing({
    op: 'lookup',
    of: ofLevel,
    entries: new Map([['red', { op: 'number', value: 1 }]]),
    missing: { op: 'number', value: 0 },
    otherwise: { op: 'number', value: 2 },
  }),
  'parts of dates': computing({ op: 'datePart', part: 'month', of: ofLevel }),
  trees: programOf({
    kind: 'trees',
    of: 'Part',
    trees: [
      [
        { kind: 'number', column: 0, threshold: 1, left: 1, right: 2, missing: 'left' },
        { kind: 'leaf', values: [1] },
        { kind: 'leaf', values: [2] },
      ],
    ],
    outputs: [3],
  }),
  kernels: programOf({
    kind: 'kernel',
    of: 'Part',
    features: [0, 1],
    kernel,
    vectors,
    weights: [Float64Array.of(1)],
    outputs: [3],
  }),
  neighbours: programOf({
    kind: 'neighbors',
    of: 'Part',
    features: [0, 1],
    rows: [...vectors, Float64Array.of(3, 4)],
    codes: Int32Array.of(0, 1),
    nNeighbors: 1,
    weights: 'uniform',
    outputs: [3, 4],
  }),
  'pairs of more than two classes': programOf({
    kind: 'coupling',
    of: 'Part',
    pairs: [0, 1, 0],
    outputs: [3, 4, 5],
  }),
};

const writers: readonly ((program: Program) => unknown)[] = [
  toJavaScript,
  (program) => toSql(program, { dialect: 'duckdb' }),
  toOnnx,
];

const table = readFileSync(join(__dirname, '../README.md'), 'utf8')
  .split('\n')
  .filter((line) => /^\| .* \| (yes|no) /.test(line))
  .map((line) => line.split('|').map((cell) => cell.trim()));

test('the README has a row for each part', () => {
  expect(table.map(([, part]) => part.replace(/[:(].*/, '').trim())).toEqual(Object.keys(parts));
});

test.each(Object.keys(parts).map((part, row) => [part, row] as const))(
  'the README says which targets carry %s',
  (part, row) => {
    const carried = writers.map((write) => {
      try {
        write(parts[part]);
        return 'yes';
      } catch (error) {
        expect(error).toMatchObject({ code: 'unsupported' });
        return 'no';
      }
    });
    expect(table[row].slice(2, 5)).toEqual(carried);
  },
);
