import {
  Durations,
  Labels,
  type LabelsLike,
  Random,
  StateReader,
  stratifiedFolds,
  Table,
  TargetValues,
} from '@churn/core';
import { transformerConformance } from '@churn/core/testing';
import { expectClose, reference } from '../test/reference';
import categories from '../test/reference/categories.json';
import targetMeans from '../test/reference/target_means.json';
import { refusedStates } from '../test/refused-states';
import { CategoryEncoder } from './category-encoder';

const x = Table.fromColumns({
  age: [1, 2, 3, 4, 5, 6],
  gender: ['F', 'F', 'F', 'M', null, 'M'],
});
const y = ['stay', 'churn', 'stay', 'churn', 'churn', 'churn'];
const labels = Labels.from(y, ['stay', 'churn']);

it.each(
  transformerConformance({
    transformer: new CategoryEncoder({ smoothing: 2 }),
    restorable: CategoryEncoder,
    x,
    y: labels,
    needs: 'gender',
  }),
)('$name', ({ run }) => run());

it('learns the share of the positive class of each level', () => {
  const fitted = new CategoryEncoder().fit(x, labels);
  expect(fitted.state).toEqual({ positive: 'churn', prior: 4 / 6, ratios: { gender: { F: 1 / 3, M: 1 } } });
  const output = fitted.transform(
    Table.fromColumns({ gender: ['M', 'F', 'X', null], more: ['a', 'b', 'c', 'd'] }),
  );
  expect(output.names).toEqual(['gender', 'more']);
  expect(output.numeric('gender')).toEqual(Float64Array.of(1, 1 / 3, 4 / 6, 4 / 6));
});

it('shrinks the share of a level to the prior by smoothing', () => {
  const { ratios } = new CategoryEncoder({ smoothing: 3 }).fit(x, labels).state;
  expect(ratios.gender.F).toBeCloseTo((1 + 3 * (4 / 6)) / 6, 14);
});

it.each(reference.category.encodings)('agrees with scikit-learn, smoothing $smoothing', (expected) => {
  const { values, labels: churned } = reference.category;
  const { smoothing } = expected;
  const { prior, ratios } = new CategoryEncoder({ smoothing }).fit(
    Table.fromColumns({ values }),
    churned,
  ).state;
  expectClose(prior, expected.prior);
  expect(Object.keys(ratios.values).sort()).toEqual(Object.keys(expected.ratios));
  for (const [level, ratio] of Object.entries(expected.ratios)) expectClose(ratios.values[level], ratio);
});

it.each(reference.category.encodings)(
  'encodes rows out of fold like scikit-learn, smoothing $smoothing',
  ({ smoothing, out_of_fold }) => {
    const { values, labels: churned } = reference.category;
    const encoder = new CategoryEncoder({ smoothing, folds: 4, shuffle: false });
    const { output } = encoder.fitTransform(Table.fromColumns({ values }), churned);
    output.numeric('values').forEach((value, row) => {
      expectClose(value, out_of_fold[row]);
    });
  },
);

describe('of three classes', () => {
  const three = Labels.from(['a', 'b', 'a', 'c', 'c', 'c']);
  it.each(
    transformerConformance({
      transformer: new CategoryEncoder({ smoothing: 'auto' }),
      restorable: CategoryEncoder,
      x,
      y: three,
      needs: 'gender',
    }),
  )('$name', ({ run }) => run());

  it('creates a column for each class', () => {
    const fitted = new CategoryEncoder().fit(x, three);
    const output = fitted.transform(Table.fromColumns({ gender: ['F', 'M', 'X'], more: [1, 2, 3] }));
    expect(output.names).toEqual(['gender_a', 'gender_b', 'gender_c', 'more']);
    expect(output.numeric('gender_a')).toEqual(Float64Array.of(2 / 3, 0, 2 / 6));
    expect(output.numeric('gender_c')).toEqual(Float64Array.of(0, 1, 3 / 6));
    expect(fitted.state.others?.map(({ positive }) => positive)).toEqual(['b', 'c']);
    expect(fitted.describe()).toBe(
      'CategoryEncoder: gender (2 levels); overall share of a 0.333, b 0.167, c 0.500',
    );
  });
});

const targets = Object.entries(categories.categories).flatMap(([name, { values, targets }]) =>
  targets.map((target) => ({ name, values, ...target })),
);

it.each(targets)('agrees with scikit-learn on $name, $labels classes, smoothing $smoothing', (expected) => {
  const smoothing = expected.smoothing as 'auto' | number;
  const target = categories.labels[expected.labels as 'two' | 'three'];
  const encoder = new CategoryEncoder({ smoothing });
  const fitted = encoder.fit(Table.fromColumns({ values: expected.values }), target as LabelsLike);
  const levels = Object.keys(expected.numbers);
  const output = fitted.transform(Table.fromColumns({ values: levels }));
  Object.values(expected.numbers).forEach((numbers, row) => {
    output.names.forEach((name, k) => {
      expectClose(output.numeric(name)[row], numbers[k]);
    });
  });
});

describe('out of fold', () => {
  const random = new Random(3);
  const nRows = 200;
  const levels = Array.from({ length: nRows }, () => {
    const draw = random.int(12);
    return draw === 11 ? null : `level ${draw}`;
  });
  const churned = Array.from({ length: nRows }, () => random.uniform() < 0.3);
  const table = Table.fromColumns({ level: levels });

  it.each([0, 4, 'auto'] as const)(
    'encodes each row by a fit on the other folds, smoothing %s',
    (smoothing) => {
      const options = { smoothing, folds: 4, seed: 9 };
      const { output } = new CategoryEncoder(options).fitTransform(table, churned);
      const all = Labels.from(churned);
      const folds = stratifiedFolds(all, 4, new Random(9).stream('CategoryEncoder'));
      for (let fold = 0; fold < 4; fold++) {
        const rows = Int32Array.from(folds.keys());
        const others = rows.filter((row) => folds[row] !== fold);
        const inside = rows.filter((row) => folds[row] === fold);
        const expected = new CategoryEncoder(options)
          .fit(table.take(others), all.take(others))
          .transform(table.take(inside));
        inside.forEach((row, i) => {
          expectClose(output.numeric('level')[row], expected.numeric('level')[i], 1e-14);
        });
      }
    },
  );

  it('finds no signal in noise', () => {
    const n = 2000;
    const noise = Array.from({ length: n }, () => String(random.int(1000)));
    const target = Array.from({ length: n }, () => random.int(2));
    const encoder = new CategoryEncoder();
    const { fitted, output } = encoder.fitTransform(Table.fromColumns({ noise }), target);
    expect(Math.abs(auc(output.numeric('noise'), target) - 0.5)).toBeLessThan(0.03);
    // What leaks without folds:
    const leaking = fitted.transform(Table.fromColumns({ noise })).numeric('noise');
    expect(auc(leaking, target)).toBeGreaterThan(0.8);
  });

  it('encodes a single row by itself', () => {
    const one = new CategoryEncoder().fitTransform(x.take([0]), labels.take([0]));
    expect(one.output.numeric('gender')).toEqual(Float64Array.of(0));
  });

  it('encodes two rows by each other', () => {
    const { output } = new CategoryEncoder().fitTransform(x.take([0, 1]), labels.take([0, 1]));
    expect(output.numeric('gender')).toEqual(Float64Array.of(1, 0));
  });
});

it.each<{ problem: string; rows: number[]; target?: LabelsLike; code: string }>([
  { problem: 'no labels', rows: [0, 1], target: undefined, code: 'invalid-target' },
  { problem: 'one class', rows: [0, 1], target: ['a', 'a'], code: 'invalid-target' },
  { problem: 'too few labels', rows: [0, 1, 2], target: ['a', 'b'], code: 'invalid-data' },
  { problem: 'no rows', rows: [], target: labels.take([]), code: 'invalid-data' },
])('rejects $problem', ({ rows, target, code }) => {
  const fit = () => new CategoryEncoder().fit(x.take(rows), target as LabelsLike);
  expect(fit).toThrow(expect.objectContaining({ code }));
});

it.each([
  { options: { smoothing: -1 }, message: 'smoothing: expected a number of at least 0 or auto, got -1' },
  { options: { shuffle: 1 as never }, message: 'shuffle: expected true or false, got 1' },
  { options: { folds: 1 }, message: 'folds: expected an integer of at least 2, got 1' },
  { options: { seed: NaN }, message: 'seed: expected a number, got NaN' },
])('rejects $options', ({ options, message }) => {
  expect(() => new CategoryEncoder(options)).toThrow(message);
});

it('rejects a state whose classes differ in their levels', () => {
  const state = { positive: 'a', prior: 0.5, ratios: { c: { x: 1 } } };
  const others = [{ positive: 'b', prior: 0.5, ratios: { c: { y: 1 } } }];
  const restore = () => CategoryEncoder.restore(new StateReader('CategoryEncoder', { ...state, others }));
  expect(restore).toThrow('expected "others" to be shares of the levels of the first class');
});

it('rejects a state whose positive class is not a label', () => {
  const state = { positive: {}, prior: 0, ratios: {} };
  expect(() => CategoryEncoder.restore(new StateReader('CategoryEncoder', state))).toThrow('positive');
});

/** The share of pairs of a positive and a negative that `scores` sorted, ties counting half. */
function auc(scores: Float64Array, target: number[]): number {
  const order = Array.from(scores.keys()).sort((a, b) => scores[a] - scores[b]);
  let [negativesBelow, positives, pairs] = [0, 0, 0];
  for (let start = 0; start < order.length; ) {
    let end = start;
    let positivesHere = 0;
    while (end < order.length && scores[order[end]] === scores[order[start]])
      positivesHere += target[order[end++]];
    const negativesHere = end - start - positivesHere;
    pairs += positivesHere * (negativesBelow + negativesHere / 2);
    negativesBelow += negativesHere;
    positives += positivesHere;
    start = end;
  }
  return pairs / (positives * negativesBelow);
}

it.each([
  [{ smoothing: -1 }, 'smoothing: expected a number of at least 0 or auto'],
  [{ smoothing: NaN }, 'smoothing: expected a number of at least 0 or auto'],
  [{ folds: 1 }, 'folds: expected an integer of at least 2'],
  [{ folds: 2.5 }, 'folds: expected an integer of at least 2'],
  [{ seed: NaN }, 'seed: expected a number'],
])('rejects the parameters %j', (options, message) => {
  expect(() => new CategoryEncoder(options)).toThrow(message);
});

it('describes itself without columns', () => {
  const fitted = new CategoryEncoder({ columns: [] }).fit(x, labels);
  expect(fitted.describe()).toBe('CategoryEncoder: no columns; overall share of churn 0.667');
});

it('reports that it requires labels, and the number of classes it got', () => {
  const fit = (y?: LabelsLike) => () => new CategoryEncoder().fit(x.take([0, 1]), y as LabelsLike);
  expect(fit()).toThrow('CategoryEncoder needs labels: expected y, got none');
  expect(fit(['a', 'a'])).toThrow('CategoryEncoder expects two or more classes, got 1 (a)');
});

it.each(
  refusedStates(
    CategoryEncoder,
    {
      positive: 'a',
      prior: 0.5,
      ratios: { g: { F: 0.5 } },
      others: [{ positive: 'b', prior: 0.5, ratios: { g: { F: 0.5 } } }],
    },
    {
      positive: [null, ['a']],
      prior: ['0.5'],
      ratios: [{ g: 0.5 }, { g: { F: '0.5' } }],
      others: [[1], [{ positive: 'b', prior: 0.5, ratios: { g: { M: 0.5 } } }]],
    },
  ),
)('$name', ({ run }) => run());

describe('for regression', () => {
  const table = Table.fromColumns({ values: targetMeans.values });
  const amounts = TargetValues.from(targetMeans.amounts);

  it.each(targetMeans.encodings)(
    'agrees with scikit-learn, smoothing $smoothing',
    ({ smoothing, prior, means, outOfFold }) => {
      const options = { smoothing: smoothing as 'auto' | number, folds: 4, shuffle: false };
      const { fitted, output } = new CategoryEncoder(options).fitTransform(table, amounts);
      expect(fitted.state.positive).toBeUndefined();
      expectClose(fitted.state.prior, prior, 1e-12);
      const levels = Object.keys(means);
      const encoded = fitted.transform(Table.fromColumns({ values: [...levels, 'new', null] }));
      const expected = [...Object.values(means), prior, prior];
      expected.forEach((mean, row) => {
        expectClose(encoded.numeric('values')[row], mean, 1e-12);
      });
      outOfFold.forEach((mean, row) => {
        expectClose(output.numeric('values')[row], mean, 1e-12);
      });
    },
  );

  it('is restored, and rejects damaged states', () => {
    const { state } = new CategoryEncoder().fit(table, amounts);
    const restore = (from: object) =>
      CategoryEncoder.restore(new StateReader('CategoryEncoder', from as never));
    expect(restore(JSON.parse(JSON.stringify(state))).state).toEqual(state);
    expect(() => restore({ ...state, prior: 'x' })).toThrow('prior');
    expect(() => restore({ ...state, ratios: { values: { a: 'x' } } })).toThrow('ratios');
  });

  it('encodes by a mean within rounding if all target values are equal', () => {
    const same = TargetValues.from(new Float64Array(80).fill(3));
    const { output } = new CategoryEncoder({ smoothing: 'auto' }).fitTransform(table, same);
    expect(new Set(output.numeric('values'))).toEqual(new Set([3]));
  });

  it('requires a target value for each row', () => {
    expect(() => new CategoryEncoder().fit(table, TargetValues.from([1]))).toThrow(
      'expected 80 values, one per row, got 1',
    );
  });
});

it('encodes categories by the share with the event for durations', () => {
  const x = Table.fromColumns({ plan: ['a', 'a', 'b', 'b', 'b', 'b'] });
  const events = [1, 0, 1, 0, 0, 0];
  const y = Durations.from({ durations: [3, 5, 1, 2, 2, 9], events });
  const encoder = new CategoryEncoder({ folds: 2 });
  expect(encoder.fit(x, y).state.ratios).toEqual({ plan: { a: 0.5, b: 0.25 } });
  expect(encoder.fitTransform(x, y).output).toEqual(encoder.fitTransform(x, events).output);
});
