import { Table } from '@churn/core';
import { transformerConformance } from '@churn/core/testing';
import fc from 'fast-check';
import { expectClose } from '../test/reference';
import reference from '../test/reference/categories.json';
import { refusedStates } from '../test/refused-states';
import { binEdges } from './bin-edges';
import { Binner } from './binner';

const x = Table.fromColumns({
  age: [20, 30, null, 40, 60],
  constant: [5, 5, 5, 5, 5],
  empty: new Float64Array(5).fill(NaN),
  gender: ['F', 'M', 'F', null, 'M'],
});

describe.each(['ordinal', 'label'] as const)('encoded as %s', (encode) => {
  const transformer = new Binner({ nBins: 2, encode });
  it.each(transformerConformance({ transformer, restorable: Binner, x, needs: 'age' }))('$name', ({ run }) =>
    run(),
  );
});

it('assigns values to bins, those beyond the edges to the outer ones', () => {
  const fitted = new Binner({ nBins: 4, strategy: 'uniform', columns: ['age', 'constant', 'empty'] }).fit(x);
  expect(fitted.state).toEqual({
    edges: { age: [20, 30, 40, 50, 60], constant: [5, 5], empty: null },
    encode: 'ordinal',
  });
  const rows = Table.fromColumns({ age: [-1e9, 29, 30, 60, 1e9, null] });
  const output = fitted.transform(rows.with({ constant: [4, 5, 6, 0, 0, 0], empty: [1, 2, 3, 4, 5, 6] }));
  expect(output.numeric('age')).toEqual(Float64Array.of(0, 0, 1, 3, 3, NaN));
  expect(output.numeric('constant')).toEqual(new Float64Array(6));
  expect(output.numeric('empty')).toEqual(Float64Array.of(1, 2, 3, 4, 5, 6));
  expect(fitted.inverseTransform(output).numeric('age')).toEqual(Float64Array.of(25, 25, 35, 55, 55, NaN));
  expect(fitted.describe()).toBe('Binner: age (4 bins), constant (1 bins), empty (no values)');
});

it('names the bins', () => {
  const { fitted, output } = new Binner({ nBins: 2, columns: ['age'], encode: 'label' }).fitTransform(x);
  const levels = output.toRows().map(({ age }) => age);
  expect(levels).toEqual(['(-inf, 35)', '(-inf, 35)', null, '[35, inf)', '[35, inf)']);
  expect(fitted.inverseTransform(output).numeric('age')).toEqual(
    Float64Array.of(27.5, 27.5, NaN, 47.5, 47.5),
  );
});

it('rejects inverting invalid bins', () => {
  const ordinal = new Binner({ columns: ['age'] }).fit(x);
  expect(() => ordinal.inverseTransform(Table.fromColumns({ age: [9] }))).toThrow('column "age", row 0');
  const label = new Binner({ columns: ['age'], encode: 'label' }).fit(x);
  expect(() => label.inverseTransform(Table.fromColumns({ age: ['x'] }))).toThrow('expected a bin, got "x"');
});

const cases = Object.entries(reference.numbers).flatMap(([name, { values, bins }]) =>
  bins.map((bin) => ({ name, values, ...bin })),
);

it.each(cases)(
  'agrees with scikit-learn on $name, $strategy, $nBins',
  ({ values, edges, codes, centers, ...options }) => {
    const binner = new Binner({ nBins: options.nBins, strategy: options.strategy as 'uniform' | 'quantile' });
    const { fitted, output } = binner.fitTransform(Table.fromColumns({ values }));
    const received = fitted.state.edges.values;
    expect(received).toHaveLength(edges.length);
    edges.forEach((edge, i) => {
      expectClose(received?.[i], edge);
    });
    expect(Array.from(output.numeric('values'))).toEqual(codes);
    const back = [...new Set(fitted.inverseTransform(output).numeric('values'))].sort((a, b) => a - b);
    centers.forEach((center, i) => {
      if (Math.abs(center) > 1e-12) expectClose(back[i], center);
    });
  },
);

it('has increasing edges from the minimum to the maximum, whatever the values and their order', () => {
  const values = fc.array(fc.double({ noNaN: true, noDefaultInfinity: true }), { minLength: 1 });
  const strategies = fc.constantFrom('uniform' as const, 'quantile' as const);
  fc.assert(
    fc.property(values, fc.integer({ min: 2, max: 12 }), strategies, (numbers, nBins, strategy) => {
      const edges = binEdges(Float64Array.from(numbers), nBins, strategy);
      expect(edges).toEqual(binEdges(Float64Array.from(numbers).reverse(), nBins, strategy));
      for (let i = 1; i < edges.length; i++) {
        if (edges.length > 2) expect(edges[i]).toBeGreaterThan(edges[i - 1]);
        expect(Number.isFinite(edges[i])).toBe(true);
      }
    }),
  );
});

it('keeps the bin of inverted values', () => {
  const values = fc.array(fc.double({ min: -1e6, max: 1e6, noNaN: true }), { minLength: 1 });
  fc.assert(
    fc.property(values, (numbers) => {
      const rounded = numbers.map((value) => Math.round(value * 100) / 100);
      const { fitted, output } = new Binner().fitTransform(Table.fromColumns({ a: rounded }));
      const again = fitted.transform(fitted.inverseTransform(output));
      expect(again.numeric('a')).toEqual(output.numeric('a'));
    }),
  );
});

it.each([
  { options: { nBins: 1 }, message: 'nBins: expected an integer from 2 to 100000, got 1' },
  { options: { strategy: 'kmeans' as 'uniform' }, message: 'strategy: expected one of uniform, quantile' },
  { options: { encode: 'onehot' as 'label' }, message: 'encode: expected one of ordinal, label' },
])('rejects $options', ({ options, message }) => {
  expect(() => new Binner(options)).toThrow(message);
});

it.each(
  refusedStates(
    Binner,
    { edges: { a: [1, 2], empty: null }, encode: 'label' },
    { edges: [{ a: [1] }, { a: [1, 'x'] }, { a: 12 }, { a: '12' }], encode: ['onehot', null] },
  ),
)('$name', ({ run }) => run());

it('rejects a fractional number of bins, and describes itself without columns', () => {
  expect(() => new Binner({ nBins: 2.5 })).toThrow('nBins: expected an integer from 2 to 100000, got 2.5');
  expect(new Binner({ columns: [] }).fit(x).describe()).toBe('Binner: no columns');
});
