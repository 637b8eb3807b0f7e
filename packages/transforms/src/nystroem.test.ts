import { Random, Table } from '@churn/core';
import { transformerConformance } from '@churn/core/testing';
import { refusedStates } from '../test/refused-states';
import { Nystroem, type NystroemOptions } from './nystroem';

const random = new Random(5);
const x = Table.fromColumns(
  ['a', 'b', 'c'].map((name) => [name, Array.from({ length: 12 }, () => random.normal())] as const),
);
const rows = Array.from(x.numeric('a').keys(), (row) => x.names.map((name) => x.numeric(name)[row]));
const dot = (a: readonly number[], b: readonly number[]) =>
  a.reduce((sum, value, j) => sum + value * b[j], 0);
const featuresOf = (output: Table, row: number) => output.names.map((name) => output.numeric(name)[row]);

describe.each<[string, NystroemOptions, (a: readonly number[], b: readonly number[]) => number]>([
  [
    'rbf',
    { gamma: 0.4 },
    (a, b) => Math.exp(-0.4 * a.reduce((sum, value, j) => sum + (value - b[j]) ** 2, 0)),
  ],
  ['poly', { kernel: 'poly', degree: 4 }, (a, b) => (dot(a, b) / 3 + 1) ** 4],
  ['linear', { kernel: 'linear' }, dot],
])('%s', (_, options, kernel) => {
  const { output } = new Nystroem(options).fitTransform(x);

  it('creates features whose inner products are the kernels if all rows are components', () => {
    expect(output.names).toHaveLength(12);
    rows.forEach((a, i) => {
      rows.forEach((b, k) => {
        expect(dot(featuresOf(output, i), featuresOf(output, k))).toBeCloseTo(kernel(a, b), 5);
      });
    });
  });

  it.each(
    transformerConformance({
      transformer: new Nystroem({ ...options, columns: x.names, nComponents: 4 }),
      restorable: Nystroem,
      x,
      needs: 'b',
    }),
  )('$name', ({ run }) => run());
});

describe('Nystroem', () => {
  it('creates features whose matrix of inner products has the same square as an indefinite kernel matrix', () => {
    const { output } = new Nystroem({ kernel: 'sigmoid', gamma: 0.1, coef0: -0.5 }).fitTransform(x);
    const squared = (matrix: number[][]) => matrix.map((a) => matrix.map((b) => dot(a, b)));
    const products = squared(rows.map((_, row) => featuresOf(output, row)));
    const kernels = rows.map((a) => rows.map((b) => Math.tanh(0.1 * dot(a, b) - 0.5)));
    const expected = squared(kernels).map((row) => row.map((value) => expect.closeTo(value, 5)));
    expect(squared(products)).toEqual(expected);
  });

  it('creates one feature from one row, computed by hand', () => {
    const two = Table.fromColumns({ a: [1, 3], b: [2, 2], text: ['u', 'v'] });
    const { fitted, output } = new Nystroem({ nComponents: 1 }).fitTransform(two);
    // The kernel of the row with itself is 1, and with the other exp(-½ 2²).
    const [near, far] = fitted.state.components[0][0] === 1 ? [0, 1] : [1, 0];
    expect(output.names).toEqual(['text', 'nystroem0']);
    expect(output.numeric('nystroem0')[near]).toBeCloseTo(1, 14);
    expect(output.numeric('nystroem0')[far]).toBeCloseTo(Math.exp(-2), 14);
    expect(fitted.describe()).toBe('Nystroem: 1 features of 2 columns, for the kernel rbf');
  });

  it('samples components by its seed', () => {
    const rowsBy = (seed: number) => new Nystroem({ nComponents: 4, seed }).fit(x).state.components;
    expect(rowsBy(1)).toEqual(rowsBy(1));
    expect(rowsBy(1)).not.toEqual(rowsBy(2));
    expect(new Set(rowsBy(1).map(String)).size).toBe(4);
  });

  it('propagates missing values of any column', () => {
    const fitted = new Nystroem({ nComponents: 2 }).fit(x);
    const gaps = x.with({ b: x.numeric('b').map((value, row) => (row === 3 ? NaN : value)) });
    const made = fitted.transform(gaps).numeric('nystroem1');
    expect(made.map((value) => Number(Number.isNaN(value))).indexOf(1)).toBe(3);
    expect(made.filter(Number.isNaN)).toHaveLength(1);
  });

  it.each<[string, () => unknown, string]>([
    ['no features', () => new Nystroem({ nComponents: 0 }), 'nComponents: expected an integer'],
    ['a negative gamma', () => new Nystroem({ gamma: -1 }), 'gamma: expected a number of at least 0'],
    [
      'a missing value',
      () => new Nystroem().fit(x.with({ c: x.numeric('c').map((v, i) => (i === 2 ? NaN : v)) })),
      'column "c", row 2: expected a finite number, got a missing value',
    ],
    [
      'no rows',
      () => new Nystroem().fit(x.take([])),
      'Nystroem: expected rows of numeric columns, got 0 rows of 3',
    ],
    [
      'values whose kernels overflow',
      () => new Nystroem({ kernel: 'poly' }).fit(Table.fromColumns({ a: [1e200, 2] })),
      'Nystroem: the values are too large to compute kernels with',
    ],
  ])('rejects %s', (_, action, message) => {
    expect(action).toThrow(
      expect.objectContaining({ name: 'ChurnError', message: expect.stringContaining(message) }),
    );
  });

  const state = {
    columns: ['a', 'b'],
    kernel: 'rbf',
    gamma: 0.5,
    coef0: 1,
    degree: 3,
    components: [[1, 2]],
    normalization: [[1]],
  } as const;
  it.each(
    refusedStates(Nystroem, state, {
      columns: [['a', 'a'], 'a'],
      kernel: ['cosine', 1],
      gamma: [-1, 'x'],
      coef0: [null],
      degree: [0, 1.5, 101],
      components: [[], [[1]], [[1, 'x']], 'none'],
      normalization: [[], [[1, 2]], [[1], [1]]],
    }),
  )('$name', ({ run }) => run());
});
