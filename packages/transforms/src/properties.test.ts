import { type FittedTransformer, Random, Table, type Transformer } from '@churn/core';
import { snapshot } from '@churn/core/testing';
import fc from 'fast-check';
import {
  Log1pTransformer,
  MaxAbsScaler,
  MeanImputer,
  MedianImputer,
  MinMaxScaler,
  PowerTransformer,
  QuantileTransformer,
  RobustScaler,
  SkewCorrector,
  StandardScaler,
  Winsorizer,
} from './index.js';

/**
 * What the result of a transform may be off by, relative to itself. A power that brings far values near its limit leaves them
 * few digits, so the inverse is to give each value back as well as a result so rounded tells it.
 */
const ROUNDING = 1e-13;

/** The numeric transformers, and how near, in parts of the largest value, their inverse comes back beside that. */
const TRANSFORMERS: [name: string, transformer: Transformer, inverse?: number][] = [
  ['StandardScaler', new StandardScaler(), 1e-12],
  ['MinMaxScaler', new MinMaxScaler({ featureRange: [-2, 3] }), 1e-12],
  ['RobustScaler', new RobustScaler(), 1e-12],
  ['MaxAbsScaler', new MaxAbsScaler(), 1e-12],
  ['PowerTransformer', new PowerTransformer(), 1e-12],
  ['PowerTransformer (Box-Cox)', new PowerTransformer({ method: 'box-cox' }), 1e-12],
  ['SkewCorrector', new SkewCorrector({ threshold: 0.5 }), 1e-12],
  ['Log1pTransformer', new Log1pTransformer(), 1e-12],
  ['QuantileTransformer', new QuantileTransformer({ nQuantiles: 50 }), 1e-9],
  ['Winsorizer', new Winsorizer()],
  ['MeanImputer', new MeanImputer()],
  ['MedianImputer', new MedianImputer()],
];

/** Positive numbers of all kinds of shape: few or many distinct ones, skewed or not, with gaps or without. */
const anyColumn = columnsOf({
  scale: fc.constantFrom(1e-3, 1, 1e6),
  skew: fc.constantFrom(0.2, 1, 2),
  steps: fc.constantFrom(0, 4),
});

/** Where the values hardly differ, or only two do, no power is better than another, and the likeliest is nearly infinite. */
const spreadColumn = columnsOf({
  scale: fc.constantFrom(1e-3, 1, 1e6),
  skew: fc.constantFrom(1, 2),
  steps: fc.constant(0),
});

function columnsOf(shape: {
  readonly scale: fc.Arbitrary<number>;
  readonly skew: fc.Arbitrary<number>;
  readonly steps: fc.Arbitrary<number>;
}) {
  return fc
    .record({
      seed: fc.integer(),
      nRows: fc.integer({ min: 8, max: 40 }),
      gaps: fc.constantFrom(0, 0.3),
      ...shape,
    })
    .map(({ seed, nRows, scale, skew, gaps, steps }) => {
      const random = new Random(seed);
      return Float64Array.from({ length: nRows }, () => {
        const value = scale * Math.exp(skew * random.normal());
        const stepped = steps > 0 ? (scale * (1 + Math.round((steps * value) / scale))) / steps : value;
        return random.uniform() < gaps ? NaN : stepped;
      });
    });
}

describe.each(TRANSFORMERS)('%s', (name, transformer, inverse) => {
  const isImputer = name.endsWith('Imputer');
  const columns = /Power|Skew/.test(name) ? spreadColumn : anyColumn;

  it('leaves its input unchanged', () => {
    fc.assert(
      fc.property(columns, (a) => {
        const x = Table.fromColumns({ a });
        const before = snapshot(x);
        const fitted = transformer.fit(x);
        fitted.inverseTransform?.(fitted.transform(x));
        expect(snapshot(x)).toBe(before);
      }),
    );
  });

  it('keeps missing values missing and others present', () => {
    fc.assert(
      fc.property(columns, (a) => {
        const output = transformer.fitTransform(Table.fromColumns({ a })).output.numeric('a');
        const filled = isImputer && a.some((value) => !Number.isNaN(value));
        a.forEach((value, row) => {
          expect(Number.isNaN(output[row])).toBe(Number.isNaN(value) && !filled);
        });
      }),
    );
  });

  it('learns the same from rows in any order', () => {
    fc.assert(
      fc.property(columns, fc.integer(), (a, seed) => {
        const x = Table.fromColumns({ a });
        const order = new Random(seed).permutation(a.length);
        const [one, other] = [transformer.fit(x), transformer.fit(x.take(order))];
        expectNear(other.transform(x).numeric('a'), one.transform(x).numeric('a'), 1e-5);
      }),
    );
  });

  if (inverse === undefined) return;
  it('has an exact inverse', () => {
    fc.assert(
      fc.property(columns, (a) => {
        const { fitted, output } = transformer.fitTransform(Table.fromColumns({ a }));
        const around = (share: number) =>
          undone(fitted, output.with([['a', output.numeric('a').map((y) => y + share * Math.abs(y))]]));
        const [lower, back, upper] = [around(-ROUNDING), around(0), around(ROUNDING)];
        const slack = inverse * largestOf(a);
        a.forEach((value, row) => {
          expect(Number.isNaN(back[row])).toBe(Number.isNaN(value));
          // A bound that is missing is beyond what the transform can reach: there is none on that side.
          expect(lower[row] > value + slack || upper[row] < value - slack).toBe(false);
        });
      }),
    );
  });
});

function undone(fitted: FittedTransformer, output: Table): Float64Array {
  if (!fitted.inverseTransform) throw new Error('expected an inverse');
  return fitted.inverseTransform(output).numeric('a');
}

function expectNear(received: Float64Array, expected: Float64Array, tolerance: number) {
  const size = largestOf(expected);
  expected.forEach((value, row) => {
    if (Number.isNaN(value)) expect(received[row]).toBeNaN();
    else expect(Math.abs(received[row] - value)).toBeLessThanOrEqual(tolerance * size);
  });
}

function largestOf(values: Float64Array): number {
  return Math.max(...values.filter((value) => !Number.isNaN(value)).map(Math.abs), 0);
}
