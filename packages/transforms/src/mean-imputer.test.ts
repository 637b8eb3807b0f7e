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

describe.each([{ groupBy: 'group' }, { addIndicator: true }, { groupBy: 'group', addIndicator: true }])(
  'with %j',
  (options) => {
    const grouped = x.with({ group: ['p', 'q', null] });
    const transformer = new MeanImputer(options);
    it.each(transformerConformance({ transformer, restorable: MeanImputer, x: grouped, needs: 'age' }))(
      '$name',
      ({ run }) => run(),
    );
  },
);

it('imputes all numeric columns with their means', () => {
  const { fitted, output } = new MeanImputer().fitTransform(x);
  expect(fitted.state).toEqual({ means: { age: 30, limit: 2, empty: null } });
  expect(output.numeric('age')).toEqual(Float64Array.of(20, 30, 40));
  expect(output.numeric('empty')).toEqual(x.numeric('empty'));
  expect(output.column('gender')).toBe(x.column('gender'));
});

it('imputes new rows with the means of the training rows', () => {
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
])('reports invalid columns: $columns', ({ columns, code, message }) => {
  const fit = () => new MeanImputer({ columns }).fit(x);
  expect(fit).toThrow(message);
  expect(fit).toThrow(expect.objectContaining({ code }));
});

it('rejects columns that are not a list of distinct names', () => {
  expect(() => new MeanImputer({ columns: ['a', 'a'] })).toThrow(
    'columns: expected a list of unique column names, got ["a","a"]',
  );
  expect(() => new MeanImputer({ columns: 'age' as unknown as string[] })).toThrow(ChurnError);
});

it('rejects an infinite value, naming its row', () => {
  const infinite = Table.fromColumns({ a: Float64Array.of(1, -Infinity) });
  expect(() => new MeanImputer().fit(infinite)).toThrow('column "a", row 1: expected a finite number');
});

it('agrees with scikit-learn', () => {
  const { means } = new MeanImputer().fit(referenceTable).state;
  for (const [name, figures] of Object.entries(reference.columns)) expectClose(means[name], figures.mean);
});

describe('by group', () => {
  const train = Table.fromColumns({
    age: [20, 30, null, 60, null, null, 70],
    limit: [1, null, null, 5, null, null, 6],
    card: ['Blue', 'Blue', 'Blue', 'Gold', 'Gold', 'Red', null],
  });
  const imputer = new MeanImputer({ groupBy: 'card' });

  it('imputes with the mean of the rows of the same level', () => {
    const { fitted, output } = imputer.fitTransform(train);
    expect(fitted.state).toEqual({
      means: { age: 45, limit: 4 },
      groups: {
        column: 'card',
        values: { age: { Blue: 25, Gold: 60 }, limit: { Blue: 1, Gold: 5 } },
      },
    });
    expect(output.numeric('age')).toEqual(Float64Array.of(20, 30, 25, 60, 60, 45, 70));
    expect(output.numeric('limit')).toEqual(Float64Array.of(1, 1, 1, 5, 5, 4, 6));
    expect(output.column('card')).toBe(train.column('card'));
    expect(fitted.describe()).toBe('MeanImputer: means "age" 45, "limit" 4; by "card"');
  });

  it('falls back on the overall mean without a group, or in an unseen or empty one', () => {
    const later = Table.fromColumns({
      age: Float64Array.of(NaN, NaN, NaN, NaN),
      limit: [1, 1, 1, 1],
      card: ['Green', null, 'Red', 'Gold'],
    });
    expect(imputer.fit(train).transform(later).numeric('age')).toEqual(Float64Array.of(45, 45, 45, 60));
  });

  it('treats an empty group column as no group', () => {
    const fitted = imputer.fit(train.with({ card: train.numeric('age').map(() => NaN) }));
    expect(fitted.state.means).toEqual({ age: 45, limit: 4 });
    expect(fitted.state.groups?.values).toEqual({ age: {}, limit: {} });
  });

  it.each([
    { groupBy: 'nowhere', code: 'column-name', message: 'column "nowhere" is missing' },
    { groupBy: 'limit', code: 'column-kind', message: 'column "limit": expected categories' },
  ])('rejects grouping by $groupBy', ({ groupBy, code, message }) => {
    const fit = () => new MeanImputer({ columns: ['age'], groupBy }).fit(train);
    expect(fit).toThrow(message);
    expect(fit).toThrow(expect.objectContaining({ code }));
  });
});
