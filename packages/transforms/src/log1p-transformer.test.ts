import { StateReader, schemaOf, Table } from '@churn/core';
import { transformerConformance } from '@churn/core/testing';
import fc from 'fast-check';
import { refusedStates } from '../test/refused-states';
import { Log1pTransformer } from './log1p-transformer';

const x = Table.fromColumns({ a: [0, Math.E - 1, null, -0.5], kind: ['p', 'q', null, 'p'] });

it.each(
  transformerConformance({
    transformer: new Log1pTransformer(),
    restorable: Log1pTransformer,
    x,
    needs: 'a',
  }),
)('$name', ({ run }) => run());

it('is the logarithm of 1 + x', () => {
  const { fitted, output } = new Log1pTransformer().fitTransform(x);
  expect(output.numeric('a')).toEqual(Float64Array.of(0, 1, NaN, Math.log(0.5)));
  expect(fitted.describe()).toBe('Log1pTransformer: columns "a"');
});

it('is inverted', () => {
  fc.assert(
    fc.property(fc.array(fc.double({ min: -0.999, max: 1e12, noNaN: true }), { minLength: 1 }), (values) => {
      const { fitted, output } = new Log1pTransformer().fitTransform(Table.fromColumns({ a: values }));
      fitted
        .inverseTransform(output)
        .numeric('a')
        .forEach((value, row) => {
          expect(Math.abs(value - values[row])).toBeLessThanOrEqual(1e-12 * (1 + Math.abs(values[row])));
        });
    }),
  );
});

it('rejects -1 and less, in a table and in a row', () => {
  const low = Table.fromColumns({ a: [3, -1] });
  expect(() => new Log1pTransformer().fit(low)).toThrow(
    'column "a", row 1: expected a number above -1, got -1',
  );
  const step = new Log1pTransformer().fit(x).compileRow(schemaOf(x));
  expect(() => step.apply([-2, 'p'])).toThrow('column "a", row 0: expected a number above -1, got -2');
});

it('rejects an invalid state', () => {
  const state = new StateReader('Log1pTransformer', { columns: [1] });
  expect(() => Log1pTransformer.restore(state)).toThrow('columns');
});

it.each(refusedStates(Log1pTransformer, { columns: ['a'] }, { columns: ['a', [1]] }))('$name', ({ run }) =>
  run(),
);
