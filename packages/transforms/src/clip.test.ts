import { ChurnError, schemaOf, Table } from '@churn/core';
import { transformerConformance } from '@churn/core/testing';
import { refusedStates } from '../test/refused-states';
import { Clip, type ClipOptions } from './clip';

const values = [-3, -0.5, 0, 2.5, null, 50, 70];
const x = Table.fromColumns({ a: values, b: values, kind: ['p', 'q', null, 'p', 'q', 'p', 'q'] });

it.each(
  transformerConformance({
    transformer: new Clip({ min: 0, max: { a: 50 } }),
    restorable: Clip,
    x,
    needs: 'a',
  }),
)('$name', ({ run }) => run());

// numpy.clip([-3, -0.5, 0, 2.5, nan, 50, 70], a_min, a_max) of NumPy 2.4.6
it.each<{ limits: ClipOptions; expected: number[] }>([
  { limits: { min: 0, max: 50 }, expected: [0, 0, 0, 2.5, NaN, 50, 50] },
  { limits: { min: -0.5 }, expected: [-0.5, -0.5, 0, 2.5, NaN, 50, 70] },
  { limits: { max: 2.5 }, expected: [-3, -0.5, 0, 2.5, NaN, 2.5, 2.5] },
  { limits: { min: 1, max: 1 }, expected: [1, 1, 1, 1, NaN, 1, 1] },
])('clips to $limits like NumPy', ({ limits, expected }) => {
  const { output } = new Clip(limits).fitTransform(x);
  expect(output.numeric('a')).toEqual(Float64Array.from(expected));
  expect(output.numeric('b')).toEqual(Float64Array.from(expected));
});

it('has limits by column, open if omitted', () => {
  const { fitted, output } = new Clip({ min: { a: 0 }, max: { b: 2 } }).fitTransform(x);
  expect(fitted.state).toEqual({ limits: { a: { min: 0, max: null }, b: { min: null, max: 2 } } });
  expect(output.numeric('a')).toEqual(Float64Array.of(0, 0, 0, 2.5, NaN, 50, 70));
  expect(output.numeric('b')).toEqual(Float64Array.of(-3, -0.5, 0, 2, NaN, 2, 2));
});

it('clips later values of a column without training values, in a table and in a row', () => {
  const fitted = new Clip({ max: 1 }).fit(Table.fromColumns({ a: [null] }));
  const later = Table.fromColumns({ a: [5] });
  expect(fitted.transform(later).numeric('a')).toEqual(Float64Array.of(1));
  expect(fitted.compileRow(schemaOf(later)).apply([5])).toEqual([1]);
});

it.each<{ options: ClipOptions; message: string }>([
  { options: {}, message: 'min: expected a limit as min, max or both, got undefined' },
  { options: { min: NaN }, message: 'min: expected a number or an object, each value a number' },
  { options: { min: { a: 2 }, max: 1 }, message: 'max: expected not less than min for "a", got 1' },
  { options: { min: 2, max: 1 }, message: 'max: expected not less than min, got 1' },
  {
    options: { columns: ['b'], min: { a: 2 } },
    message: 'columns: expected the columns that min and max name',
  },
])('rejects $options', ({ options, message }) => {
  expect(() => new Clip(options)).toThrow(message);
});

it('names a missing column of a limit', () => {
  expect(() => new Clip({ min: { nowhere: 0 } }).fit(x)).toThrow(
    new ChurnError('column-name', 'column "nowhere" is missing; the table has: a, b, kind'),
  );
});

it.each(
  refusedStates(
    Clip,
    { limits: { a: { min: 0, max: null } } },
    { limits: [{ a: { min: 1, max: 0 } }, { a: { min: 0 } }, { a: 1 }, []] },
  ),
)('$name', ({ run }) => run());
