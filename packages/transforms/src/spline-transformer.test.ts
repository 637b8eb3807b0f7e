import { compileRow, Pipeline, rowValues, Table } from '@churn/core';
import { transformerConformance } from '@churn/core/testing';
import fc from 'fast-check';
import reference from '../test/reference/splines.json';
import { refusedStates } from '../test/refused-states';
import { EXTRAPOLATIONS, type Extrapolation, splineBasis } from './b-spline';
import { type KnotPlacing, SplineTransformer } from './spline-transformer';

const x = Table.fromColumns({
  a: [1, 2, 4, 8, null, 3],
  flag: [0, 1, 0, 1, 1, null],
  b: [0.5, 0.25, 4, -3, 9, 2],
  kind: ['p', 'q', null, 'p', 'q', 'p'],
});

describe.each([
  {},
  { columns: ['a', 'b'], degree: 1, extrapolation: 'linear' },
  { columns: ['a'], knots: 'quantile', nKnots: 3, extrapolation: 'continue', includeBias: false },
] as const)('SplineTransformer with %j', (options) => {
  it.each(
    transformerConformance({
      transformer: new SplineTransformer(options),
      restorable: SplineTransformer,
      x,
      needs: 'a',
    }),
  )('$name', ({ run }) => run());
});

describe.each(reference.cases)('agrees with scikit-learn on $column: $options', (each) => {
  const { column, options, names, transformed, ofNew } = each;
  const transformer = new SplineTransformer({
    nKnots: options.n_knots,
    degree: options.degree,
    knots: options.knots as KnotPlacing,
    extrapolation: options.extrapolation as Extrapolation,
    includeBias: options.include_bias,
  });
  const values = reference.columns[column as keyof typeof reference.columns];
  const fitted = transformer.fit(Table.fromColumns({ [column]: values }));

  it.each<[string, number[], number[][]]>([
    ['between the training values', values, transformed],
    ['beyond the training values', each.new, ofNew],
  ])('%s', (_, given, expected) => {
    const output = fitted.transform(Table.fromColumns({ [column]: given }));
    expect(output.names).toEqual(names);
    output.toArray().forEach((row, i) => {
      // Far out a cubic is large, and its pieces cancel.
      const scale = Math.max(1, ...expected[i].map(Math.abs));
      row.forEach((value, k) => {
        expect(Math.abs((value as number) - expected[i][k]) / scale).toBeLessThan(
          column === 'tiny' ? 1e-6 : 1e-10,
        );
      });
    });
  });
});

it('has hat functions of degree 1, at equal distances or quantiles, computed by hand', () => {
  const ofKnots = (knots: KnotPlacing) =>
    new SplineTransformer({ columns: ['v'], nKnots: 3, degree: 1, knots })
      .fit(Table.fromColumns({ v: [0, 1, 2, 3, 10] }))
      .transform(Table.fromColumns({ v: [1, 6, 99] }))
      .toArray();
  // Knots at 0, 5 and 10.
  expect(ofKnots('uniform')).toEqual([
    [0.8, 0.2, 0],
    [0, 0.8, 0.2],
    [0, 0, 1],
  ]);
  // Knots at 0, 2 and 10.
  expect(ofKnots('quantile')).toEqual([
    [0.5, 0.5, 0],
    [0, 0.5, 0.5],
    [0, 0, 1],
  ]);
});

const rising = fc
  .uniqueArray(fc.integer({ min: -50, max: 50 }), { minLength: 2, maxLength: 8 })
  .map((knots) => knots.sort((a, b) => a - b));

it('sums to 1 everywhere, with any extrapolation, and is non-negative between the knots', () => {
  fc.assert(
    fc.property(
      rising,
      fc.integer({ min: 1, max: 5 }),
      fc.constantFrom(...EXTRAPOLATIONS),
      fc.double({ min: -60, max: 60, noNaN: true }),
      (knots, degree, extrapolation, at) => {
        const values = [...splineBasis(knots, degree, extrapolation).at(at)];
        expect(values).toHaveLength(knots.length + degree - 1);
        const scale = Math.max(...values.map(Math.abs));
        expect(Math.abs(values.reduce((sum, value) => sum + value, 0) - 1) / scale).toBeLessThan(1e-9);
        const isBetween = at >= knots[0] && at <= knots[knots.length - 1];
        if (isBetween) expect(Math.min(...values)).toBeGreaterThanOrEqual(0);
      },
    ),
  );
});

it('extrapolates linearly with the slope of the outermost piece', () => {
  fc.assert(
    fc.property(rising, fc.integer({ min: 1, max: 4 }), fc.boolean(), (knots, degree, isBelow) => {
      const basis = splineBasis(knots, degree, 'linear');
      const end = isBelow ? knots[0] : knots[knots.length - 1];
      const outward = isBelow ? -1 : 1;
      const [at, beyond] = [basis.at(end), basis.at(end + outward)];
      const inside = basis.at(end - outward * 1e-6);
      beyond.forEach((value, k) => {
        expect(Math.abs(value - at[k] - (at[k] - inside[k]) * 1e6)).toBeLessThan(1e-3);
      });
    }),
  );
});

it('leaves a column of at most two values unchanged, merges equal knots, and reports origins', () => {
  const table = Table.fromColumns({
    flag: [0, 1, 0, 1, 0],
    none: [null, null, null, null, null],
    zeros: [0, 0, 0, 0, 7],
  }).with({ more: [0, 0, 0, 5, 7] });
  const fitted = new SplineTransformer({ knots: 'quantile', nKnots: 5, degree: 1 }).fit(table);
  expect(fitted.state.knots).toEqual({ flag: null, none: null, zeros: null, more: [0, 5, 7] });
  expect(fitted.transform(table).names).toEqual([
    'flag',
    'none',
    'zeros',
    'more_sp_0',
    'more_sp_1',
    'more_sp_2',
  ]);
  expect(Object.fromEntries(fitted.origins)).toEqual({
    more_sp_0: ['more'],
    more_sp_1: ['more'],
    more_sp_2: ['more'],
  });
  expect(fitted.describe()).toBe('SplineTransformer: more (3 splines)');
});

it('supports huge and tiny numbers', () => {
  for (const values of [
    [-1.7e308, 0, 1, 1.7e308],
    [0, 5e-324, 1e-323, 1.5e-323],
  ]) {
    for (const extrapolation of ['constant', 'continue'] as const) {
      const output = new SplineTransformer({ extrapolation }).fitTransform(
        Table.fromColumns({ v: values }),
      ).output;
      for (const row of output.toArray()) {
        expect(row.reduce((sum: number, value) => sum + (value as number), 0)).toBeCloseTo(1, 9);
      }
    }
  }
});

it('returns the same for a row as for a table, and avoids existing column names', () => {
  const taken = Table.fromColumns({ a: [1, 2, 3], a_sp_0: ['x', 'y', 'z'] });
  const fitted = new SplineTransformer({ nKnots: 2, degree: 1 }).fit(taken);
  expect(fitted.transform(taken).names).toEqual(['a_sp_0_2', 'a_sp_1', 'a_sp_0']);
  const pipeline = new Pipeline([new SplineTransformer()]).fit(x);
  const step = compileRow(pipeline.steps, pipeline.schema);
  const output = pipeline.transform(x);
  for (let row = 0; row < x.nRows; row++) {
    const cells = step.apply(rowValues(pipeline.schema, x.row(row)));
    expect(cells.map((cell) => cell ?? NaN)).toEqual(
      Object.values(output.row(row)).map((cell) => cell ?? NaN),
    );
  }
});

it.each(
  refusedStates(
    SplineTransformer,
    { knots: { a: [0, 1], b: null }, degree: 3, extrapolation: 'constant', includeBias: true },
    {
      knots: [{ a: [0] }, { a: [0, 0] }, { a: [1, 0] }, { a: ['0', 1] }, { a: 1 }],
      degree: [0, 1.5, 21],
      extrapolation: ['periodic'],
      includeBias: [1],
    },
  ),
)('$name', ({ run }) => run());

it.each([
  [{ nKnots: 1 }, 'nKnots: expected an integer from 2 to 10000, got 1'],
  [{ degree: 0 }, 'degree: expected an integer from 1 to 20, got 0'],
  [{ knots: 'even' as KnotPlacing }, 'knots: expected one of uniform, quantile, got "even"'],
])('rejects %j', (options, message) => {
  expect(() => new SplineTransformer(options)).toThrow(
    expect.objectContaining({ code: 'invalid-parameter', message }),
  );
});

it('rejects categories and infinite values', () => {
  expect(() => new SplineTransformer({ columns: ['kind'] }).fit(x)).toThrow(
    'column "kind": expected numbers, got categories',
  );
  expect(() => new SplineTransformer().fit(Table.fromColumns({ a: [1, Infinity, 2] }))).toThrow(
    'column "a", row 1: expected a finite number, got Infinity',
  );
});
