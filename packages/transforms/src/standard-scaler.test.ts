import { StateReader, schemaOf, Table } from '@churn/core';
import { transformerConformance } from '@churn/core/testing';
import { expectClose, reference, referenceTable } from '../test/reference';
import { refusedStates } from '../test/refused-states';
import { StandardScaler } from './standard-scaler';

const x = Table.fromColumns({ a: [1, 3, null], constant: [0.1, 0.1, 0.1], kind: ['p', 'q', null] });

it.each(
  transformerConformance({ transformer: new StandardScaler(), restorable: StandardScaler, x, needs: 'a' }),
)('$name', ({ run }) => run());

it('scales columns to mean 0 and deviation 1, and keeps missing values', () => {
  const { fitted, output } = new StandardScaler().fitTransform(x);
  expect(fitted.state).toEqual({ means: { a: 2, constant: 0.1 }, scales: { a: 1, constant: 1 } });
  expect(output.numeric('a')).toEqual(Float64Array.of(-1, 1, NaN));
  expect(output.numeric('constant')).toEqual(Float64Array.of(0, 0, 0));
  expect(output.column('kind')).toBe(x.column('kind'));
});

it.each([
  // (1, 3, 8): mean 4, deviations -3, -1 and 4, variance 26 / 3.
  [
    { withMean: false },
    { means: { a: 0 }, scales: { a: Math.sqrt(26 / 3) } },
    [1, 3, 8].map((a) => a / Math.sqrt(26 / 3)),
  ],
  [{ withStd: false }, { means: { a: 4 }, scales: { a: 1 } }, [-3, -1, 4]],
  [{ withMean: false, withStd: false }, { means: { a: 0 }, scales: { a: 1 } }, [1, 3, 8]],
])('with %j', (options, state, expected) => {
  const { fitted, output } = new StandardScaler(options).fitTransform(Table.fromColumns({ a: [1, 3, 8] }));
  expect(fitted.state).toEqual({ means: state.means, scales: { a: expect.closeTo(state.scales.a, 14) } });
  expected.forEach((value, row) => {
    expect(output.numeric('a')[row]).toBeCloseTo(value, 14);
  });
  [1, 3, 8].forEach((value, row) => {
    expect(fitted.inverseTransform(output).numeric('a')[row]).toBeCloseTo(value, 14);
  });
});

it('does not change a constant column without withMean', () => {
  const constant = Table.fromColumns({ a: [7, 7] });
  expect(new StandardScaler({ withMean: false }).fitTransform(constant).output.toRows()).toEqual(
    constant.toRows(),
  );
});

it('leaves an empty column unchanged', () => {
  const fitted = new StandardScaler().fit(Table.fromColumns({ a: [null, null] }));
  expect(fitted.state).toEqual({ means: { a: null }, scales: { a: null } });
  expect(fitted.transform(Table.fromColumns({ a: [5] })).numeric('a')).toEqual(Float64Array.of(5));
});

it.each([
  { state: { means: { a: 1 }, scales: { b: 1 } } },
  { state: { means: { a: 1 }, scales: { a: null } } },
  { state: { means: { a: 1 }, scales: { a: 0 } } },
])('rejects the state $state', ({ state }) => {
  const restore = () => StandardScaler.restore(new StateReader('StandardScaler', state));
  expect(restore).toThrow(expect.objectContaining({ code: 'model-file' }));
});

it.each(Object.entries(reference.columns))('agrees with scikit-learn: %s', (name, figures) => {
  const { fitted, output } = new StandardScaler().fitTransform(referenceTable);
  expectClose(fitted.state.means[name], figures.mean);
  expectClose(fitted.state.scales[name], figures.scale);
  if (name === 'constant') return;
  figures.scaled.forEach((expected, row) => {
    if (expected === null) expect(output.numeric(name)[row]).toBeNaN();
    else expect(output.numeric(name)[row]).toBeCloseTo(expected, 9);
  });
});

it('scales opposite huge values, and inverts them', () => {
  const values = [-1.7e308, 1.7e308, 1.7e308];
  const { fitted, output } = new StandardScaler().fitTransform(Table.fromColumns({ a: values }));
  [-Math.SQRT2, Math.SQRT1_2, Math.SQRT1_2].forEach((expected, row) => {
    expect(output.numeric('a')[row]).toBeCloseTo(expected, 12);
  });
  const back = fitted.inverseTransform(output).numeric('a');
  values.forEach((value, row) => {
    expect(back[row] / value).toBeCloseTo(1, 12);
  });
  const opposite = Table.fromColumns({ a: [-Number.MAX_VALUE, Number.MAX_VALUE, 1] });
  const ends = new StandardScaler().fitTransform(opposite);
  expect(ends.fitted.inverseTransform(ends.output).numeric('a').every(Number.isFinite)).toBe(true);
});

it('scales a row like a table, with huge values and missing ones', () => {
  const table = Table.fromColumns({ a: [-1.7e308, 1.7e308, 1.7e308, null] });
  const { fitted, output } = new StandardScaler().fitTransform(table);
  const step = fitted.compileRow(schemaOf(table));
  table.numeric('a').forEach((value, row) => {
    expect(step.apply([value])[0]).toBe(output.numeric('a')[row]);
  });
});

it.each(
  refusedStates(
    StandardScaler,
    { means: { a: 1, b: null }, scales: { a: 2, b: null } },
    {
      means: [
        { a: '1', b: null },
        { b: null, a: 1 },
      ],
      scales: [
        { a: -1, b: null },
        { a: '2', b: null },
      ],
    },
  ),
)('$name', ({ run }) => run());
