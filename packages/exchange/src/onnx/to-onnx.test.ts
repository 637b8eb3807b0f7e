import { type ColumnData, cos, exp, log, log1p, pow, Random, Table, tanh } from '@churn/core';
import { columnInputs, type OnnxValue, runOnnx, WHERE_PEERS, withPeers } from '../../test/onnx/run-onnx.js';
import type { Condition, Expression } from '../program/expression.js';
import type {
  Program,
  ProgramColumn,
  ProgramNode,
  ProgramOutput,
  ProgramStep,
  ProgramTree,
} from '../program/program.js';
import { ProtobufMessage } from './protobuf-reader.js';
import { toOnnx } from './to-onnx.js';

const INPUTS: readonly ProgramColumn[] = [
  { name: 'a', kind: 'number' },
  { name: 'b', kind: 'number' },
  { name: 't', kind: 'text' },
];
const [a, b, t]: readonly Expression[] = [0, 1, 2].map((id) => ({ op: 'column', id }));
const number = (value: number) => ({ op: 'number', value }) as const;
const text = (value: string | null) => ({ op: 'text', value }) as const;

/** A program of columns a, b and t, and of more columns that one step makes. */
function program(step: Omit<ProgramStep, 'of'>, made: ProgramColumn[], more: Partial<Program> = {}): Program {
  const columns = [...INPUTS, ...made];
  return {
    columns,
    inputs: [0, 1, 2],
    steps: [{ of: 'Made', ...step } as ProgramStep],
    checks: [],
    output: { kind: 'columns', columns: made.map((_, i) => INPUTS.length + i) },
    ...more,
  };
}

function computing(values: readonly Expression[], kind: ProgramColumn['kind'] = 'number'): Program {
  const made = values.map((_, i) => ({ name: `made ${i}`, kind }));
  const columns = values.map((value, i) => ({ id: INPUTS.length + i, value }));
  return program({ kind: 'compute', columns } as Omit<ProgramStep, 'of'>, made);
}

function rows(nRows: number, seed: number): Table {
  const random = new Random(seed);
  const numbers = (special: readonly number[]) =>
    Float64Array.from({ length: nRows }, (_, i) =>
      i < special.length ? special[i] : random.uniform() < 0.1 ? NaN : random.normal(),
    );
  const texts: ColumnData = Array.from(
    { length: nRows },
    () => ['x', 'y', 'z', 'unseen', null][random.int(5)],
  );
  return Table.fromColumns({
    a: numbers([NaN, 0, -0, 1, -1, 1e-17, 1e-9, 0.1, 0.1 + 2 ** -56, 0.5, 0.999999, 2, 3, 50, 700, 1e300]),
    b: numbers([1, NaN, 2, 2, 5, -1, 0, 0.1]),
    t: texts,
  });
}

type RowOracle = (a: number, b: number, t: string | null) => number;

const caseOf = (when: Condition, then: Expression) => ({ when, then });
const when = (condition: Condition): Expression => ({
  op: 'choose',
  cases: [caseOf(condition, number(1))],
  otherwise: number(0),
});
const entries = new Map([
  ['x', number(1)],
  ['y', number(2)],
]);
const known = (value: string | null) => (value === 'x' ? 1 : value === 'y' ? 2 : undefined);
const POINTS = { x: [-1, 0, 0.5, 2, 3], y: [0, 0.1, 0.5, 0.6, 1] };
const EDGES = { edges: [-1, 0, 0.1, 0.5, 2], values: [0, 1, 2, 3, 4, 5] };

const EXPRESSIONS: Record<string, [Expression, RowOracle]> = {
  'a constant': [number(5), () => 5],
  addition: [{ op: 'add', of: [a, b, number(3)] }, (a, b) => a + b + 3],
  subtraction: [{ op: 'subtract', of: [a, b] }, (a, b) => a - b],
  multiplication: [{ op: 'multiply', of: [a, b] }, (a, b) => a * b],
  division: [{ op: 'divide', of: [a, b] }, (a, b) => a / b],
  'a line of two terms': [
    { op: 'linear', intercept: 0.5, terms: [a, b].map((of) => ({ weight: 2, of })) },
    (a, b) => 0.5 + 2 * a + 2 * b,
  ],
  'a line of three terms': [
    { op: 'linear', intercept: 0.5, terms: [a, b, number(3)].map((of) => ({ weight: 2, of })) },
    (a, b) => 0.5 + 2 * a + 2 * b + 6,
  ],
  negate: [{ op: 'negate', of: a }, (a) => -a],
  abs: [{ op: 'abs', of: a }, (a) => Math.abs(a)],
  exp: [{ op: 'exp', of: a }, (a) => exp(a)],
  log: [{ op: 'log', of: a }, (a) => log(a)],
  log1p: [{ op: 'log1p', of: a }, (a) => log1p(a)],
  expm1: [{ op: 'expm1', of: a }, (a) => Math.expm1(a)],
  sqrt: [{ op: 'sqrt', of: a }, (a) => Math.sqrt(a)],
  cos: [{ op: 'cos', of: b }, (_, b) => cos(b)],
  tanh: [{ op: 'tanh', of: a }, (a) => tanh(a)],
  sigmoid: [{ op: 'sigmoid', of: a }, (a) => 1 / (1 + exp(-a))],
  'the power 0.37': [{ op: 'power', of: a, exponent: 0.37 }, (a) => pow(a, 0.37)],
  'the power 0': [{ op: 'power', of: a, exponent: 0 }, (a) => (Number.isNaN(a) ? NaN : 1)],
  min: [{ op: 'min', of: [a, b] }, (a, b) => Math.min(a, b)],
  max: [{ op: 'max', of: [a, b] }, (a, b) => Math.max(a, b)],
  'cases of which the first holds': [
    {
      op: 'choose',
      cases: [
        caseOf({ op: 'less', left: a, right: number(0) }, number(-1)),
        caseOf({ op: 'not', of: { op: 'lessOrEqual', left: a, right: b } }, b),
      ],
      otherwise: { op: 'multiply', of: [a, number(10)] },
    },
    (a, b) => (a < 0 ? -1 : !(a <= b) ? b : a * 10),
  ],
  'a lookup of numbers': [
    { op: 'lookup', of: t, entries, missing: number(NaN), otherwise: number(-1) },
    (_, __, t) => (t === null ? NaN : (known(t) ?? -1)),
  ],
  'a lookup with other columns': [
    { op: 'lookup', of: t, entries, missing: a, otherwise: b },
    (a, b, t) => (t === null ? a : (known(t) ?? b)),
  ],
  'a lookup of nothing': [
    { op: 'lookup', of: t, entries: new Map(), missing: number(1), otherwise: number(-1) },
    (_, __, t) => (t === null ? 1 : -1),
  ],
  'one of some levels': [
    when({ op: 'oneOf', of: t, levels: ['x', 'z'] }),
    (_, __, t) => Number(t === 'x' || t === 'z'),
  ],
  'one of no levels': [when({ op: 'oneOf', of: t, levels: [] }), () => 0],
  'equal texts': [when({ op: 'equal', left: t, right: text('x') }), (_, __, t) => Number(t === 'x')],
  'texts equal to a missing one': [when({ op: 'equal', left: t, right: text(null) }), () => 0],
  'a missing number': [when({ op: 'isMissing', of: a }), (a) => Number(Number.isNaN(a))],
  'a missing text': [when({ op: 'isMissing', of: t }), (_, __, t) => Number(t === null)],
  'an infinite number': [
    when({ op: 'isInfinite', of: { op: 'divide', of: [number(1), a] } }),
    (a) => Number(a === 0),
  ],
  'all of none': [when({ op: 'and', of: [] }), () => 1],
  'any of two': [
    when({
      op: 'or',
      of: [
        { op: 'isMissing', of: a },
        { op: 'equal', left: b, right: number(2) },
      ],
    }),
    (a, b) => Number(Number.isNaN(a) || b === 2),
  ],
  'lines between points': [
    { op: 'interpolate', of: a, ...POINTS },
    (value) => {
      const i = POINTS.x.findIndex((x) => value <= x);
      if (i <= 0) return i === 0 ? 0 : Number.isNaN(value) ? NaN : 1;
      const [x0, x1, y0, y1] = [POINTS.x[i - 1], POINTS.x[i], POINTS.y[i - 1], POINTS.y[i]];
      return y0 + ((value - x0) / (x1 - x0)) * (y1 - y0);
    },
  ],
  'one point': [{ op: 'interpolate', of: a, x: [2], y: [7] }, (a) => (Number.isNaN(a) ? NaN : 7)],
  steps: [
    { op: 'step', of: a, ...EDGES },
    (value) => (Number.isNaN(value) ? NaN : EDGES.edges.filter((edge) => edge < value).length),
  ],
};

const isClose = (found: number, expected: number) =>
  Object.is(found, expected) ||
  found === expected ||
  (Number.isNaN(found) && Number.isNaN(expected)) ||
  Math.abs(found - expected) <= 1e-14 * Math.max(1, Math.abs(expected));

withPeers(`expressions in onnxruntime${WHERE_PEERS}`, () => {
  const x = rows(400, 1);
  const cells = Array.from({ length: x.nRows }, (_, row) => x.row(row));
  let found: OnnxValue;

  beforeAll(() => {
    const values = Object.values(EXPRESSIONS).map(([value]) => value);
    [{ numbers: found }] = runOnnx([{ model: toOnnx(computing(values)), inputs: columnInputs(x) }]);
  });

  it.each(Object.keys(EXPRESSIONS).map((name, at) => [name, at] as const))('%s', (name, at) => {
    const oracle = EXPRESSIONS[name][1];
    const width = found.shape[1];
    cells.forEach((cell, row) => {
      const number = (name: string) => (cell[name] as number | null) ?? NaN;
      const expected = oracle(number('a'), number('b'), cell.t as string | null);
      const value = Number(found.values[row * width + at]);
      if (!isClose(value, expected)) expect([cell, value]).toEqual([cell, expected]);
    });
  });

  it('makes texts of texts', () => {
    const texts: Expression[] = [
      {
        op: 'lookup',
        of: t,
        entries: new Map([['x', text('ex')]]),
        missing: text('none'),
        otherwise: text(null),
      },
      { op: 'lookup', of: t, entries: new Map([['x', text('ex')]]), missing: text(null), otherwise: t },
    ];
    const job = { model: toOnnx(computing(texts, 'text')), inputs: columnInputs(x) };
    const expected = cells.flatMap(({ t }) => [
      t === null ? 'none' : t === 'x' ? 'ex' : '',
      t === null ? '' : t === 'x' ? 'ex' : t,
    ]);
    expect(runOnnx([job])[0].texts.values).toEqual(expected);
  });
});

/** A tree of random splits of numbers and of sets of levels. */
function randomTree(random: Random, nValues: number, depth: number): ProgramTree {
  const nodes: ProgramNode[] = [];
  const grow = (left: number): number => {
    const at = nodes.length;
    nodes.push({ kind: 'leaf', values: Array.from({ length: nValues }, () => random.normal()) });
    if (left === 0 || random.uniform() < 0.2) return at;
    const [first, second] = [grow(left - 1), grow(left - 1)];
    if (random.uniform() < 0.4) {
      const levels = ['x', 'y', 'z'].filter(() => random.uniform() < 0.5);
      nodes[at] = { kind: 'text', column: 2, levels, inside: first, outside: second };
    } else {
      const missing = random.uniform() < 0.5 ? 'left' : 'right';
      const threshold = random.uniform() < 0.1 ? 0.1 : random.normal();
      nodes[at] = { kind: 'number', column: random.int(2), threshold, left: first, right: second, missing };
    }
    return at;
  };
  grow(depth);
  return nodes;
}

function leafValues(tree: ProgramTree, cells: Record<string, unknown>): readonly number[] {
  let node = tree[0];
  while (node.kind !== 'leaf') {
    const value = cells[INPUTS[node.column].name];
    if (node.kind === 'text') node = tree[node.levels.includes(String(value)) ? node.inside : node.outside];
    else if (value === null) node = tree[node[node.missing]];
    else node = tree[Number(value) <= node.threshold ? node.left : node.right];
  }
  return node.values;
}

const made = (count: number): ProgramColumn[] =>
  Array.from({ length: count }, (_, k) => ({ name: `made ${k}`, kind: 'number' }));

withPeers(`steps in onnxruntime${WHERE_PEERS}`, () => {
  const x = rows(400, 2);
  const cells = Array.from({ length: x.nRows }, (_, row) => x.row(row));

  function numbersOf(steps: readonly Program[], table = x): Float64Array[] {
    const jobs = steps.map((each) => ({ model: toOnnx(each), inputs: columnInputs(table) }));
    return runOnnx(jobs).map(({ numbers }) => numbers.values as Float64Array);
  }

  it('adds up trees', () => {
    const random = new Random(3);
    const forests = Array.from({ length: 30 }, (_, i) => {
      const nValues = 1 + (i % 3);
      return Array.from({ length: 1 + random.int(20) }, () => randomTree(random, nValues, random.int(6)));
    });
    const programs = forests.map((trees) => {
      const nValues = (trees[0].at(-1) as ProgramNode & { kind: 'leaf' }).values.length;
      return program({ kind: 'trees', trees, outputs: [3, 4, 5].slice(0, nValues) } as never, made(nValues));
    });
    numbersOf(programs).forEach((found, i) => {
      const expected = cells.flatMap((cell) => {
        const leaves = forests[i].map((tree) => leafValues(tree, cell));
        return leaves[0].map((_, k) => leaves.reduce((sum, values) => sum + values[k], 0));
      });
      expect(found).toHaveLength(expected.length);
      expect(Math.max(...found.map((value, at) => Math.abs(value - expected[at])))).toBeLessThan(1e-13);
    });
  });

  it('sums class fractions, with the last one computed from the others and never below 0', () => {
    const random = new Random(4);
    const trees = Array.from({ length: 7 }, () =>
      randomTree(random, 1, 5).map((node) => {
        if (node.kind !== 'leaf') return node;
        const share = random.uniform() < 0.3 ? 1 : random.uniform();
        return { ...node, values: [share / 7, (1 - share) / 7] };
      }),
    );
    const [found] = numbersOf([program({ kind: 'trees', trees, outputs: [3, 4] } as never, made(2))]);
    cells.forEach((cell, row) => {
      const leaves = trees.map((tree) => leafValues(tree, cell));
      [0, 1].forEach((k) => {
        const sum = leaves.reduce((total, values) => total + values[k], 0);
        expect(Math.abs(found[2 * row + k] - sum)).toBeLessThan(1e-15);
      });
      expect(found[2 * row + 1]).toBeGreaterThanOrEqual(0);
    });
  });

  const vectors = Array.from({ length: 20 }, (_, v) => {
    const random = new Random(v);
    return Float64Array.of(random.normal(), random.normal());
  });
  const products = (x: Float64Array, v: Float64Array) => x[0] * v[0] + x[1] * v[1];
  const KERNELS = [
    [{ name: 'linear' }, products],
    [
      { name: 'rbf', gamma: 0.7 },
      (x: Float64Array, v: Float64Array) => exp(-0.7 * ((x[0] - v[0]) ** 2 + (x[1] - v[1]) ** 2)),
    ],
    [
      { name: 'poly', gamma: 0.7, coef0: 1, degree: 3 },
      (x: Float64Array, v: Float64Array) => (0.7 * products(x, v) + 1) ** 3,
    ],
    [
      { name: 'sigmoid', gamma: 0.7, coef0: 0.1 },
      (x: Float64Array, v: Float64Array) => tanh(0.7 * products(x, v) + 0.1),
    ],
  ] as const;

  it('computes weighted sums of kernels', () => {
    const tame = rows(300, 5).take(Array.from({ length: 280 }, (_, i) => 20 + i));
    const weights = [0, 1].map((k) => Float64Array.from(vectors, (_, v) => Math.sin(v + k)));
    const parts = { kind: 'kernel', features: [0, 1], vectors, weights, outputs: [3, 4] };
    const programs = KERNELS.map(([kernel]) => program({ ...parts, kernel } as never, made(2)));
    numbersOf(programs, tame).forEach((found, i) => {
      for (let row = 0; row < tame.nRows; row++) {
        const point = Float64Array.of(tame.numeric('a')[row], tame.numeric('b')[row]);
        weights.forEach((ofOutput, k) => {
          const expected = vectors.reduce((sum, v, at) => sum + ofOutput[at] * KERNELS[i][1](point, v), 0);
          expect(isClose(found[2 * row + k] / 100, expected / 100)).toBe(true);
        });
      }
    });
  });

  it.each(['uniform', 'distance'] as const)('finds the nearest rows with weights: %s', (weights) => {
    const random = new Random(6);
    // On a grid, where many are equally near.
    const kept = Array.from({ length: 60 }, () => Float64Array.of(random.int(4), random.int(4)));
    const codes = Int32Array.from(kept, () => random.int(3));
    const parts = { kind: 'neighbors', features: [0, 1], rows: kept, codes, nNeighbors: 7, weights };
    const asked = Table.fromColumns({
      a: Float64Array.from({ length: 200 }, () => random.int(8) / 2),
      b: Float64Array.from({ length: 200 }, () => random.int(8) / 2),
      t: Array.from({ length: 200 }, () => 'x'),
    });
    const [found] = numbersOf([program({ ...parts, outputs: [3, 4, 5] } as never, made(3))], asked);
    for (let row = 0; row < asked.nRows; row++) {
      const [p, q] = [asked.numeric('a')[row], asked.numeric('b')[row]];
      const near = kept
        .map((each, at) => ({ at, distance: Math.sqrt((each[0] - p) ** 2 + (each[1] - q) ** 2) }))
        .sort((left, right) => left.distance - right.distance || left.at - right.at)
        .slice(0, 7);
      const isHere = near.some(({ distance }) => distance === 0);
      const says = near.map(({ distance }) =>
        weights === 'uniform' ? 1 : isHere ? Number(distance === 0) : 1 / distance,
      );
      const all = says.reduce((sum, value) => sum + value, 0);
      [0, 1, 2].forEach((k) => {
        const sum = near.reduce((total, { at }, i) => total + (codes[at] === k ? says[i] : 0), 0);
        expect(Math.abs(found[3 * row + k] - sum / all)).toBeLessThan(1e-14);
      });
    }
  });

  const classesOf = (classes: readonly (string | number | boolean)[], threshold?: number): Program => ({
    ...computing([
      { op: 'sigmoid', of: a },
      { op: 'subtract', of: [number(1), { op: 'sigmoid', of: a }] },
    ]),
    checks: [{ when: { op: 'less', left: b, right: number(-1) }, expected: 'a b from -1' }],
    output: { kind: 'classes', classes, probabilities: [4, 3], threshold } as ProgramOutput,
  });

  it.each([
    ['object', ['no', 'yes'], ''],
    ['int64', [0, 1], -(2 ** 63)],
    ['int64', [false, true], -(2 ** 63)],
    ['float64', [0.5, 1.5], NaN],
  ] as const)('labels rows as %s, and rejected ones as missing', (type, classes, missing) => {
    const jobs = [undefined, 0.7].map((threshold) => ({
      model: toOnnx(classesOf(classes, threshold)),
      inputs: columnInputs(x),
    }));
    runOnnx(jobs).forEach(({ label, probabilities }, at) => {
      expect(label.type).toBe(type === 'object' ? 'text' : type);
      expect(label.shape).toEqual([x.nRows]);
      cells.forEach(({ a, b }, row) => {
        const [first, second] = probabilities.values.slice(2 * row, 2 * row + 2) as Float64Array;
        const isRefused = a === null || (b !== null && Number(b) < -1);
        expect([Number.isNaN(first), Number.isNaN(second)]).toEqual([isRefused, isRefused]);
        const isSecond = at === 1 ? second >= 0.7 : second > first;
        const expected = isRefused ? missing : classes[Number(isSecond)];
        expect(label.values[row]).toEqual(typeof expected === 'boolean' ? Number(expected) : expected);
      });
    });
  });

  it('accepts a matrix and returns regression predictions', () => {
    const taken: Program = {
      columns: [...INPUTS.slice(0, 2), { name: 'sum', kind: 'number' }],
      inputs: [0, 1],
      steps: [{ kind: 'compute', of: 'Sum', columns: [{ id: 2, value: { op: 'add', of: [a, b] } }] }],
      checks: [],
      output: { kind: 'amount', amount: 2 },
    };
    const values = Float64Array.of(1, 2, 3, 4, NaN, 6);
    const model = toOnnx(taken, { input: 'matrix' });
    const [{ amount }] = runOnnx([{ model, inputs: { features: { shape: [3, 2], values } } }]);
    expect(amount).toEqual({ shape: [3], type: 'float64', values: Float64Array.of(3, 7, NaN) });
    const wider = toOnnx(taken, { input: 'matrix', features: ['b', 'unread', 'a'] });
    const [{ amount: same }] = runOnnx([{ model: wider, inputs: { features: { shape: [2, 3], values } } }]);
    expect(same.values).toEqual(Float64Array.of(4, 10));
  });
});

it('writes the metadata', () => {
  const { output } = {
    output: { kind: 'classes', classes: ['no', 'yes'], probabilities: [0, 1], threshold: 0.3 },
  };
  const bytes = toOnnx({ ...computing([a]), output: output as ProgramOutput }, { metadata: { hash: 'abc' } });
  const model = new ProtobufMessage(bytes);
  const entries = model.messages(14).map((entry) => [entry.text(1), entry.text(2)]);
  expect(Object.fromEntries(entries)).toEqual({
    inputs: '["a","b","t"]',
    classes: '["no","yes"]',
    threshold: '0.3',
    hash: 'abc',
  });
  expect(model.messages(8).map((opset) => [opset.text(1), opset.integer(2)])).toEqual([
    ['', 21],
    ['ai.onnx.ml', 5],
  ]);
  const graph = model.message(7) as ProtobufMessage;
  expect(graph.messages(11).map((input) => input.text(1))).toEqual(['a', 'b', 't']);
  expect(graph.messages(12).map((output) => output.text(1))).toEqual(['probabilities', 'label']);
});

it('contains equal operators and constants only once', () => {
  const twice: Expression = { op: 'add', of: [{ op: 'exp', of: a }, number(1)] };
  const graph = new ProtobufMessage(toOnnx(computing([twice, twice]))).message(7) as ProtobufMessage;
  const operators = graph.messages(1).map((node) => node.text(4));
  expect(operators.filter((each) => each === 'Exp' || each === 'Add')).toEqual(['Exp', 'Add']);
});

it('distinguishes outputs from inputs of the same name', () => {
  const columns = INPUTS.map((column, i) => (i === 0 ? { ...column, name: 'numbers' } : column));
  const bytes = toOnnx({ ...computing([a]), columns: [...columns, ...made(1)] });
  const graph = new ProtobufMessage(bytes).message(7) as ProtobufMessage;
  expect(graph.messages(12).map((output) => output.text(1))).toEqual(['numbers_']);
});

it.each<[string, () => Uint8Array]>([
  [
    'Made: ONNX has no operators for dates',
    () => toOnnx(computing([{ op: 'datePart', part: 'year', of: t }])),
  ],
  ['Made: ONNX has no operators for dates', () => toOnnx(computing([when({ op: 'isDate', of: t })]))],
  ['expected numeric columns, but t has texts', () => toOnnx(computing([a]), { input: 'matrix' })],
  [
    'Made: the level "" is also the text for missing values',
    () => toOnnx(computing([when({ op: 'oneOf', of: t, levels: ['x', ''] })])),
  ],
  ['the same prediction for all rows', () => toOnnx({ ...computing([]), inputs: [] })],
  [
    'expected a name for each column',
    () => toOnnx({ ...computing([]), columns: INPUTS.map((column) => ({ ...column, name: '' })) }),
  ],
])('rejects by name: %s', (message, write) => {
  expect(write).toThrow(
    expect.objectContaining({ code: 'unsupported', message: expect.stringContaining(message) }),
  );
});
