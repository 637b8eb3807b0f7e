import { Table } from '@churn/core';
import { transformerConformance } from '@churn/core/testing';
import reference from '../test/reference/categories.json';
import { refusedStates } from '../test/refused-states';
import { OrdinalEncoder } from './ordinal-encoder';

const x = Table.fromColumns({
  card: ['Gold', 'Blue', null, 'Blue'],
  age: [1, 2, 3, 4],
  size: ['S', 'L', 'M', 'S'],
});
const transformer = new OrdinalEncoder({ categories: { size: ['S', 'M', 'L'] } });

it.each(transformerConformance({ transformer, restorable: OrdinalEncoder, x, needs: 'size' }))(
  '$name',
  ({ run }) => run(),
);

it('numbers levels in the given order, or sorted', () => {
  const { fitted, output } = transformer.fitTransform(x);
  expect(fitted.state).toEqual({
    levels: { card: ['Blue', 'Gold'], size: ['S', 'M', 'L'] },
    unknownValue: -1,
  });
  expect(output.numeric('card')).toEqual(Float64Array.of(1, 0, NaN, 0));
  expect(output.numeric('size')).toEqual(Float64Array.of(0, 2, 1, 0));
  expect(fitted.inverseTransform(output).toRows()).toEqual(x.toRows());
  expect(fitted.describe()).toBe('OrdinalEncoder: card (2 levels), size (3 levels)');
});

it('encodes an unseen level as the unknown value, and inverts it to missing', () => {
  const fitted = new OrdinalEncoder({ columns: ['card'], unknownValue: 99 }).fit(x);
  const output = fitted.transform(Table.fromColumns({ card: ['new', 'Gold'] }));
  expect(output.numeric('card')).toEqual(Float64Array.of(99, 1));
  expect(fitted.inverseTransform(output).toRows()).toEqual([{ card: null }, { card: 'Gold' }]);
});

it('rejects inverting an invalid number', () => {
  const wrong = Table.fromColumns({ card: [0.5], size: [0] });
  expect(() => transformer.fit(x).inverseTransform(wrong)).toThrow(
    'column "card", row 0: expected an integer below 2, got 0.5',
  );
});

it.each([
  { options: { unknownValue: NaN }, message: 'unknownValue: expected a number, got NaN' },
  {
    options: { categories: { a: ['b', 'b'] } },
    message: 'categories of "a": expected a list of distinct levels',
  },
  {
    options: { columns: ['b'], categories: { a: ['b'] } },
    message: 'categories: expected columns among those',
  },
])('rejects $options', ({ options, message }) => {
  expect(() => new OrdinalEncoder(options)).toThrow(message);
});

it('rejects an unknown value that equals the number of a level', () => {
  expect(() => new OrdinalEncoder({ unknownValue: 1 }).fit(x)).toThrow(
    'unknownValue: expected a number that is no',
  );
});

it.each(Object.entries(reference.categories))('agrees with scikit-learn on %s', (_, { values, ordinal }) => {
  const { output } = new OrdinalEncoder().fitTransform(Table.fromColumns({ values }));
  const expected = ordinal as Record<string, number>;
  expect(Array.from(output.numeric('values'))).toEqual(values.map((level) => expected[level]));
});

it.each(
  refusedStates(
    OrdinalEncoder,
    { levels: { a: ['b'] }, unknownValue: -1 },
    { levels: [{ a: 'b' }, { a: ['b', 1] }, [['b']]], unknownValue: ['-1', null] },
  ),
)('$name', ({ run }) => run());

it('describes itself without columns', () => {
  expect(new OrdinalEncoder({ columns: [] }).fit(x).describe()).toBe('OrdinalEncoder: no columns');
});

it('accepts an unknown value outside the numbers of the levels', () => {
  const encoder = (unknownValue: number) => new OrdinalEncoder({ columns: ['card'], unknownValue });
  for (const free of [2, 0.5, -2]) expect(encoder(free).fit(x).state.unknownValue).toBe(free);
  expect(() => encoder(0).fit(x)).toThrow(
    'unknownValue: expected a number that is not the code of a level of "card"',
  );
});

it.each([2, -1, 3])('rejects inverting %d', (number) => {
  const fitted = new OrdinalEncoder({ columns: ['card'], unknownValue: 99 }).fit(x);
  expect(() => fitted.inverseTransform(Table.fromColumns({ card: [0, number] }))).toThrow(
    `column "card", row 1: expected an integer below 2, got ${number}`,
  );
});

it.each([
  [{ categories: ['a'] }, 'categories: expected an object of { column: levels }, got ["a"]'],
  [{ categories: { a: 'bc' } }, 'categories of "a": expected a list of distinct levels, got "bc"'],
  [{ categories: { a: [1] } }, 'categories of "a": expected a list of distinct levels, got [1]'],
])('rejects %j', (options, message) => {
  expect(() => new OrdinalEncoder(options as object)).toThrow(message);
});
