import reference from '../test/reference/scores.json';
import { brierScore, integratedBrierScore } from './brier-score.js';
import { concordance } from './concordance.js';
import { cumulativeDynamicAuc } from './cumulative-dynamic-auc.js';

const close = (received: ArrayLike<number>, expected: readonly number[]) => {
  expect(received).toHaveLength(expected.length);
  expected.forEach((value, i) => {
    expect(received[i]).toBeCloseTo(value, 11);
  });
};

describe.each(reference.cases)(
  'agrees with scikit-survival, with durations of $digits digits:',
  ({ durations, events, train, risk, times, tau, survival, riskPerTime, ...expected }) => {
    const y = { durations, events };
    const options = { train: train ?? undefined };

    it('the concordance of Harrell and of Uno', () => {
      expect(concordance(y, risk)).toBeCloseTo(expected.harrell, 12);
      expect(concordance(y, risk, { ...options, method: 'uno', tau })).toBeCloseTo(expected.uno, 12);
    });

    it('the area under the ROC curve over time', () => {
      const one = cumulativeDynamicAuc(y, risk, times, options);
      close(one.auc, expected.auc.auc);
      expect(one.mean).toBeCloseTo(expected.auc.mean, 11);
      const perTime = cumulativeDynamicAuc(y, riskPerTime, times, options);
      close(perTime.auc, expected.aucPerTime.auc);
      expect(perTime.mean).toBeCloseTo(expected.aucPerTime.mean, 11);
    });

    it('the Brier score and its integral', () => {
      close(brierScore(y, survival, times, options), expected.brier);
      expect(integratedBrierScore(y, survival, times, options)).toBeCloseTo(expected.integrated, 12);
    });
  },
);
