import { Table } from '@churn/core';
import { CategoryEncoder } from './category-encoder';
import { DateParts } from './date-parts';
import { OneHotEncoder } from './one-hot-encoder';

const x = Table.fromColumns({ plan: ['a', 'b', 'a', 'b'], joined: ['2024-01-01', null, '2024-02-01', null] });
const originsOf = ({ origins }: { readonly origins: ReadonlyMap<string, readonly string[]> }) =>
  Object.fromEntries(origins);

it('returns the source column of each part of a date', () => {
  const fitted = new DateParts({ columns: ['joined'], parts: ['year', 'month'] }).fit(x);
  expect(originsOf(fitted)).toEqual({ joined_year: ['joined'], joined_month: ['joined'] });
});

it('returns the source column of each encoded number', () => {
  const encoder = new CategoryEncoder({ columns: ['plan'] });
  expect(originsOf(encoder.fit(x, ['p', 'q', 'p', 'p']))).toEqual({});
  expect(originsOf(encoder.fit(x, ['p', 'q', 'r', 'p']))).toEqual({
    plan_p: ['plan'],
    plan_q: ['plan'],
    plan_r: ['plan'],
  });
  const hot = new OneHotEncoder({ columns: ['plan'] }).fit(x);
  expect(originsOf(hot)).toEqual(
    Object.fromEntries(
      hot
        .transform(x)
        .names.filter((name) => name !== 'joined')
        .map((name) => [name, ['plan']]),
    ),
  );
});
