import { Labels } from '@churn/core';
import fc from 'fast-check';
import reference from '../../test/reference/model_evaluation.json';
import { meanAbsoluteError } from './mean-absolute-error.js';
import { meanSquaredError } from './mean-squared-error.js';
import { r2 } from './r2.js';

const metrics = { r2, meanSquaredError, meanAbsoluteError };

describe.each(Object.entries(metrics))('%s', (name, metric) => {
  it.each(reference.amounts)('is what scikit-learn gives for $name', (expected) => {
    const sampleWeight = expected.sampleWeight ?? undefined;
    const score = metric(expected.y, expected.predicted, { sampleWeight });
    expect(score).toBeCloseTo(expected[name as keyof typeof metrics], 12);
  });

  it('takes a row of weight 2 for two equal rows', () => {
    const rows = fc.array(fc.tuple(fc.integer({ min: -9, max: 9 }), fc.integer({ min: -9, max: 9 })), {
      minLength: 2,
      maxLength: 20,
    });
    fc.assert(
      fc.property(rows, (pairs) => {
        const actual = pairs.map(([value]) => value);
        const predicted = pairs.map(([, value]) => value);
        const sampleWeight = pairs.map((_, i) => 1 + (i % 2));
        const twice = [...pairs.keys(), ...[...pairs.keys()].filter((i) => i % 2 === 1)];
        const pick = (of: number[]) => twice.map((i) => of[i]);
        expect(metric(actual, predicted, { sampleWeight })).toBeCloseTo(
          metric(pick(actual), pick(predicted)),
          9,
        );
      }),
    );
  });

  it('refuses what are no amounts of all rows', () => {
    const code = (run: () => unknown) => {
      try {
        run();
      } catch (error) {
        return (error as { code: string }).code;
      }
      return undefined;
    };
    expect(code(() => metric([1, 2], [1]))).toBe('invalid-data');
    expect(code(() => metric([], []))).toBe('invalid-data');
    expect(code(() => metric([1, NaN], [1, 2]))).toBe('invalid-target');
    expect(code(() => metric([1, 2], [1, Infinity]))).toBe('invalid-target');
    expect(code(() => metric(Labels.from([0, 1]) as never, [1, 2]))).toBe('invalid-target');
  });
});
