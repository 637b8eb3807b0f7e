import { GradientBoostingClassifier } from '@churn/models';
import { knownEffects } from '../test/known-effects.js';
import { UpliftForest } from './forest/uplift-forest.js';
import { TLearner } from './learners/t-learner.js';
import { policyValue } from './metrics/policy-value.js';
import { treatedRows } from './treatment.js';

const call = { treatment: 'call', control: 'none' };
const train = knownEffects(4000, 11);
const test = knownEffects(4000, 12);
const boosting = new GradientBoostingClassifier({ nEstimators: 40, learningRate: 0.1, maxDepth: 3 });

/** 1 for the quarter of rows with the largest scores. */
function listBy(scores: ArrayLike<number>): number[] {
  const order = Array.from({ length: scores.length }, (_, row) => row).sort((a, b) => scores[b] - scores[a]);
  const listed = new Set(order.slice(0, scores.length / 4));
  return Array.from(scores, (_, row) => Number(listed.has(row)));
}

/** The number of customers kept by calling those on a list, which is unknown for real customers. */
function keptBy(list: readonly number[]): number {
  return list.reduce((sum, listed, row) => sum + listed * test.effects[row], 0);
}

describe.each([
  ['TLearner', new TLearner({ ...call, learner: boosting })],
  ['UpliftForest', new UpliftForest({ ...call, nEstimators: 60 })],
])('a list by the uplift of %s', (_, model) => {
  const byUplift = listBy(model.fit(train.x, train.stayed).predictUplift(test.x));
  const byRisk = listBy(test.risk);
  const best = keptBy(listBy(test.effects));

  it('keeps most of the customers who can be kept, unlike a list of those most likely to leave', () => {
    expect(keptBy(byUplift)).toBeGreaterThan(0.7 * best);
    expect(keptBy(byRisk)).toBeLessThan(0.2 * best);
  });

  it('is also worth more by observed outcomes', () => {
    const treated = treatedRows(test.x, call);
    const gain = policyValue(test.stayed, treated, byUplift, { propensity: 0.5, baseline: byRisk });
    expect(gain.low).toBeGreaterThan(0);
    const truth = (keptBy(byUplift) - keptBy(byRisk)) / test.stayed.length;
    expect(gain.low).toBeLessThan(truth);
    expect(gain.high).toBeGreaterThan(truth);
  });
});
