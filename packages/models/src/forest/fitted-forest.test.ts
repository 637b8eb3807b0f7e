import { type JsonObject, packArray, StateReader, Table } from '@churn/core';
import { DecisionTreeClassifier } from './decision-tree.js';
import { RandomForestClassifier } from './random-forest.js';

const x = Table.fromColumns({ a: [1, 2, 3, 4, 5, 6], b: [0, 1, 0, 1, 0, NaN] });
const y = ['n', 'n', 'y', 'y', 'n', 'y'];
const fitted = new RandomForestClassifier({ nEstimators: 3, oobScore: true }).fit(x, y);

function stateWith(path: readonly string[], value: unknown): JsonObject {
  const state = JSON.parse(JSON.stringify(fitted.state));
  const parent = path.slice(0, -1).reduce((object, key) => object[key], state);
  if (value === undefined) delete parent[path[path.length - 1]];
  else parent[path[path.length - 1]] = value;
  return state;
}

const restore = (state: JsonObject) => RandomForestClassifier.restore(new StateReader('', state));
const { arrays } = fitted.forest.trees;

it('is restored from its state', () => {
  expect(restore(stateWith(['oobScore'], null)).forest.oobScore).toBeNull();
  expect(restore(stateWith(['oobScore'], 0.5)).predictProba(x)).toEqual(fitted.predictProba(x));
});

describe.each([
  [['classes']],
  [['binning']],
  [['binning', 'features']],
  [['binning', 'features', '0', 'name']],
  [['binning', 'features', '0', 'edges']],
  [['trees']],
  [['trees', 'columns']],
  [['trees', 'bins']],
  [['trees', 'sets']],
  [['trees', 'nodesPerTree']],
  [['trees', 'leafValues']],
  [['trees', 'leafWeights']],
  [['importances']],
  [['oobScore']],
])('a state with a changed %j', (path) => {
  it.each<[string, unknown]>([
    ['nothing', undefined],
    ['true', true],
    ['a text that is no base64', '?'],
    ['a list', [{}]],
    ['an object', { a: 1 }],
  ])('is rejected: %s', (what, value) => {
    // Any text is a name.
    const isName = path[path.length - 1] === 'name' && typeof value === 'string';
    const expected = { what, refusal: isName ? 'none' : 'model-file' };
    expect({ what, refusal: refusal(stateWith(path, value)) }).toEqual(expected);
  });
});

it.each<[string, string[], unknown]>([
  ['one class', ['classes'], ['n']],
  ['a duplicate class', ['classes'], ['n', 'n']],
  ['more classes than trees support', ['classes'], Array.from({ length: 257 }, (_, k) => k)],
  ['a duplicate feature', ['binning', 'features', '1', 'name'], 'a'],
  ['a category', ['binning', 'features', '0'], { name: 'a', levels: ['u'] }],
  ['a share above 1', ['trees', 'leafValues'], packArray(arrays.leafValues.map(() => 77))],
  ['a negative share', ['trees', 'leafValues'], packArray(arrays.leafValues.map(() => -0.5))],
  ['importances beyond 1', ['importances'], [0.9, 0.9]],
  ['a score above 1', ['oobScore'], 1.5],
  ['a missing importance', ['importances'], [1]],
  ['an importance that is not a number', ['importances'], [1, null]],
  ['no trees', ['trees', 'nodesPerTree'], packArray(new Int32Array(0))],
  ['decreasing edges', ['binning', 'features', '0', 'edges'], packArray(Float64Array.of(2, 1))],
  ['a missing edge', ['binning', 'features', '0', 'edges'], packArray(Float64Array.of(NaN))],
  ['a tree without nodes', ['trees', 'nodesPerTree'], packArray(Int32Array.of(0, 1, 1))],
  ['a missing column', ['trees', 'columns'], packArray(arrays.columns.subarray(1))],
  ['an unknown column', ['trees', 'columns'], packArray(arrays.columns.map(() => 4))],
  ['a missing bin', ['trees', 'bins'], packArray(arrays.bins.subarray(1))],
  ['a set', ['trees', 'sets'], packArray(new Int32Array(8))],
  ['a missing leaf', ['trees', 'leafValues'], packArray(arrays.leafValues.subarray(1))],
  ['a missing value', ['trees', 'leafValues'], packArray(arrays.leafValues.map(() => NaN))],
  ['a missing weight', ['trees', 'leafWeights'], packArray(arrays.leafWeights.subarray(1))],
  ['an infinite weight', ['trees', 'leafWeights'], packArray(arrays.leafWeights.map(() => Infinity))],
])('a state with %s is rejected', (_, path, value) => {
  expect(refusal(stateWith(path, value))).toBe('model-file');
});

/** The code of the error for a state. */
function refusal(state: JsonObject): unknown {
  try {
    restore(state);
  } catch (error) {
    return (error as { code?: unknown }).code ?? error;
  }
  return 'none';
}

describe('importances', () => {
  it('are the shares of the decrease in Gini impurity, computed by hand', () => {
    // 2 of 9 rows are of the first class: 9 (1 - 4/81 - 49/81) = 28/9. Split by a, 3 (1 - 4/9 - 1/9) = 12/9 is left, and by b nothing.
    const table = Table.fromColumns({
      a: [0, 0, 0, 1, 1, 1, 1, 1, 1],
      b: [0, 0, 1, 0, 0, 0, 0, 0, 1],
      constant: new Float64Array(9),
    });
    const { importances } = new DecisionTreeClassifier().fit(table, [0, 0, 1, 1, 1, 1, 1, 1, 1]).forest;
    [4 / 7, 3 / 7, 0].forEach((share, feature) => {
      expect(importances[feature]).toBeCloseTo(share, 14);
    });
  });

  it('are the shares of the decrease in entropy, computed by hand', () => {
    // One of 4 rows is of the first class, and c separates it from the rest of its half.
    const table = Table.fromColumns({ a: [0, 0, 1, 1], c: [0, 1, 0, 0] });
    const tree = new DecisionTreeClassifier({ criterion: 'entropy' }).fit(table, [0, 1, 1, 1]);
    const entropy = (p: number) => -p * Math.log(p) - (1 - p) * Math.log(1 - p);
    const root = 4 * entropy(1 / 4);
    expect(tree.forest.importances[0]).toBeCloseTo((root - 2 * entropy(1 / 2)) / root, 14);
    expect(tree.forest.importances[1]).toBeCloseTo((2 * entropy(1 / 2)) / root, 14);
  });

  it('are 0 if no tree has a split', () => {
    const table = Table.fromColumns({ a: [1, 1], b: [2, 2] });
    expect(new RandomForestClassifier().fit(table, [0, 1]).forest.importances).toEqual([0, 0]);
  });
});

it('rejects leaves whose class shares do not sum to 1', () => {
  const { state } = new DecisionTreeClassifier().fit(x, ['n', 'm', 'y', 'y', 'n', 'm']);
  const { leafValues } = new DecisionTreeClassifier().fit(x, ['n', 'm', 'y', 'y', 'n', 'm']).forest.trees
    .arrays;
  const trees = {
    ...(state.trees as JsonObject),
    leafValues: packArray(leafValues.map((share) => share / 2)),
  };
  const restoreTree = (given: JsonObject) => DecisionTreeClassifier.restore(new StateReader('Tree', given));
  expect(restoreTree(state).predictProba(x)).toHaveLength(3);
  expect(() => restoreTree({ ...state, trees })).toThrow(
    '"trees" to be of leaves whose class shares add up to 1',
  );
});
