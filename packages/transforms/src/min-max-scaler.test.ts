import { StateReader, schemaOf, Table } from '@churn/core';
import { transformerConformance } from '@churn/core/testing';
import { refusedStates } from '../test/refused-states';
import { expectSameAsScikitLearn, expectValuesBack, scalerCases } from '../test/scalers';
import { MinMaxScaler } from './min-max-scaler';

const x = Table.fromColumns({
  a: [4, 1, null, 2, 3],
  constant: [2, 2, 2, 2, 2],
  kind: ['p', 'q', null, 'p', 'q'],
});

it.each(transformerConformance({ transformer: new MinMaxScaler(), restorable: MinMaxScaler, x, needs: 'a' }))(
  '$name',
  ({ run }) => run(),
);

it.each(
  transformerConformance({
    transformer: new MinMaxScaler({ featureRange: [-1, 1], clip: true }),
    restorable: MinMaxScaler,
    x,
  }),
)('$name, clipped', ({ run }) => run());

it('maps the minimum to the lower end and the maximum to the upper one', () => {
  const { fitted, output } = new MinMaxScaler({ featureRange: [-1, 2] }).fitTransform(x);
  expect(output.numeric('a')).toEqual(Float64Array.of(2, -1, NaN, 0, 1));
  for (const value of output.numeric('constant')) expect(value).toBeCloseTo(-1, 14);
  expect(fitted.describe()).toBe('MinMaxScaler: featureRange [-1,2]; clip false; columns "a", "constant"');
});

it('clips later values if requested', () => {
  const later = Table.fromColumns({ a: [0, 9], constant: [2, 2] });
  expect(new MinMaxScaler({ clip: true }).fit(x).transform(later).numeric('a')).toEqual(
    Float64Array.of(0, 1),
  );
  expect(new MinMaxScaler().fit(x).transform(later).numeric('a')[1]).toBeGreaterThan(2);
});

it('rejects invalid parameters', () => {
  expect(() => new MinMaxScaler({ featureRange: [1, 1] })).toThrow(
    'featureRange: expected two ascending numbers whose difference is finite, got [1,1]',
  );
  expect(() => new MinMaxScaler({ clip: 1 as unknown as boolean })).toThrow('clip');
  const range = { columns: {}, featureRange: [1, 0], clip: false };
  expect(() => MinMaxScaler.restore(new StateReader('MinMaxScaler', range))).toThrow('featureRange');
});

it.each(scalerCases('MinMaxScaler'))('agrees with scikit-learn: $column', ({ column, expected }) => {
  expectSameAsScikitLearn(new MinMaxScaler(), column, expected);
});

it.each(scalerCases('MinMaxScaler of -1 to 2'))(
  'agrees with scikit-learn, -1 to 2: $column',
  ({ column, expected }) => {
    expectSameAsScikitLearn(new MinMaxScaler({ featureRange: [-1, 2] }), column, expected);
  },
);

it('is inverted', () => {
  expectValuesBack(new MinMaxScaler());
});

it('leaves an empty column unchanged, and rejects an invalid state', () => {
  const fitted = new MinMaxScaler().fit(Table.fromColumns({ a: [null, null] }));
  expect(fitted.transform(Table.fromColumns({ a: [5] })).numeric('a')).toEqual(Float64Array.of(5));
  const zero = { columns: { a: { center: 1, scale: 0 } }, featureRange: [0, 1], clip: false };
  expect(() => MinMaxScaler.restore(new StateReader('MinMaxScaler', zero))).toThrow('columns');
});

it('rejects a range beyond the largest number', () => {
  expect(() => new MinMaxScaler().fit(Table.fromColumns({ wide: [-1.7e308, 1.7e308] }))).toThrow(
    expect.objectContaining({
      code: 'invalid-data',
      message: expect.stringContaining('column "wide": the range of its values is beyond the largest number'),
    }),
  );
});

it('rejects ranges of values or results that underflow', () => {
  const close = Table.fromColumns({ close: [0, 1e-323] });
  expect(() => new MinMaxScaler({ featureRange: [0, 5] }).fit(close)).toThrow(
    'column "close": the range of its values is too small to be scaled',
  );
  expect(() => new MinMaxScaler({ featureRange: [-1e308, 1e308] })).toThrow(
    'featureRange: expected two ascending numbers whose difference is finite, got [-1e+308,1e+308]',
  );
});

it.each(
  refusedStates(
    MinMaxScaler,
    { columns: {}, featureRange: [0, 1], clip: false },
    { featureRange: [[0], [0, 1, 2], [1, 1], ['0', '1']], clip: [0] },
  ),
)('$name', ({ run }) => run());

it.each([[5], [null], [[0]], [[0, 1, 2]], [[2, 1]], [[0, NaN]]])(
  'rejects the range of results %j',
  (featureRange) => {
    const wrong = featureRange as unknown as [number, number];
    expect(() => new MinMaxScaler({ featureRange: wrong })).toThrow(
      'featureRange: expected two ascending numbers',
    );
  },
);

it.each([true, false])('keeps a row within the range if clip is %j', (clip) => {
  const table = Table.fromColumns({ a: [0, 10] });
  const fitted = new MinMaxScaler({ clip }).fit(table);
  const apply = (value: number) => fitted.compileRow(schemaOf(table)).apply([value])[0];
  expect(apply(15)).toBe(clip ? 1 : 1.5);
  expect(apply(-5)).toBe(clip ? 0 : -0.5);
});
