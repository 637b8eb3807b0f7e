import { StateReader, Table } from '@churn/core';
import { transformerConformance } from '@churn/core/testing';
import fc from 'fast-check';
import { refusedStates } from '../test/refused-states';
import { Winsorizer } from './winsorizer';

const x = Table.fromColumns({ a: [0, 1, 2, 3, 100, null], kind: ['p', 'q', null, 'p', 'q', 'p'] });

it.each(transformerConformance({ transformer: new Winsorizer(), restorable: Winsorizer, x, needs: 'a' }))(
  '$name',
  ({ run }) => run(),
);

it('clips values to the quantiles of fit', () => {
  const { fitted, output } = new Winsorizer({ quantiles: [0.25, 0.75] }).fitTransform(x);
  expect(fitted.state).toEqual({ bounds: { a: { lower: 1, upper: 3 } } });
  expect(output.numeric('a')).toEqual(Float64Array.of(1, 1, 2, 3, 3, NaN));
  expect(fitted.describe()).toBe('Winsorizer: columns "a"');
});

it('preserves order, and changes nothing with the quantiles 0 and 1', () => {
  fc.assert(
    fc.property(fc.array(fc.double({ noNaN: true, noDefaultInfinity: true }), { minLength: 1 }), (values) => {
      const table = Table.fromColumns({ a: [...values].sort((a, b) => a - b) });
      const bounded = new Winsorizer().fitTransform(table).output.numeric('a');
      expect(bounded.every((value, row) => row === 0 || value >= bounded[row - 1])).toBe(true);
      const all = new Winsorizer({ quantiles: [0, 1] }).fitTransform(table).output.numeric('a');
      all.forEach((value, row) => {
        expect(value === table.numeric('a')[row]).toBe(true);
      });
    }),
  );
});

it('rejects invalid parameters and states', () => {
  expect(() => new Winsorizer({ quantiles: [0.9, 0.1] })).toThrow(
    'quantiles: expected two ascending shares from 0 to 1',
  );
  for (const quantiles of [[0, 5], [-0.1, 0.5], [0.1], [0.1, 0.2, 0.3], ['0.1', '0.9']]) {
    const wrong = quantiles as unknown as [number, number];
    expect(() => new Winsorizer({ quantiles: wrong })).toThrow('quantiles: expected two ascending shares');
  }
  const crossed = new StateReader('Winsorizer', { bounds: { a: { lower: 2, upper: 1 } } });
  expect(() => Winsorizer.restore(crossed)).toThrow('bounds');
});

it('leaves an empty column unchanged', () => {
  const fitted = new Winsorizer().fit(Table.fromColumns({ a: [null] }));
  expect(fitted.transform(Table.fromColumns({ a: [5] })).numeric('a')).toEqual(Float64Array.of(5));
});

describe.each([
  [{ lower: 1 }, [1, 1, 2, 3, 100, NaN]],
  [{ upper: 2.5 }, [0, 1, 2, 2.5, 2.5, NaN]],
  [{ lower: 1, upper: 2 }, [1, 1, 2, 2, 2, NaN]],
])('with the fixed bounds %j', (bounds, expected) => {
  it.each(transformerConformance({ transformer: new Winsorizer({ bounds }), restorable: Winsorizer, x }))(
    '$name',
    ({ run }) => run(),
  );

  it('clips values to them', () => {
    const { fitted, output } = new Winsorizer({ bounds }).fitTransform(x);
    expect(output.numeric('a')).toEqual(Float64Array.from(expected));
    expect(fitted.state).toEqual({ bounds: { a: { lower: null, upper: null, ...bounds } } });
  });
});

it.each([{}, { lower: 2, upper: 1 }, { lower: NaN }, { upper: 'high' }, [1, 2], null])(
  'rejects the fixed bounds %j',
  (bounds) => {
    expect(() => new Winsorizer({ bounds: bounds as { lower: number } })).toThrow(
      'bounds: expected an object with a number as lower, upper or both, the lower one no larger',
    );
  },
);

it('rejects both bounds and quantiles', () => {
  expect(() => new Winsorizer({ bounds: { lower: 1 }, quantiles: [0, 1] })).toThrow(
    'bounds: expected none if there are quantiles, got {"lower":1}',
  );
});

it.each(
  refusedStates(
    Winsorizer,
    {
      bounds: {
        a: { lower: 1, upper: 1 },
        b: { lower: null, upper: 0 },
        c: { lower: 0, upper: null },
        d: null,
      },
    },
    {
      bounds: [
        { a: 1 },
        { a: [1, 2] },
        { a: { lower: '1', upper: 2 } },
        { a: { lower: 1, upper: '2' } },
        { a: { lower: 1 } },
      ],
    },
  ),
)('$name', ({ run }) => run());
