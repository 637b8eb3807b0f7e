import { StateReader, Table } from '@churn/core';
import { transformerConformance } from '@churn/core/testing';
import { refusedStates } from '../test/refused-states';
import { DropCorrelatedColumns } from './drop-correlated-columns';
import { correlation } from './statistics/correlation';

const x = Table.fromColumns({
  a: [1, 2, 3, 4],
  kind: ['p', 'q', null, 'p'],
  opposite: [-2e200, -4e200, -6e200, -8e200],
  other: [1, -1, -1, 1],
  gaps: [2, null, 6, 8],
  flat: [5, 5, 5, 5],
});
const transformer = new DropCorrelatedColumns();

it.each(transformerConformance({ transformer, restorable: DropCorrelatedColumns, x }))('$name', ({ run }) =>
  run(),
);

it('keeps the first of correlated columns, over complete rows', () => {
  const { fitted, output } = transformer.fitTransform(x);
  expect(output.names).toEqual(['a', 'kind', 'other', 'flat']);
  expect(fitted.state.correlatedWith).toEqual({
    opposite: { column: 'a', correlation: expect.closeTo(-1, 12) },
    gaps: { column: 'a', correlation: expect.closeTo(1, 12) },
  });
  expect(fitted.describe()).toBe('DropCorrelatedColumns: dropped "opposite", "gaps", of |r| above 0.95');
});

it('compares only with kept columns', () => {
  // b goes because of a; c is like b, but not enough like a.
  const chain = Table.fromColumns({ a: [1, 2, 3, 4], b: [1, 2, 3, 6], c: [1, 1, 2, 8] });
  const { state } = new DropCorrelatedColumns({ threshold: 0.9 }).fit(chain);
  expect(Object.keys(state.correlatedWith)).toEqual(['b']);
});

it('computes the correlation of small columns by hand', () => {
  expect(correlation(Float64Array.of(1, 2, 3), Float64Array.of(1, 3, 2))).toBeCloseTo(0.5, 15);
  expect(correlation(Float64Array.of(1, NaN, 3), Float64Array.of(1, 3, NaN))).toBeNull();
  expect(correlation(Float64Array.of(0.1, 0.1, 0.1), Float64Array.of(1, 3, 2))).toBeNull();
});

it('rejects a threshold outside 0 to 1', () => {
  expect(() => new DropCorrelatedColumns({ threshold: 2 })).toThrow(
    'threshold: expected a number from 0 to 1',
  );
  const state = { threshold: 2, correlatedWith: {} };
  const reader = new StateReader('DropCorrelatedColumns', state);
  expect(() => DropCorrelatedColumns.restore(reader)).toThrow('threshold');
});

it.each(
  refusedStates(
    DropCorrelatedColumns,
    { threshold: 1, correlatedWith: { a: { column: 'b', correlation: 0.5 } } },
    {
      threshold: [-0.1, 1.1, '1'],
      correlatedWith: [
        { a: null },
        { a: { column: 1, correlation: 0.5 } },
        { a: { column: 'b', correlation: 'c' } },
      ],
    },
  ),
)('$name', ({ run }) => run());

it.each(refusedStates(DropCorrelatedColumns, { threshold: 0, correlatedWith: {} }, { threshold: [null] }))(
  '$name',
  ({ run }) => run(),
);

it.each([0, 1])('accepts the threshold %d', (threshold) => {
  expect(new DropCorrelatedColumns({ threshold }).fit(x).state.threshold).toBe(threshold);
});

it.each([-0.01, NaN])('rejects the threshold %d', (threshold) => {
  expect(() => new DropCorrelatedColumns({ threshold })).toThrow('threshold: expected a number from 0 to 1');
});
