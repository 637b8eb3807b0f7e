import { StateReader, Table } from '@churn/core';
import { transformerConformance } from '@churn/core/testing';
import { expectClose, reference } from '../test/reference';
import { refusedStates } from '../test/refused-states';
import { PolynomialFeatures } from './polynomial-features';

const x = Table.fromColumns({ a: [1, 2, null], b: [3, 4, 5], kind: ['p', 'q', null] });
const transformer = new PolynomialFeatures({ columns: ['a', 'b'], degree: 3, includeBias: true });

it.each(transformerConformance({ transformer, restorable: PolynomialFeatures, x, needs: 'a' }))(
  '$name',
  ({ run }) => run(),
);

it.each(reference.polynomials)(
  'agrees with scikit-learn: degree $degree, interactionOnly $interactionOnly, includeBias $includeBias',
  ({ rows, names, output, ...options }) => {
    const table = new PolynomialFeatures(options).fitTransform(
      Table.fromMatrix(rows, ['a', 'b', 'c']),
    ).output;
    expect(table.names).toEqual(names);
    table.toArray().forEach((row, i) => {
      row.forEach((value, j) => {
        expectClose(value, output[i][j], 1e-15);
      });
    });
  },
);

it('appends the products, and propagates missing values', () => {
  const { output } = new PolynomialFeatures({ columns: ['a', 'b'], interactionOnly: true }).fitTransform(x);
  expect(output.names).toEqual(['a', 'b', 'kind', 'a b']);
  expect(output.numeric('a b')).toEqual(Float64Array.of(3, 8, NaN));
  expect(output.numeric('a')).toBe(x.numeric('a'));
});

it('removes the products when inverted', () => {
  const { fitted, output } = transformer.fitTransform(x);
  expect(fitted.inverseTransform(output).toRows()).toEqual(x.toRows());
  expect(() => fitted.inverseTransform(x)).toThrow('column "1" is missing');
  expect(fitted.describe()).toBe('PolynomialFeatures: 7 products of up to 3 of 2 columns');
});

it('adds no products of more features than exist, and nothing with degree 1', () => {
  const numbers = x.drop(['kind']);
  const names = (degree: number) =>
    new PolynomialFeatures({ degree, interactionOnly: true }).fitTransform(numbers).output.names;
  expect(names(1)).toEqual(['a', 'b']);
  expect(names(5)).toEqual(['a', 'b', 'a b']);
});

it('rejects columns that are not numeric', () => {
  expect(() => new PolynomialFeatures().fit(x)).toThrow('column "kind": expected numbers, got categories');
});

it('rejects invalid parameters and states', () => {
  expect(() => new PolynomialFeatures({ degree: 1.5 })).toThrow(
    'degree: expected an integer from 1 to 100, got 1.5',
  );
  const state = { features: ['a'], degree: 0.5, interactionOnly: false, includeBias: false };
  expect(() => PolynomialFeatures.restore(new StateReader('PolynomialFeatures', state))).toThrow('degree');
});

it('returns the source features of each product', () => {
  const fitted = new PolynomialFeatures({ degree: 3 }).fit(Table.fromColumns({ a: [1], b: [2] }));
  expect(Object.fromEntries(fitted.origins)).toEqual({
    'a^2': ['a', 'a'],
    'a b': ['a', 'b'],
    'b^2': ['b', 'b'],
    'a^3': ['a', 'a', 'a'],
    'a^2 b': ['a', 'a', 'b'],
    'a b^2': ['a', 'b', 'b'],
    'b^3': ['b', 'b', 'b'],
  });
});

it.each(
  refusedStates(
    PolynomialFeatures,
    { features: ['a'], degree: 1, interactionOnly: true, includeBias: false },
    { features: ['a', [1]], degree: [0, 1.5, '2'], interactionOnly: [1], includeBias: [0] },
  ),
)('$name', ({ run }) => run());

it('rejects parameters of another type', () => {
  expect(() => new PolynomialFeatures({ degree: 0 })).toThrow(
    'degree: expected an integer from 1 to 100, got 0',
  );
  const one = 1 as unknown as boolean;
  expect(() => new PolynomialFeatures({ interactionOnly: one })).toThrow(
    'interactionOnly: expected true or false',
  );
  expect(() => new PolynomialFeatures({ includeBias: one })).toThrow('includeBias: expected true or false');
});
