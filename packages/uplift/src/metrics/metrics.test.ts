import { Labels, TargetValues } from '@churn/core';
import reference from '../../test/reference/metrics.json';
import { policyValue } from './policy-value.js';
import { qiniAuc } from './qini-auc.js';
import { qiniCurve } from './qini-curve.js';
import { upliftAtK } from './uplift-at-k.js';
import { upliftAuc } from './uplift-auc.js';
import { upliftByQuantile } from './uplift-by-quantile.js';
import { upliftCurve } from './uplift-curve.js';

const close = (received: ArrayLike<number>, expected: readonly number[]) => {
  expect(received).toHaveLength(expected.length);
  expected.forEach((value, i) => {
    expect(received[i]).toBeCloseTo(value, 9);
  });
};
const refused = (code: string, message: string) =>
  expect.objectContaining({ code, message: expect.stringContaining(message) });

describe.each(reference.cases)(
  'of scikit-uplift and causalml, on data of the case "$name":',
  ({ y, uplift, treated, upliftAtK: atK, bins, causalml, ...expected }) => {
    it('the uplift curve and the Qini curve', () => {
      const [gain, qini] = [upliftCurve(y, uplift, treated), qiniCurve(y, uplift, treated)];
      close(gain.nListed, expected.uplift_curve.nListed);
      close(gain.values, expected.uplift_curve.values);
      close(qini.nListed, expected.qini_curve.nListed);
      close(qini.values, expected.qini_curve.values);
    });

    it('the areas under both', () => {
      expect(upliftAuc(y, uplift, treated)).toBeCloseTo(expected.upliftAuc, 11);
      expect(qiniAuc(y, uplift, treated)).toBeCloseTo(expected.qiniAuc, 11);
    });

    it('uplift among the top rows', () => {
      for (const { k, strategy, value } of atK ?? []) {
        const options = { k, strategy: strategy as 'overall' | 'by-group' };
        expect(upliftAtK(y, uplift, treated, options)).toBeCloseTo(value, 11);
      }
    });

    it('uplift by quantile bins', () => {
      if (!bins) return;
      const received = upliftByQuantile(y, uplift, treated, { nBins: 7 });
      expect(received.map((bin) => [bin.treated.nRows, bin.control.nRows])).toEqual(
        bins.map(({ nTreated, nControl }) => [nTreated, nControl]),
      );
      received.forEach((bin, i) => {
        expect(bin.treated.meanOutcome).toBeCloseTo(bins[i].ofTreated, 11);
        expect(bin.control.meanOutcome).toBeCloseTo(bins[i].ofControl, 11);
        expect(bin.uplift.value).toBeCloseTo(bins[i].uplift, 11);
        expect(bin.uplift.standardError).toBeCloseTo(bins[i].standardError, 11);
      });
    });

    it('curves and areas of causalml', () => {
      if (!causalml) return;
      // It interpolates if only one arm is selected.
      const { values } = qiniCurve(y, uplift, treated);
      close(values.slice(20), causalml.qini.slice(20));
      const gain = upliftCurve(y, uplift, treated);
      close(gain.values.slice(20), causalml.gain.slice(20));
    });
  },
);

describe('curves', () => {
  // Treated and control rows alternate; the treatment helps the first two and harms the last two.
  const y = [1, 0, 1, 0, 0, 1, 0, 1];
  const treated = [1, 0, 1, 0, 1, 0, 1, 0];
  const best = [4, 4, 3, 3, 2, 2, 1, 1];

  it('equal those of the perfect order if the order is perfect', () => {
    expect(qiniCurve(y, best, treated)).toEqual({
      nListed: Float64Array.of(0, 2, 4, 6, 8),
      values: Float64Array.of(0, 1, 2, 1, 0),
    });
    expect(qiniAuc(y, best, treated)).toBeCloseTo(
      -qiniAuc(
        y,
        best.map((each) => -each),
        treated,
      ),
      12,
    );
  });

  it('accept labels, booleans and numbers', () => {
    const labels = Labels.from(y.map((each) => (each ? 'stayed' : 'left')));
    expect(qiniAuc(labels, best, treated.map(Boolean))).toBe(qiniAuc(y, best, treated));
    const amounts = TargetValues.from(y.map((each) => 100 * each));
    expect(qiniAuc(amounts, best, treated)).toBeCloseTo(qiniAuc(y, best, treated), 12);
    expect(() => upliftAuc(amounts, best, treated)).toThrow(refused('invalid-target', 'qiniAuc'));
  });

  it('reject invalid arguments', () => {
    expect(() => qiniCurve(y, [1], treated)).toThrow(
      refused('invalid-data', 'uplift: expected a number for each of 8 rows'),
    );
    expect(() => qiniCurve(y, best, [1])).toThrow(
      refused('invalid-data', 'treated: expected a number for each of 8 rows'),
    );
    expect(() =>
      qiniCurve(
        y,
        best.map((each) => each / 0 - Infinity),
        treated,
      ),
    ).toThrow(refused('invalid-data', 'uplift, row 0'));
    expect(() =>
      qiniCurve(
        y,
        best,
        y.map(() => 1),
      ),
    ).toThrow(refused('invalid-data', 'got 8 and 0'));
    expect(() =>
      qiniCurve(
        y,
        best,
        y.map(() => 2),
      ),
    ).toThrow(refused('invalid-parameter', 'treated, row 0'));
    expect(() => qiniCurve(['a', 'b', 'c', 'a', 'a', 'a', 'a', 'a'], best, treated)).toThrow(
      refused('invalid-target', 'got 3 classes (a, b, c)'),
    );
    const silent = y.map(() => 0);
    expect(() => qiniAuc(silent, best, treated)).toThrow(refused('invalid-target', 'qiniAuc'));
    expect(() => upliftAtK(y, best, treated, { k: 0.1 })).toThrow(
      refused('invalid-data', 'treated rows among'),
    );
    expect(() => upliftByQuantile(y, best, treated)).toThrow(
      refused('invalid-data', 'bin 1 of 10: expected control rows'),
    );
  });
});

describe('policyValue', () => {
  const { amounts, treated, policy, propensity, ofTreated, ofControl, byPropensity, doublyRobust } =
    reference.policy;
  const predicted = { treated: ofTreated, control: ofControl };

  it('weights by inverse propensities', () => {
    const received = policyValue(amounts, treated, policy, { propensity });
    expect(received.value).toBeCloseTo(byPropensity.value, 11);
    expect(received.standardError).toBeCloseTo(byPropensity.standardError, 11);
    expect(received.high - received.value).toBeCloseTo(1.959963984540054 * received.standardError, 11);
  });

  it('is doubly robust with predictions, and more precise', () => {
    const received = policyValue(amounts, treated, policy, { propensity, predicted });
    expect(received.value).toBeCloseTo(doublyRobust.value, 11);
    expect(received.standardError).toBeCloseTo(doublyRobust.standardError, 11);
    expect(doublyRobust.standardError).toBeLessThan(byPropensity.standardError / 2);
  });

  it('compares two policies', () => {
    const options = { propensity, predicted };
    const nobody = policy.map(() => 0);
    const gain = policyValue(amounts, treated, policy, { ...options, baseline: nobody });
    const values = [policy, nobody].map((each) => policyValue(amounts, treated, each, options).value);
    expect(gain.value).toBeCloseTo(values[0] - values[1], 11);
    expect(policyValue(amounts, treated, policy, { ...options, baseline: policy })).toMatchObject({
      value: 0,
      standardError: 0,
    });
  });

  it('rejects invalid policies and propensities', () => {
    const value = (of: number[], options: object) => () =>
      policyValue(amounts, treated, of, { propensity, ...options });
    expect(value([1], {})).toThrow(refused('invalid-data', 'policy: expected a number for each of 120 rows'));
    expect(
      value(
        policy.map(() => 2),
        {},
      ),
    ).toThrow(refused('invalid-parameter', 'policy, row 0'));
    expect(value(policy, { propensity: 1 })).toThrow(refused('invalid-parameter', 'propensity'));
    expect(value(policy, { propensity: policy })).toThrow(refused('invalid-parameter', 'propensity, row'));
    expect(value(policy, { predicted: { treated: [1] } })).toThrow(refused('invalid-parameter', 'predicted'));
  });
});
