import { Table } from '@churn/core';
import { transformerConformance } from '@churn/core/testing';
import { expectClose } from '../test/reference';
import reference from '../test/reference/categories.json';
import { refusedStates } from '../test/refused-states';
import { FrequencyEncoder } from './frequency-encoder';

const x = Table.fromColumns({ card: ['Gold', 'Blue', null, 'Blue'], age: [1, 2, 3, 4] });

it.each(
  transformerConformance({
    transformer: new FrequencyEncoder(),
    restorable: FrequencyEncoder,
    x,
    needs: 'card',
  }),
)('$name', ({ run }) => run());

it('counts the rows of each level', () => {
  const { fitted, output } = new FrequencyEncoder().fitTransform(x);
  expect(fitted.state).toEqual({ frequencies: { card: { Blue: 2, Gold: 1 } } });
  expect(output.numeric('card')).toEqual(Float64Array.of(1, 2, NaN, 2));
  expect(fitted.transform(Table.fromColumns({ card: ['new'] })).numeric('card')).toEqual(Float64Array.of(0));
  expect(fitted.describe()).toBe('FrequencyEncoder: card (2 levels)');
});

it.each(Object.entries(reference.categories))('agrees with pandas on %s', (_, { values, counts, shares }) => {
  const table = Table.fromColumns({ values });
  expect(new FrequencyEncoder().fit(table).state.frequencies.values).toEqual(counts);
  const received = new FrequencyEncoder({ normalize: true }).fit(table).state.frequencies.values;
  for (const [level, share] of Object.entries(shares)) expectClose(received[level], share);
});

it('rejects a normalize that is not a boolean', () => {
  expect(() => new FrequencyEncoder({ normalize: 1 as unknown as boolean })).toThrow(
    'normalize: expected true or',
  );
});

it.each(
  refusedStates(
    FrequencyEncoder,
    { frequencies: { a: { b: 1 } } },
    { frequencies: [{ a: 1 }, { a: { b: '1' } }] },
  ),
)('$name', ({ run }) => run());

it('describes itself without columns', () => {
  expect(new FrequencyEncoder({ columns: [] }).fit(x).describe()).toBe('FrequencyEncoder: no columns');
});
