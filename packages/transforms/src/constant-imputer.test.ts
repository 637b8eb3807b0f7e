import { Table } from '@churn/core';
import { transformerConformance } from '@churn/core/testing';
import { ConstantImputer } from './constant-imputer';

const x = Table.fromColumns({
  age: [20, null, 40],
  empty: Float64Array.of(NaN, NaN, NaN),
  gender: ['F', null, 'M'],
  card: ['Blue', 'Gold', null],
});

describe.each([
  { needs: 'age', options: { value: 0 } },
  { needs: 'age', options: { value: -1.5, addIndicator: true } },
  { needs: 'gender', options: { value: 'Unknown' } },
  { needs: 'card', options: { value: 'F', columns: ['card'], addIndicator: true } },
])('with $options', ({ options, needs }) => {
  const transformer = new ConstantImputer(options);
  it.each(transformerConformance({ transformer, restorable: ConstantImputer, x, needs }))(
    '$name',
    ({ run }) => run(),
  );
});

it('imputes all numeric columns with a number, also empty ones', () => {
  const { fitted, output } = new ConstantImputer({ value: 0 }).fitTransform(x);
  expect(fitted.state).toEqual({ values: { age: 0, empty: 0 } });
  expect(output.numeric('age')).toEqual(Float64Array.of(20, 0, 40));
  expect(output.numeric('empty')).toEqual(Float64Array.of(0, 0, 0));
  expect(output.column('gender')).toBe(x.column('gender'));
  expect(fitted.describe()).toBe('ConstantImputer: 0 in "age", "empty"');
});

it('imputes all category columns with text, a new level or a known one', () => {
  const { fitted, output } = new ConstantImputer({ value: 'F' }).fitTransform(x);
  expect(fitted.state).toEqual({ values: { gender: 'F', card: 'F' } });
  expect(output.category('gender').levels).toEqual(['F', 'M']);
  expect(output.category('card').levels).toEqual(['Blue', 'Gold', 'F']);
  expect(output.column('age')).toBe(x.column('age'));
});

it('imputes a named empty column with text', () => {
  const { output } = new ConstantImputer({ columns: ['empty'], value: '' }).fitTransform(x);
  expect(output.toRows().map((row) => row.empty)).toEqual(['', '', '']);
});

it.each([
  { value: 1, columns: ['age', 'gender'], code: 'column-kind', message: 'column "gender": expected numbers' },
  { value: 'a', columns: ['age'], code: 'column-kind', message: 'column "age": expected categories' },
  { value: 'a', columns: ['nowhere'], code: 'column-name', message: 'column "nowhere" is missing' },
])('rejects imputing $columns with $value', ({ value, columns, code, message }) => {
  const fit = () => new ConstantImputer({ value, columns }).fit(x);
  expect(fit).toThrow(message);
  expect(fit).toThrow(expect.objectContaining({ code }));
});

it('describes itself if it imputes nothing', () => {
  const fitted = new ConstantImputer({ value: 'a', addIndicator: true }).fit(Table.fromColumns({ a: [1] }));
  expect(fitted.describe()).toBe('ConstantImputer: none; indicators of none');
});
