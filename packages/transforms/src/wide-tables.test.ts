import { compileRow, StateReader, type TableSchema } from '@churn/core';
import { OnColumns } from './on-columns';
import { OneHotEncoder } from './one-hot-encoder';
import { countTerms, MAX_TERMS, polynomialTerms } from './polynomial-terms';
import { StandardScaler } from './standard-scaler';

// Of the square of their number, a hundred thousand columns or levels would take minutes, or more memory than there is.

const names = Array.from({ length: 100_000 }, (_, j) => `c${j}`);
const schema = names.map((name): TableSchema[number] => ({ name, kind: 'numeric' }));
const state = (type: string, given: object) => new StateReader(type, given);
const all = (value: number) => Object.fromEntries(names.map((name) => [name, value]));

it('supports rows of a hundred thousand columns', () => {
  const scaler = StandardScaler.restore(state('StandardScaler', { means: all(1), scales: all(2) }));
  const row = compileRow([scaler], schema).apply(names.map(() => 5));
  expect(row.every((value) => value === 2)).toBe(true);
});

it('encodes a column of a hundred thousand levels', () => {
  const learned = { levels: names, infrequent: [], dropped: null };
  const encoder = OneHotEncoder.restore(state('OneHotEncoder', { columns: { a: learned } }));
  const step = encoder.compileRow([{ name: 'a', kind: 'category' }]);
  expect(step.schema).toHaveLength(names.length);
  expect(step.apply(['c7']).indexOf(1)).toBe(7);
});

it('inserts a hundred thousand new columns in place of one', () => {
  const learned = { levels: names, infrequent: [], dropped: null };
  const part = { type: 'OneHotEncoder', state: { columns: { a: learned } } };
  const onColumns = OnColumns.restore(state('OnColumns', { columns: ['a'], part }), [OneHotEncoder]);
  const step = onColumns.compileRow?.([
    { name: 'a', kind: 'category' },
    { name: 'b', kind: 'numeric' },
  ]);
  expect(step?.schema).toHaveLength(names.length + 1);
});

it.each([
  [3, 2, false],
  [4, 4, false],
  [1, 5, false],
  [5, 3, true],
  [2, 9, true],
  [0, 3, false],
])('counts the products of %p features of degree %p, only interactions: %p', (n, degree, interactionOnly) => {
  const features = names.slice(0, n);
  expect(countTerms(n, degree, interactionOnly)).toBe(
    polynomialTerms(features, degree, interactionOnly).length,
  );
});

it('stops counting beyond the maximum', () => {
  expect(countTerms(1e5, 100, false)).toBeGreaterThan(MAX_TERMS);
  expect(countTerms(1e5, 100, true)).toBeGreaterThan(MAX_TERMS);
});
