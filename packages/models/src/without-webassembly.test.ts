import {
  type Classifier,
  type ColumnData,
  type FittedClassifier,
  Random,
  type StateReader,
  Table,
} from '@churn/core';
import * as models from './index.js';

// The part of the global object that is missing from the type library without DOM.
declare const WebAssembly: {
  Module: new (bytes: Uint8Array) => object;
  CompileError: new (message: string) => Error;
};

/** The libraries, loaded while WebAssembly does not compile. */
const without = (() => {
  let loaded: { core: typeof import('@churn/core'); models: typeof models };
  const { Module, CompileError } = WebAssembly;
  jest.isolateModules(() => {
    loaded = { core: require('@churn/core'), models: require('./index.js') };
    WebAssembly.Module = class {
      constructor() {
        throw new CompileError('Wasm code generation disallowed by embedder');
      }
    };
    // One failure is enough for this copy of the libraries.
    require('./wasm-module.js').compiles('');
    WebAssembly.Module = Module;
  });
  return loaded!;
})();

/** The bits of numbers, so that -0 is not 0. */
const bitsOf = (arrays: readonly Float64Array[]) =>
  arrays.map((array) => new BigUint64Array(array.slice().buffer));

function rowsOf(seed: string, nRows: number, nClasses: number, hasGaps: boolean) {
  const random = new Random(seed, nRows);
  const y = Array.from({ length: nRows }, () => random.int(nClasses));
  const column = () =>
    Float64Array.from(y, (code) => (hasGaps && random.uniform() < 0.1 ? NaN : code + 2 * random.normal()));
  const columns: Record<string, ColumnData> = { a: column(), b: column(), c: column() };
  return {
    columns,
    y,
    levels: y.map((code) => (random.uniform() < 0.1 ? null : `l${code + random.int(40)}`)),
  };
}

interface Case {
  readonly name: string;
  readonly classifier: Classifier;
  readonly restore: keyof typeof models;
  readonly nClasses: number;
  readonly hasGaps?: boolean;
  readonly hasLevels?: boolean;
}

const { DecisionTreeClassifier, GradientBoostingClassifier, RandomForestClassifier, SVC } = models;
const TREES: readonly Case[] = [
  {
    name: 'a tree',
    classifier: new DecisionTreeClassifier(),
    restore: 'DecisionTreeClassifier',
    nClasses: 2,
  },
  {
    name: 'a forest',
    classifier: new RandomForestClassifier({ nEstimators: 9 }),
    restore: 'RandomForestClassifier',
    nClasses: 2,
    hasGaps: true,
  },
  {
    name: 'a forest of four classes',
    classifier: new RandomForestClassifier({ nEstimators: 5, maxDepth: 6 }),
    restore: 'RandomForestClassifier',
    nClasses: 4,
    hasGaps: true,
  },
  {
    name: 'boosting',
    classifier: new GradientBoostingClassifier({ nEstimators: 8 }),
    restore: 'GradientBoostingClassifier',
    nClasses: 2,
    hasGaps: true,
    hasLevels: true,
  },
  {
    name: 'boosting of three classes',
    classifier: new GradientBoostingClassifier({ nEstimators: 5 }),
    restore: 'GradientBoostingClassifier',
    nClasses: 3,
    hasGaps: true,
    hasLevels: true,
  },
];
const MACHINES: readonly Case[] = (['linear', 'poly', 'rbf', 'sigmoid'] as const).flatMap((kernel) =>
  [2, 3].map(
    (nClasses): Case => ({
      name: `a machine of ${nClasses} classes with a ${kernel} kernel`,
      classifier: new SVC({ kernel, maxIterations: 2000 }),
      restore: 'SVC',
      nClasses,
    }),
  ),
);

/** What a test compares: the fitted model, the same one restored if WebAssembly does not compile, and rows for each. */
function both({ classifier, restore, nClasses, hasGaps = false, hasLevels = false }: Case, nScored: number) {
  const rows = (nRows: number) => {
    const { columns, y, levels } = rowsOf('without', nRows, nClasses, hasGaps);
    return { columns: hasLevels ? { ...columns, level: levels } : columns, y };
  };
  const train = rows(400);
  const asked = rows(nScored).columns;
  const fitted = classifier.fit(Table.fromColumns(train.columns), train.y);
  const { core, models: plainModels } = without;
  const Model = plainModels[restore] as unknown as { restore(state: StateReader): FittedClassifier };
  const state = new core.StateReader(restore, JSON.parse(JSON.stringify(fitted.state)));
  return {
    fitted,
    x: Table.fromColumns(asked),
    plain: Model.restore(state),
    plainX: core.Table.fromColumns(asked),
  };
}

describe.each([...TREES, ...MACHINES])('$name', (model) => {
  // In WebAssembly, rows traverse trees one by one, partitioned by each node, or as sets of rows.
  it.each([3, 1500, 2300])('scores %i rows bit-identically without WebAssembly', (nScored) => {
    const { fitted, x, plain, plainX } = both(model, nScored);
    expect(bitsOf(plain.predictProba(plainX))).toEqual(bitsOf(fitted.predictProba(x)));
  });
});

it.each(TREES)('$name is explained bit-identically without WebAssembly', (model) => {
  const { fitted, x, plain, plainX } = both(model, 40);
  const { treeShap } = models;
  const expected = treeShap(fitted as Parameters<typeof treeShap>[0], x);
  const found = without.models.treeShap(plain as Parameters<typeof treeShap>[0], plainX);
  expect(found.map(({ expectedValue }) => expectedValue)).toEqual(expected.map((one) => one.expectedValue));
  expect(found.map(({ contributions }) => bitsOf(contributions))).toEqual(
    expected.map(({ contributions }) => bitsOf(contributions)),
  );
});

it.each([2, 3])('logistic regression fits %i classes bit-identically without WebAssembly', (nClasses) => {
  const { columns, y } = rowsOf('regression', 700, nClasses, false);
  const options = { penalty: 'elasticnet', l1Ratio: 0.3, C: 0.5 } as const;
  const fitted = new models.LogisticRegression(options).fit(Table.fromColumns(columns), y);
  const { core, models: plainModels } = without;
  const plain = new plainModels.LogisticRegression(options).fit(core.Table.fromColumns(columns), y);
  expect(plain.state).toEqual(fitted.state);
});

/** Penalised regressors of the package, as loaded with or without WebAssembly. */
const penalised = (library: typeof models) =>
  [library.Ridge, library.Lasso, library.PoissonRegressor].map((Regressor) => new Regressor({ alpha: 0.1 }));

it('regressions fit bit-identically without WebAssembly', () => {
  const { columns, y } = rowsOf('regression', 1201, 4, false);
  const { core, models: plainModels } = without;
  const plain = penalised(plainModels).map((model) => model.fit(core.Table.fromColumns(columns), y).state);
  expect(plain).toEqual(penalised(models).map((model) => model.fit(Table.fromColumns(columns), y).state));
});

it.each([1, 2])('neighbours are the same without WebAssembly, with a power of %d', (p) => {
  const { columns, y } = rowsOf('neighbours', 203, 3, false);
  const asked = rowsOf('asked', 70, 3, false).columns;
  const options = { p, weights: 'distance' } as const;
  const fitted = new models.KNeighborsClassifier(options).fit(Table.fromColumns(columns), y);
  const { core, models: plainModels } = without;
  const plain = new plainModels.KNeighborsClassifier(options).fit(core.Table.fromColumns(columns), y);
  expect(bitsOf(plain.predictProba(core.Table.fromColumns(asked)))).toEqual(
    bitsOf(fitted.predictProba(Table.fromColumns(asked))),
  );
});

it.each([TREES[0], TREES[1], TREES[3], MACHINES[0]])(
  '$name reports that fitting needs WebAssembly',
  ({ restore }) => {
    const { core, models: plainModels } = without;
    const Model = plainModels[restore] as unknown as new () => Classifier;
    const { columns, y } = rowsOf('refused', 100, 2, false);
    expect(() => new Model().fit(core.Table.fromColumns(columns), y)).toThrow(
      expect.objectContaining({
        name: 'ChurnError',
        code: 'unsupported',
        message: expect.stringContaining('fitting this model needs WebAssembly, which does not compile here'),
        cause: expect.objectContaining({ message: 'Wasm code generation disallowed by embedder' }),
      }),
    );
  },
);
