import { ChurnError, Table } from '@churn/core';
import { transformerConformance } from '@churn/core/testing';
import { expectClose, reference, referenceTable } from '../test/reference';
import { MeanImputer } from './mean-imputer';

const x = Table.fromColumns({
  age: [20, null, 40],
  limit: [1, 2, 3],
  empty: Float64Array.of(NaN, NaN, NaN),
  gender: ['F', null, 'M'],
});

it.each(transformerConformance({ transformer: new MeanImputer(), restorable: MeanImputer, x, needs: 'age' }))(
  '$name',
  ({ run }) => run(),
);

it('fills all numeric columns with their means', () => {
  const { fitted, output } = new MeanImputer().fitTransform(x);
  expect(fitted.state).toEqual({ means: { age: 30, limit: 2, empty: null } });
  expect(output.numeric('age')).toEqual(Float64Array.of(20, 30, 40));
  expect(output.numeric('empty')).toEqual(x.numeric('empty'));
  expect(output.column('gender')).toBe(x.column('gender'));
});

it('fills new rows with the means of the rows it was fitted on', () => {
  const fitted = new MeanImputer({ columns: ['age'] }).fit(x);
  const output = fitted.transform(Table.fromColumns({ age: [null, 99], limit: [null, 1] }));
  expect(output.numeric('age')).toEqual(Float64Array.of(30, 99));
  expect(output.numeric('limit')).toEqual(Float64Array.of(NaN, 1));
});

it('shares the values of a column without missing ones', () => {
  expect(new MeanImputer().fitTransform(x).output.numeric('limit')).toBe(x.numeric('limit'));
});

it.each([
  { columns: ['nowhere'], code: 'column-name', message: /"nowhere" is missing/ },
  { columns: ['gender'], code: 'column-kind', message: /"gender": expected numbers/ },
])('says what is wrong with $columns', ({ columns, code, message }) => {
  const fit = () => new MeanImputer({ columns }).fit(x);
  expect(fit).toThrow(message);
  expect(fit).toThrow(expect.objectContaining({ code }));
});

it('refuses columns that are not a list of distinct names', () => {
  expect(() => new MeanImputer({ columns: ['a', 'a'] })).toThrow('columns: expected each name once, got "a"');
  expect(() => new MeanImputer({ columns: 'age' as unknown as string[] })).toThrow(ChurnError);
});

it('refuses an infinite value, naming its row', () => {
  const infinite = Table.fromColumns({ a: Float64Array.of(1, -Infinity) });
  expect(() => new MeanImputer().fit(infinite)).toThrow('column "a", row 1: expected a finite number');
});

it('agrees with scikit-learn', () => {
  const { means } = new MeanImputer().fit(referenceTable).state;
  for (const [name, figures] of Object.entries(reference.columns)) expectClose(means[name], figures.mean);
});
