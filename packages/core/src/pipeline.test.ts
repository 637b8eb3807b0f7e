import { Centre, Drop, NearestMean, Products } from '../test/parts.js';
import type { Classifier, FittedClassifier } from './classifier.js';
import { ChurnError } from './error.js';
import { FittedPipeline } from './fitted-pipeline.js';
import type { FittedPart } from './model.js';
import { Pipeline } from './pipeline.js';
import type { RowStep } from './row-step.js';
import { StateReader } from './state-reader.js';
import { Table } from './table.js';
import type { TargetLike } from './target.js';
import type { FittedTransformer, Transformer } from './transformer.js';

const x = Table.fromRows([
  { id: 101, age: 20, gender: 'M' },
  { id: 102, age: 30, gender: 'F' },
  { id: 103, age: 60, gender: null },
  { id: 104, age: 70, gender: 'F' },
]);
const y = ['stays', 'stays', 'leaves', 'leaves'];
const failure = (code: string, message: string) => expect.objectContaining({ code, message });
const withId = () => new Pipeline([new Centre('age')], firstOf('age')).fit(x, y);

/** A classifier that looks at one column, whatever others there are. */
function firstOf(column: string): Classifier<ReturnType<NearestMean['fit']>> {
  return {
    role: 'classifier',
    fit: (table, labels) => new NearestMean().fit(table.select([column]), labels),
  };
}

/** Adds a column that differs between `fitTransform` and `transform`, as out-of-fold encodings do. */
const outOfFold: Transformer = {
  role: 'transformer',
  fit: (): FittedTransformer => ({
    role: 'transformer',
    type: 'OutOfFold',
    state: {},
    transform: (table) => table.with({ encoded: table.numeric('age').map(() => 0) }),
  }),
  fitTransform(table, labels) {
    return { fitted: this.fit(table, labels), output: table.with({ encoded: [1, 2, 3, 4] }) };
  },
};

describe('Pipeline', () => {
  it('fits each step on the output of the previous one', () => {
    const model = new Pipeline([new Drop(['id', 'gender']), new Centre('age')], new NearestMean()).fit(x, y);
    expect(model.steps[1].state).toEqual({ column: 'age', mean: 45 });
    expect(model.model?.state).toEqual({
      feature: 'age',
      classes: ['leaves', 'stays'],
      sharpness: 1,
      means: [20, -20],
      weights: [2, 2],
    });
    expect(model.predict(Table.fromRows([{ age: 69 }, { age: 21 }]))).toEqual(['leaves', 'stays']);
  });

  it('fits the model on the result of fitTransform, and predicts from that of transform', () => {
    const model = new Pipeline([outOfFold], firstOf('encoded')).fit(x, y);
    expect(model.model?.state.means).toEqual([3.5, 1.5]);
    expect(model.transform(x).numeric('encoded')).toEqual(Float64Array.of(0, 0, 0, 0));
  });

  it('passes the labels to every step', () => {
    const seen: (TargetLike | undefined)[] = [];
    const watching: Transformer = {
      ...outOfFold,
      fitTransform: (table, labels) => {
        seen.push(labels);
        return outOfFold.fitTransform(table, labels);
      },
    };
    new Pipeline([watching, watching], firstOf('age')).fit(x, y);
    expect(seen).toEqual([expect.objectContaining({ length: 4 }), seen[0]]);
  });

  it('rejects a table without rows, and a different number of labels', () => {
    const pipeline = new Pipeline([], firstOf('age'));
    expect(() => pipeline.fit(x.take([]), [])).toThrow(
      failure('invalid-data', 'cannot fit a pipeline on a table without rows'),
    );
    expect(() => pipeline.fit(x, ['stays'])).toThrow(
      failure('invalid-data', 'expected 4 labels, one per row, got 1'),
    );
  });
});

describe('FittedPipeline', () => {
  it('requires the columns of training, and reports all mismatches in one message', () => {
    const model = withId();
    expect(model.features).toEqual(['id', 'age', 'gender']);
    expect(model.classes).toEqual(['leaves', 'stays']);
    const problems =
      'missing: "id"; "age" should hold numbers, not text; "gender" should hold categories, not numbers';
    const wrong = Table.fromRows([{ age: 'old', gender: 1 }]);
    for (const call of ['transform', 'predict', 'predictProba'] as const) {
      expect(() => model[call](wrong)).toThrow(
        failure('column-name', `the columns do not match those of training: ${problems}`),
      );
    }
  });

  it('ignores other columns and the order of columns', () => {
    const model = withId();
    const shuffled = x.select(['gender', 'age', 'id']).with({ churned: y });
    expect(model.predictProba(shuffled)).toEqual(model.predictProba(x));
    expect(model.transform(shuffled).names).toEqual(['id', 'age', 'gender']);
  });

  it('does not require columns that its first steps remove unread', () => {
    const model = new Pipeline(
      [new Drop(['id']), new Drop(['gender']), new Centre('age')],
      firstOf('age'),
    ).fit(x, y);
    expect(model.features).toEqual(['age']);
    expect(model.predict(x.select(['age']))).toEqual(model.predict(x));
  });

  it('requires columns that a later step removes, since an earlier one may read them', () => {
    const model = new Pipeline([new Centre('age'), new Drop(['id'])], firstOf('age')).fit(x, y);
    expect(model.features).toEqual(['id', 'age', 'gender']);
  });

  it('accepts a column without values as either kind', () => {
    const rows = [{ id: 1, age: 69, gender: null }];
    const kinds = new Map([['gender', 'numeric'] as const]);
    expect(withId().predict(Table.fromRows(rows, kinds))).toEqual(['leaves']);
  });

  it('predicts for no rows', () => {
    expect(withId().predict(x.take([]))).toEqual([]);
    expect(withId().predictProba(Table.fromColumns({ id: [], age: [], gender: [] }))).toEqual([
      new Float64Array(0),
      new Float64Array(0),
    ]);
  });
});

describe('rows that cannot be scored', () => {
  const fitted = new Pipeline([new Products()], firstOf('a times b')).fit(
    Table.fromColumns({ a: [1, 2, 3, 4], b: [1, 1, 2, 2] }),
    [false, false, true, true],
  );
  const faultsOf = (x: Table) => {
    try {
      fitted.predictProba(x);
      return [];
    } catch (error) {
      if (!ChurnError.is(error)) throw error;
      expect(error.code).toBe('invalid-data');
      return error.faults;
    }
  };

  it('are reported by raw row and column if processing overflows', () => {
    const rows = Table.fromColumns({ a: [1, 1e200, 2, -1e300], b: [1, 1e199, 3, -1e301] });
    const made = (value: string) => `expected a number that can be processed; it became ${value}`;
    expect(faultsOf(rows)).toEqual([
      { row: 3, column: 'b', detail: `-1e+301 cannot be scored: ${made('Infinity')}` },
      { row: 1, column: 'a', detail: `1e+200 cannot be scored: ${made('Infinity')}` },
    ]);
    expect(() => fitted.predict(rows)).toThrow('column "b", row 3: -1e+301 cannot be scored');
    expect(() => fitted.transform(rows)).toThrow('column "b", row 3: -1e+301 cannot be scored');
  });

  it('are reported by raw row and column if the model has no probability', () => {
    const faults = faultsOf(Table.fromColumns({ a: [1, 2], b: [1, 1e9] }));
    expect(faults).toEqual([
      {
        row: 1,
        column: 'b',
        detail: expect.stringMatching(/^1000000000 cannot be scored: .* would be NaN$/),
      },
    ]);
  });

  it('are rejected in training too', () => {
    const x = Table.fromColumns({ a: [1, 2, 3e300], b: [1, 1, 2e300] });
    const fit = () => new Pipeline([new Products()], firstOf('a times b')).fit(x, [false, true, true]);
    expect(fit).toThrow('column "a times b", row 2');
  });
});

describe('FittedPipeline.restore', () => {
  const saved = (change: (state: Record<string, unknown>) => void = () => {}) => {
    const state = JSON.parse(JSON.stringify(withId().state));
    change(state);
    return new StateReader('Pipeline', state);
  };

  it('returns a pipeline of equal predictions and state', () => {
    const restored = FittedPipeline.restore(saved(), [Centre, NearestMean]) as FittedPart as FittedClassifier;
    expect(restored.predictProba(x)).toEqual(withId().predictProba(x));
    expect(JSON.stringify(restored.state)).toBe(JSON.stringify(withId().state));
  });

  it.each<[string, (state: Record<string, unknown>) => void, RegExp]>([
    ['an unknown kind of column', (s) => (s.schema = [{ name: 'a', kind: 'date' }]), /"kind" to be one of/],
    ['a model among the steps', (s) => (s.steps = [s.model]), /expected a transformer, got the classifier/],
    [
      'a transformer at the end',
      (s) => (s.model = (s.steps as unknown[])[0]),
      /expected a classifier or a regressor or a survival model, got the transformer/,
    ],
    ['no steps', (s) => delete s.steps, /Pipeline: expected "steps" to be a value, got nothing/],
  ])('rejects %s', (_, change, message) => {
    const restore = () => FittedPipeline.restore(saved(change), [Centre, NearestMean]);
    expect(restore).toThrow(
      expect.objectContaining({ code: 'model-file', message: expect.stringMatching(message) }),
    );
  });
});

describe('a fitted pipeline of few rows', () => {
  const fitted = new Pipeline([new Centre('age')], firstOf('age')).fit(x, y);
  const many = x.take(Array.from({ length: 40 }, (_, i) => i % 4));

  it('predicts the same as among many, whatever the order and number of columns', () => {
    const [, among] = fitted.predictProba(many);
    for (let row = 0; row < 4; row++) {
      const alone = x
        .take([row])
        .select(['gender', 'age', 'id'])
        .with({ other: ['u'] });
      expect(fitted.predictProba(alone)[1][0]).toBe(among[row]);
      expect(fitted.predict(alone)).toEqual([fitted.predict(many)[row]]);
    }
  });

  it('needs no table per step', () => {
    let nTables = 0;
    const counted = fitted.steps.map(
      (step): FittedTransformer => ({
        ...step,
        state: step.state,
        compileRow: (schema) => step.compileRow?.(schema) as RowStep,
        transform: (table) => {
          nTables++;
          return step.transform(table);
        },
      }),
    );
    const pipeline = new FittedPipeline(fitted.schema, counted, fitted.model);
    for (let row = 0; row < 4; row++) pipeline.predictProba(x.take([row]));
    expect(nTables).toBe(0);
    pipeline.predictProba(many);
    expect(nTables).toBe(1);
  });

  it('returns the same as among many', () => {
    expect(() => fitted.predictProba(x.take([0]).drop(['age']))).toThrow(
      expect.objectContaining({ code: 'column-name', message: expect.stringContaining('missing: "age"') }),
    );
    expect(() => fitted.predictProba(x.take([0]).with({ age: ['old'] }))).toThrow(
      expect.objectContaining({
        code: 'column-kind',
        message: expect.stringContaining('"age" should hold numbers'),
      }),
    );
  });
});
