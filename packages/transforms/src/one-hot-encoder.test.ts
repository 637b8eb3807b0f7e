import { Table } from '@churn/core';
import { transformerConformance } from '@churn/core/testing';
import fc from 'fast-check';
import reference from '../test/reference/categories.json';
import { refusedStates } from '../test/refused-states';
import { OneHotEncoder, type OneHotEncoderOptions } from './one-hot-encoder';

const x = Table.fromColumns({
  card: ['Gold', 'Blue', 'Blue', null, 'Gray'],
  age: [1, 2, 3, 4, 5],
  gender: ['M', 'F', 'F', 'M', 'M'],
});

describe.each<OneHotEncoderOptions>([
  {},
  { drop: 'first' },
  { drop: 'ifBinary', maxCategories: 2 },
  { minFrequency: 2, columns: ['card'] },
])('with %j', (options) => {
  const transformer = new OneHotEncoder(options);
  it.each(transformerConformance({ transformer, restorable: OneHotEncoder, x, needs: 'card' }))(
    '$name',
    ({ run }) => run(),
  );
});

it('creates a column for each level, in place of the category column', () => {
  const fitted = new OneHotEncoder({ columns: ['card'] }).fit(x);
  const { names } = fitted.transform(x);
  expect(names).toEqual(['card_Blue', 'card_Gold', 'card_Gray', 'age', 'gender']);
  const rows = fitted.transform(Table.fromColumns({ card: ['Gold', 'new', null] })).toArray();
  expect(rows).toEqual([
    [0, 1, 0],
    [0, 0, 0],
    [0, 0, 0],
  ]);
  expect(fitted.describe()).toBe('OneHotEncoder: card (3 columns)');
});

it('pools rare and unseen levels', () => {
  const fitted = new OneHotEncoder({ columns: ['card'], minFrequency: 2 }).fit(x);
  expect(fitted.state.columns.card).toEqual({
    levels: ['Blue'],
    infrequent: ['Gold', 'Gray'],
    dropped: null,
  });
  const output = fitted.transform(Table.fromColumns({ card: ['Gold', 'new', null, 'Blue'] }));
  expect(output.names).toEqual(['card_Blue', 'card_infrequent']);
  expect(output.numeric('card_infrequent')).toEqual(Float64Array.of(1, 1, 0, 0));
  const levels = fitted.inverseTransform(output).toRows();
  expect(levels.map(({ card }) => card)).toEqual(['infrequent', 'infrequent', null, 'Blue']);
});

it('drops the first level of two', () => {
  const fitted = new OneHotEncoder({ drop: 'ifBinary' }).fit(x);
  const output = fitted.transform(x);
  expect(output.names).toEqual(['card_Blue', 'card_Gold', 'card_Gray', 'age', 'gender_M']);
  expect(fitted.inverseTransform(output).toRows()).toEqual(x.toRows());
});

it('is undone by its inverse', () => {
  const levels = fc.array(fc.option(fc.constantFrom('a', 'b', '__proto__', '', 'constructor')), {
    minLength: 1,
  });
  fc.assert(
    fc.property(levels, (values) => {
      const column = { a: values.map((value) => value ?? null), n: values.map((_, row) => row) };
      const table = Table.fromRows(Table.fromColumns(column).toRows(), new Map([['a', 'category']]));
      const { fitted, output } = new OneHotEncoder().fitTransform(table);
      const back = fitted.inverseTransform(output).toRows();
      expect(back.map(({ a }) => a)).toEqual(column.a);
    }),
  );
});

it('learns the same from rows in another order', () => {
  fc.assert(
    fc.property(fc.shuffledSubarray([0, 1, 2, 3, 4], { minLength: 5 }), (order) => {
      const encoder = new OneHotEncoder({ maxCategories: 2 });
      expect(encoder.fit(x.take(order)).state).toEqual(encoder.fit(x).state);
    }),
  );
});

// Two differences, both without use: scikit-learn groups a level on its own, and drops a group.
const isDifferent = (name: string, options: object, names: string[]) =>
  names.length === 0 ? name === 'unique' : name === 'constant' && 'max_categories' in options;

const cases = Object.entries(reference.categories).flatMap(([name, { values, oneHot }]) =>
  oneHot
    .filter(({ options, names }) => !isDifferent(name, options, names))
    .map((expected) => ({ name, values, given: JSON.stringify(expected.options), ...expected })),
);

it.each(cases)('agrees with scikit-learn on $name, $given', ({ values, options, names, ones }) => {
  const { drop, min_frequency, max_categories } = options as {
    drop?: 'first' | 'if_binary';
    min_frequency?: number;
    max_categories?: number;
  };
  const encoder = new OneHotEncoder({
    drop: drop === 'if_binary' ? 'ifBinary' : drop,
    minFrequency: min_frequency,
    maxCategories: max_categories,
  });
  const { output } = encoder.fitTransform(Table.fromColumns({ c: values }));
  expect(output.names).toEqual(
    names.map((name) => `c_${name === 'infrequent_sklearn' ? 'infrequent' : name}`),
  );
  const received = output.names.map((name) =>
    Array.from(output.numeric(name).keys()).filter((row) => output.numeric(name)[row] === 1),
  );
  expect(received).toEqual(ones);
});

it.each<{ options: OneHotEncoderOptions; message: string }>([
  { options: { drop: 'last' as 'first' }, message: 'drop: expected one of first, ifBinary, null' },
  {
    options: { minFrequency: 1.5 },
    message: 'minFrequency: expected an integer of at least 1 or a share below 1',
  },
  { options: { maxCategories: 0 }, message: 'maxCategories: expected an integer of at least 1, got 0' },
])('rejects $options', ({ options, message }) => {
  expect(() => new OneHotEncoder(options)).toThrow(message);
});

it.each(
  refusedStates(
    OneHotEncoder,
    { columns: { a: { levels: ['b'], infrequent: ['c'], dropped: null } } },
    {
      columns: [
        { a: null },
        { a: { levels: 'b', infrequent: [], dropped: null } },
        { a: { levels: [1], infrequent: [], dropped: null } },
        { a: { levels: [], infrequent: 'c', dropped: null } },
        { a: { levels: [], infrequent: ['c', 1], dropped: null } },
        { a: { levels: [], infrequent: [], dropped: 1 } },
        { a: { levels: [], infrequent: [] } },
      ],
    },
  ),
)('$name', ({ run }) => run());

it('accepts parameters at their bounds, and none beyond', () => {
  expect(new OneHotEncoder({ drop: null, minFrequency: 0.5, maxCategories: 1 })).toMatchObject({
    minFrequency: 0.5,
    maxCategories: 1,
  });
  for (const minFrequency of [0, -1, NaN]) {
    expect(() => new OneHotEncoder({ minFrequency })).toThrow('minFrequency: expected');
  }
  expect(() => new OneHotEncoder({ maxCategories: 1.5 })).toThrow('maxCategories: expected');
});

it('describes itself without columns', () => {
  expect(new OneHotEncoder({ columns: [] }).fit(x).describe()).toBe('OneHotEncoder: no columns');
  expect(new OneHotEncoder().fit(x).describe()).toBe('OneHotEncoder: card (3 columns), gender (2 columns)');
});
