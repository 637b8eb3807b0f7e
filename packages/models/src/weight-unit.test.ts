import { Labels, Random, StateReader, Table } from '@churn/core';
import { GradientBoostingClassifier } from './boosting/gradient-boosting.js';
import { rowWeights } from './class-weight.js';
import { RandomForestClassifier } from './forest/random-forest.js';
import { inUnit, weightUnit } from './weight-unit.js';

describe('weightUnit', () => {
  it.each<[number[], number]>([
    [[1, 2, 3], 1],
    [[1e-9, 1e-9], 1],
    [[2 ** 100, 2 ** 100, 0], 2 ** 100],
    [[2 ** -600, 3 * 2 ** -600], 2 ** -599],
    [[1.7e308, 1.7e308, 1.7e308], 2 ** 1023],
    [[5e-324], 5e-324],
    [[0, 0], 1],
    [[], 1],
  ])('of %j is %p', (weights, unit) => {
    expect(weightUnit(Float64Array.from(weights))).toBe(unit);
  });

  it('keeps ordinary weights, and scales others close to 1 without rounding', () => {
    const ordinary = Float64Array.of(0.3, 7);
    expect(inUnit(ordinary, weightUnit(ordinary))).toBe(ordinary);
    const tiny = Float64Array.of(2 ** -700, 3 * 2 ** -700, 0);
    expect(inUnit(tiny, weightUnit(tiny))).toEqual(Float64Array.of(0.5, 1.5, 0));
  });
});

describe('the scale of weights', () => {
  const random = new Random('scale');
  const y = Array.from({ length: 120 }, (_, row) => row % 3);
  const x = Table.fromColumns({
    a: Float64Array.from(y, (code) => code + random.normal()),
    b: Float64Array.from(y, (code) => code * random.normal()),
  });
  const weights = y.map(() => 1 + random.int(4));

  it.each([2 ** -700, 2 ** -400, 2 ** -100, 2 ** 100, 2 ** 400, 2 ** 1015])(
    'does not change trees or model files if multiplied by %p',
    (scale) => {
      const sampleWeight = weights.map((weight) => weight * scale);
      for (const classifier of [
        new RandomForestClassifier({ nEstimators: 4, oobScore: true }),
        new RandomForestClassifier({ nEstimators: 2, criterion: 'entropy', classWeight: 'balanced' }),
      ]) {
        const usual = classifier.fit(x, y, { sampleWeight: weights });
        const scaled = classifier.fit(x, y, { sampleWeight });
        expect(scaled.forest.trees.arrays.columns).toEqual(usual.forest.trees.arrays.columns);
        // The weights of entropies are divided by a different mean, so their last digits differ.
        expect(far(scaled.predictProba(x), usual.predictProba(x))).toBeLessThan(1e-12);
        expect(scaled.forest.oobScore ?? 0).toBeCloseTo(usual.forest.oobScore ?? 0, 12);
        const state = new StateReader('', JSON.parse(JSON.stringify(scaled.state)));
        expect(RandomForestClassifier.restore(state).predictProba(x)).toEqual(scaled.predictProba(x));
      }
      const boosting = new GradientBoostingClassifier({
        nEstimators: 5,
        maxLeafNodes: 4,
        l2Regularization: 0,
        minCurvature: 0,
      });
      const usual = boosting.fit(x, y, { sampleWeight: weights });
      const scaled = boosting.fit(x, y, { sampleWeight });
      expect(far(scaled.predictProba(x), usual.predictProba(x))).toBeLessThan(1e-12);
      const state = new StateReader('', JSON.parse(JSON.stringify(scaled.state)));
      expect(GradientBoostingClassifier.restore(state).predictProba(x)).toEqual(scaled.predictProba(x));
    },
  );

  it('changes the effect of l2Regularization, since a row of weight w counts as w rows', () => {
    const boosting = (l2Regularization: number) =>
      new GradientBoostingClassifier({ nEstimators: 3, l2Regularization, randomStrength: 0 });
    const scaled = boosting(10 * 2 ** 40).fit(x, y, { sampleWeight: weights.map((w) => w * 2 ** 40) });
    const usual = boosting(10).fit(x, y, { sampleWeight: weights });
    expect(far(scaled.predictProba(x), usual.predictProba(x))).toBeLessThan(1e-12);
    const free = boosting(0).fit(x, y, { sampleWeight: weights });
    expect(far(scaled.predictProba(x), free.predictProba(x))).toBeGreaterThan(1e-3);
  });

  it('balances classes of huge weights, and rejects weights whose products overflow', () => {
    const labels = Labels.from(['a', 'b', 'b', 'b']);
    const huge = { sampleWeight: [1.5e308, 1.5e308, 1.5e308, 1.5e308] };
    expect(Array.from(rowWeights(labels, { a: 0.5 }, huge) ?? [])).toEqual([
      0.75e308, 1.5e308, 1.5e308, 1.5e308,
    ]);
    expect(() => rowWeights(labels, { b: 2 }, huge)).toThrow(
      expect.objectContaining({
        code: 'invalid-data',
        message: 'row 1: expected its sample weight times the weight of its class to be finite, got Infinity',
      }),
    );
    const fair = rowWeights(labels, 'balanced', { sampleWeight: [1e200, 1e200, 1e200, 1e200] });
    expect(Array.from(fair ?? [], (weight) => weight / 1e200)).toEqual([2, 2 / 3, 2 / 3, 2 / 3]);
  });
});

function far(a: readonly Float64Array[], b: readonly Float64Array[]): number {
  return Math.max(...a.map((column, k) => Math.max(...column.map((p, row) => Math.abs(p - b[k][row])))));
}
