import { Labels } from '@churn/core';
import reference from '../../test/reference/metrics.json';
import { cohenKappa } from './cohen-kappa.js';

const close = (value: number | null) => (value === null ? NaN : expect.closeTo(value, 12));

describe('cohenKappa', () => {
  it.each(reference.predicted)('agrees with scikit-learn on $name', (expected) => {
    const { y, predicted, kappa } = expected;
    const sampleWeight = expected.sampleWeight ?? undefined;
    expect(cohenKappa(y, predicted, { sampleWeight })).toEqual(close(kappa.plain));
    for (const weights of ['linear', 'quadratic'] as const) {
      expect(cohenKappa(y, predicted, { sampleWeight, weights })).toEqual(close(kappa[weights]));
    }
  });

  it('agrees with a value computed by hand: 0.7 agree, 0.5 expected by chance', () => {
    const y = [0, 0, 0, 0, 0, 1, 1, 1, 1, 1];
    const predicted = [0, 0, 0, 0, 1, 0, 0, 1, 1, 1];
    expect(cohenKappa(y, predicted)).toBeCloseTo((0.7 - 0.5) / (1 - 0.5), 14);
  });

  it('measures distances in the order of the labels', () => {
    const [y, predicted] = [
      ['low', 'mid', 'high', 'low'],
      ['low', 'mid', 'high', 'mid'],
    ];
    const near = cohenKappa(Labels.from(y, ['low', 'mid', 'high']), predicted, { weights: 'quadratic' });
    const far = cohenKappa(Labels.from(y, ['low', 'high', 'mid']), predicted, { weights: 'quadratic' });
    expect(near).toBeGreaterThan(far);
  });

  it('rejects unknown weights', () => {
    expect(() => cohenKappa([0], [0], { weights: 'cubic' as 'linear' })).toThrow(
      expect.objectContaining({ code: 'invalid-parameter', message: expect.stringMatching(/^weights: /) }),
    );
  });
});
