import { spawnSync } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { ChurnError, type ClassLabel, Random, Table } from '@churn/core';
import { PEERS_PYTHON, WHERE_PEERS, withPeers } from '../../test/onnx/run-onnx.js';
import { ProtobufWriter } from '../onnx/protobuf-writer.js';
import { fromOnnx } from './from-onnx.js';
import type { ImportedTrees } from './imported-trees.js';

interface Reference {
  readonly rows: readonly (readonly number[])[];
  readonly models: readonly {
    readonly name: string;
    readonly file: string;
    readonly classes: readonly ClassLabel[] | null;
    readonly sklearn: readonly (readonly number[])[] | null;
    readonly onnxruntime: readonly (readonly number[])[];
  }[];
}

const folder = join(__dirname, '../../test/reference');
const reference: Reference = JSON.parse(readFileSync(join(folder, 'onnx_forests.json'), 'utf8'));
const bytesOf = (base64: string) => Uint8Array.from(Buffer.from(base64, 'base64'));

function tableOf(rows: Reference['rows'], names = ['f0', 'f1', 'f2', 'f3']): Table {
  return Table.fromColumns(names.map((name, j) => [name, Float64Array.from(rows, (row) => row[j])]));
}

/** What is predicted of each row: the probabilities, or the amount. */
function predicted(model: ImportedTrees, x: Table): number[][] {
  const columns = model.role === 'classifier' ? model.predictProba(x) : [model.predict(x)];
  return Array.from({ length: x.nRows }, (_, row) => columns.map((column) => column[row]));
}

function farthest(found: readonly (readonly number[])[], expected: readonly (readonly number[])[]): number {
  expect(found).toHaveLength(expected.length);
  return Math.max(
    ...found.flatMap((values, row) => values.map((value, k) => Math.abs(value - expected[row][k]))),
  );
}

function expectLikeThem({ rows, models }: Reference): void {
  const x = tableOf(rows);
  for (const { file, classes, sklearn, onnxruntime } of models) {
    const model = fromOnnx(bytesOf(file));
    if (model.role === 'classifier') expect(model.classes).toEqual(classes);
    const found = predicted(model, x);
    // scikit-learn adds in 64 bits, but a file has leaves of 32; onnxruntime adds in 32.
    if (sklearn) expect(farthest(found, sklearn)).toBeLessThan(1e-6);
    expect(farthest(found, onnxruntime)).toBeLessThan(1e-6);
  }
}

it.each(reference.models.map((model) => [model.name, model] as const))('reads %s', (_, model) => {
  expectLikeThem({ rows: reference.rows, models: [model] });
});

withPeers(`forests of scikit-learn of other sizes${WHERE_PEERS}`, () => {
  it.each([
    [1, 2],
    [20, 12],
  ])('%i trees, %i deep', (nTrees, depth) => {
    const script = join(folder, 'onnx_forests.py');
    const { status, stdout, stderr } = spawnSync(
      PEERS_PYTHON as string,
      [script, String(nTrees), String(depth), '2000'],
      { encoding: 'utf8', maxBuffer: 2 ** 30 },
    );
    if (status !== 0) throw new Error(stderr);
    expectLikeThem(JSON.parse(stdout));
  });
});

it('uses the given names of features and classes', () => {
  const names = ['age', 'balance', 'months', 'calls'];
  const model = fromOnnx(bytesOf(reference.models[0].file), {
    features: names,
    classes: ['stays', 'leaves'],
  });
  expect(model.features).toEqual(names);
  expect(model.role === 'classifier' && model.classes).toEqual(['stays', 'leaves']);
  expect(() => fromOnnx(bytesOf(reference.models[0].file), { features: ['age'] })).toThrow(
    'features: expected 4 unique names, got 1',
  );
});

it('puts the positive class second', () => {
  const x = tableOf(reference.rows);
  // A forest and boosting.
  for (const { file } of [reference.models[0], reference.models[6]]) {
    const plain = fromOnnx(bytesOf(file));
    const turned = fromOnnx(bytesOf(file), { positive: 0 });
    expect(turned.role === 'classifier' && turned.classes).toEqual([1, 0]);
    expect(
      farthest(
        predicted(turned, x).map(([second, first]) => [first, second]),
        predicted(plain, x),
      ),
    ).toBeLessThan(1e-15);
  }
});

type Attributes = Record<
  string,
  number | string | readonly number[] | readonly string[] | { floats: readonly number[] }
>;

/** A file of one node of trees on the input `X` of one column, of 32 bits, or 64. */
function file(
  op: string,
  attributes: Attributes,
  {
    more = [] as readonly (readonly [op: string, input: string, output: string])[],
    elementType = 11,
    input = 'X',
  } = {},
): Uint8Array {
  const writeNode = (writer: ProtobufWriter, op: string, inputs: string, output: string, of: Attributes) => {
    writer.text(1, inputs).text(2, output).text(4, op);
    for (const [name, value] of Object.entries(of)) {
      writer.message(5, (attribute) => {
        attribute.text(1, name);
        if (typeof value === 'number') attribute.integer(3, value);
        else if (typeof value === 'string') attribute.text(4, value);
        else if ('floats' in value) for (const each of value.floats) attribute.float(7, each);
        else if (value.every((each) => typeof each === 'string'))
          for (const each of value) attribute.text(9, each);
        else attribute.integers(8, value as readonly number[]);
      });
    }
  };
  return new ProtobufWriter()
    .message(7, (graph) => {
      graph.message(1, (node) => writeNode(node, op, input, 'made', attributes));
      for (const [op, input, output] of more)
        graph.message(1, (node) => writeNode(node, op, input, output, {}));
      graph.message(11, (value) =>
        value.text(1, 'X').message(2, (type) =>
          type.message(1, (tensor) =>
            tensor.integer(1, elementType).message(2, (shape) => {
              shape.message(1, (dim) => dim.text(2, 'N')).message(1, (dim) => dim.integer(1, 1));
            }),
          ),
        ),
      );
    })
    .finish();
}

/** A regressor of one branch, 1 where it holds and 2 elsewhere. */
function branch(mode: string, threshold: number, tracks = 0): Attributes {
  return {
    nodes_treeids: [0, 0, 0],
    nodes_nodeids: [0, 1, 2],
    nodes_featureids: [0, 0, 0],
    nodes_modes: [mode, 'LEAF', 'LEAF'],
    nodes_values: { floats: [threshold, 0, 0] },
    nodes_truenodeids: [1, 0, 0],
    nodes_falsenodeids: [2, 0, 0],
    nodes_missing_value_tracks_true: [tracks, 0, 0],
    target_treeids: [0, 0],
    target_nodeids: [1, 2],
    target_ids: [0, 0],
    target_weights: { floats: [1, 2] },
  };
}

const HOLDS: Record<string, (x: number, threshold: number) => boolean> = {
  BRANCH_LEQ: (x, t) => x <= t,
  BRANCH_LT: (x, t) => x < t,
  BRANCH_GTE: (x, t) => x >= t,
  BRANCH_GT: (x, t) => x > t,
  BRANCH_EQ: (x, t) => x === t,
  BRANCH_NEQ: (x, t) => x !== t,
};

describe.each(Object.keys(HOLDS))('%s', (mode) => {
  const values = [0.5, 0, -3.25].flatMap((t) =>
    [0, 2 ** -60, -(2 ** -60), 2 ** -26, -(2 ** -26), 2 ** -24, 1].map((by) => t + by),
  );
  const x = tableOf(
    [...values, NaN, -NaN].map((value) => [value]),
    ['f0'],
  );

  it.each([
    ['64', 11, (value: number) => value],
    ['32', 1, Math.fround],
  ] as const)('compares in numbers of %s bits', (_, elementType, rounded) => {
    for (const threshold of [0.5, 0, -3.25]) {
      for (const tracks of [0, 1]) {
        const bytes = file('TreeEnsembleRegressor', branch(mode, threshold, tracks), { elementType });
        const expected = Array.from(x.numeric('f0'), (value) => {
          const holds = HOLDS[mode](rounded(value), threshold) || (Number.isNaN(value) && tracks === 1);
          return [holds ? 1 : 2];
        });
        expect(predicted(fromOnnx(bytes), x)).toEqual(expected);
      }
    }
  });
});

it('adds base values, and converts scores to predictions and probabilities', () => {
  const x = tableOf([[0], [1]], ['f0']);
  const base = { ...branch('BRANCH_LEQ', 0.5), base_values: { floats: [0.5] } };
  expect(predicted(fromOnnx(file('TreeEnsembleRegressor', base)), x)).toEqual([[1.5], [2.5]]);
  const logistic = { ...base, post_transform: 'LOGISTIC' };
  const sigmoid = (value: number) => 1 / (1 + Math.exp(-value));
  predicted(fromOnnx(file('TreeEnsembleRegressor', logistic)), x).forEach(([value], row) => {
    expect(value).toBeCloseTo(sigmoid(1.5 + row), 14);
  });
});

const classifier = (more: Attributes): Attributes => {
  const { target_treeids, target_nodeids, target_ids, target_weights, ...nodes } = branch('BRANCH_LEQ', 0.5);
  return {
    ...nodes,
    class_treeids: [0, 0],
    class_nodeids: [1, 2],
    class_ids: [0, 0],
    class_weights: { floats: [0.25, 0.75] },
    classlabels_int64s: [0, 1],
    ...more,
  };
};

const circle = { nodes_truenodeids: [1, 0, 0], nodes_modes: ['BRANCH_LEQ', 'BRANCH_LEQ', 'LEAF'] };

it.each<[string, string, Uint8Array]>([
  ['model-file', 'one without a graph', new Uint8Array()],
  ['unsupported', 'the file contains 0 tree ensembles', file('LinearClassifier', {})],
  [
    'unsupported',
    'Normalizer follows the trees',
    file('TreeEnsembleClassifier', classifier({}), { more: [['Normalizer', 'made', 'normed']] }),
  ],
  [
    'unsupported',
    'the trees follow Scaler',
    file('TreeEnsembleClassifier', classifier({}), { more: [['Scaler', 'X', 'scaled']], input: 'scaled' }),
  ],
  [
    'unsupported',
    'the trees follow no input',
    file('TreeEnsembleClassifier', classifier({}), { input: 'Y' }),
  ],
  ['unsupported', 'BRANCH_MEMBER', file('TreeEnsembleRegressor', branch('BRANCH_MEMBER', 1))],
  ['unsupported', '2 targets', file('TreeEnsembleRegressor', { ...branch('BRANCH_LT', 1), n_targets: 2 })],
  [
    'unsupported',
    'aggregate_function SUM',
    file('TreeEnsembleRegressor', { ...branch('BRANCH_LT', 1), aggregate_function: 'MIN' }),
  ],
  [
    'unsupported',
    'the post_transform PROBIT',
    file('TreeEnsembleClassifier', classifier({ post_transform: 'PROBIT' })),
  ],
  ['unsupported', 'have 1 classes', file('TreeEnsembleClassifier', classifier({ classlabels_int64s: [0] }))],
  [
    'unsupported',
    'the post_transform NONE',
    file('TreeEnsembleClassifier', classifier({ class_weights: { floats: [-1, 1] } })),
  ],
  ['model-file', 'class_ids', file('TreeEnsembleClassifier', classifier({ class_ids: [0, 5] }))],
  ['model-file', 'class_weights', file('TreeEnsembleClassifier', classifier({ class_ids: [0] }))],
  [
    'model-file',
    'base_values',
    file('TreeEnsembleClassifier', classifier({ base_values: { floats: [1, 2, 3] } })),
  ],
  [
    'model-file',
    'a root for each of 1 trees',
    file('TreeEnsembleRegressor', { ...branch('BRANCH_LT', 1), ...circle }),
  ],
  [
    'model-file',
    'no node 7',
    file('TreeEnsembleRegressor', { ...branch('BRANCH_LT', 1), nodes_truenodeids: [7, 0, 0] }),
  ],
  [
    'model-file',
    'unique node numbers in each tree',
    file('TreeEnsembleRegressor', { ...branch('BRANCH_LT', 1), nodes_nodeids: [0, 0, 2] }),
  ],
  [
    'model-file',
    'nodes_featureids',
    file('TreeEnsembleRegressor', { ...branch('BRANCH_LT', 1), nodes_featureids: [0] }),
  ],
  [
    'model-file',
    'features from 0',
    file('TreeEnsembleRegressor', { ...branch('BRANCH_LT', 1), nodes_featureids: [1e9, 0, 0] }),
  ],
  [
    'model-file',
    'at least 2 features, got 1',
    file('TreeEnsembleRegressor', { ...branch('BRANCH_LT', 1), nodes_featureids: [1, 0, 0] }),
  ],
  ['model-file', 'got NaN', file('TreeEnsembleRegressor', branch('BRANCH_LT', NaN))],
])('rejects as %s: %s', (code, message, bytes) => {
  expect(() => fromOnnx(bytes)).toThrow(
    expect.objectContaining({ code, message: expect.stringContaining(message) }),
  );
});

it('rejects trees with cycles, and trees that would grow without bound', () => {
  // Nodes 1 and 2 lead to each other.
  const modes = ['BRANCH_LT', 'BRANCH_LT', 'BRANCH_LT', 'LEAF'];
  const circle = {
    ...branch('BRANCH_LT', 1),
    nodes_treeids: [0, 0, 0, 0],
    nodes_nodeids: [0, 1, 2, 3],
    nodes_featureids: [0, 0, 0, 0],
    nodes_modes: modes,
    nodes_values: { floats: [1, 2, 3, 0] },
    nodes_truenodeids: [1, 2, 1, 0],
    nodes_falsenodeids: [3, 3, 3, 0],
    nodes_missing_value_tracks_true: [0, 0, 0, 0],
    target_nodeids: [3, 3],
  };
  expect(() => fromOnnx(file('TreeEnsembleRegressor', circle))).toThrow('a cycle');
  // Each equality doubles what is below it.
  const n = 40;
  const numbers = (value: (i: number) => number) => Array.from({ length: 2 * n + 1 }, (_, i) => value(i));
  const chain = {
    ...branch('BRANCH_EQ', 1),
    nodes_treeids: numbers(() => 0),
    nodes_nodeids: numbers((i) => i),
    nodes_featureids: numbers(() => 0),
    nodes_modes: numbers(() => 0).map((_, i) => (i % 2 === 0 && i < 2 * n ? 'BRANCH_EQ' : 'LEAF')),
    nodes_values: { floats: numbers((i) => i) },
    nodes_truenodeids: numbers((i) => i + 1),
    nodes_falsenodeids: numbers((i) => i + 2),
    nodes_missing_value_tracks_true: numbers(() => 0),
  };
  expect(() => fromOnnx(file('TreeEnsembleRegressor', chain))).toThrow('too many equality tests');
});

it('rejects damaged files or reads trees from them', () => {
  const random = new Random(Number(process.env.FUZZ_SEED ?? 1));
  const x = tableOf(reference.rows);
  let [rejected, read] = [0, 0];
  const nTries = Number(process.env.FUZZ ?? 2000);
  for (let attempt = 0; attempt < nTries; attempt++) {
    const bytes = bytesOf(reference.models[attempt % reference.models.length].file);
    for (let n = 1 + random.int(3); n > 0; n--) {
      const at = random.int(bytes.length);
      const how = random.int(3);
      if (how === 0) bytes[at] = random.int(256);
      else if (how === 1) bytes.copyWithin(at, random.int(bytes.length));
      else bytes[at] ^= 1 << random.int(8);
    }
    const damaged = random.uniform() < 0.2 ? bytes.slice(0, random.int(bytes.length)) : bytes;
    try {
      const model = fromOnnx(damaged);
      const names = model.features.length === 4 && model.features.every((name, j) => name === `f${j}`);
      if (names) expect(predicted(model, x)).toHaveLength(x.nRows);
      read++;
    } catch (error) {
      if (!ChurnError.is(error)) throw error;
      rejected++;
    }
  }
  expect(rejected).toBeGreaterThan(nTries / 10);
  expect(read).toBeGreaterThan(nTries / 20);
});
