import { Table } from '@churn/core';
import { targetsOf } from './guess-target.js';

const all = () => true;
const many = Array.from({ length: 30 }, (_, i) => i);
const guessOf = (columns: Readonly<Record<string, readonly (string | number | null)[]>>) =>
  targetsOf(Table.fromColumns(columns), all);

describe('targetsOf', () => {
  it('takes the column that is called like an outcome, or else the last', () => {
    const left = many.map((i) => (i % 3 ? 'no' : 'yes'));
    expect(guessOf({ age: many, Attrition_Flag: left, plan: left }).guess).toBe('Attrition_Flag');
    expect(guessOf({ age: many, is_churned: left, plan: left }).guess).toBe('is_churned');
    expect(guessOf({ age: many, leftover: left, plan: left }).guess).toBe('plan');
    expect(guessOf({ age: many, constant: many.map(() => 1) }).guess).toBe('age');
  });

  it('learns many numbers as values, few as either, and texts and two numbers as classes', () => {
    const { targets } = guessOf({
      amount: many,
      grade: many.map((i) => i % 5),
      flag: many.map((i) => i % 2),
      plan: many.map((i) => 'abc'[i % 3]),
      name: many.map(String).map((text) => `name ${text}`),
      constant: many.map(() => 'a'),
      missing: many.map((i) => (i === 0 ? 1 : null)),
    });
    expect(targets).toEqual([
      { name: 'amount', kinds: ['value'] },
      { name: 'grade', kinds: ['value', 'classes'] },
      { name: 'flag', kinds: ['classes'] },
      { name: 'plan', kinds: ['classes'] },
    ]);
  });

  it('takes no column that is not learned, such as an ID', () => {
    const table = Table.fromColumns({ id: many, age: many });
    expect(targetsOf(table, (name) => name !== 'id').targets.map(({ name }) => name)).toEqual(['age']);
    expect(targetsOf(table, () => false)).toEqual({ targets: [], guess: undefined });
  });
});
