import { Labels } from '@churn/core';
import reference from '../../test/reference/metrics.json';
import { balancedAccuracy } from './balanced-accuracy.js';

describe('balancedAccuracy', () => {
  it.each(reference.predicted)('agrees with scikit-learn on $name', (expected) => {
    const { y, predicted } = expected;
    const sampleWeight = expected.sampleWeight ?? undefined;
    expect(balancedAccuracy(y, predicted, { sampleWeight })).toBeCloseTo(expected.balancedAccuracy, 12);
    if (expected.adjusted === null) return;
    const adjusted = balancedAccuracy(y, predicted, { sampleWeight, adjusted: true });
    expect(adjusted).toBeCloseTo(expected.adjusted, 12);
  });

  it('weights classes equally, and ignores one without rows', () => {
    expect(balancedAccuracy(['a', 'a', 'a', 'b'], ['a', 'a', 'a', 'a'])).toBe(0.5);
    const truth = Labels.from(['a', 'a', 'a', 'b'], ['a', 'b', 'c']);
    expect(balancedAccuracy(truth, ['a', 'a', 'c', 'b'])).toBeCloseTo((2 / 3 + 1) / 2, 15);
  });
});
