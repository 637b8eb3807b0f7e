import { Durations, Random } from '@churn/core';
import { RiskSets } from './risk-sets.js';

const n = 1000;
const random = new Random(3);
const draw = (of: (u: number) => number) => Float64Array.from({ length: n }, () => of(random.uniform()));
const events = draw((u) => (u < 0.5 ? 1 : 0));
const strata = Uint32Array.from(draw((u) => Math.floor(2 * u)));
const values = draw((u) => u - 0.3);
const factors = draw((u) => 0.5 + u);

describe.each([
  ['few', 3],
  ['many', 400],
])('the risk sets of %s times', (_, nTimes) => {
  const durations = draw((u) => Math.floor(nTimes * u) + 1);
  const entry = durations.map((duration) => duration * random.uniform() * 0.99);
  it.each([
    ['from the start', undefined],
    ['from entries', entry],
  ])('are summed in the order of their rows, %s', (__, from) => {
    const riskSets = new RiskSets(Durations.from({ durations, events, entry: from }), strata);
    const inOrder = (of: Float64Array) => of.map((___, position) => of[riskSets.rows[position]]);
    const sums = riskSets.sums(inOrder(values), inOrder(factors));
    expect(sums).toHaveLength(riskSets.nTimes);
    sums.forEach((sum, k) => {
      const time = riskSets.times[k];
      const expected = durations.reduce((total, duration, row) => {
        const isAtRisk =
          strata[row] === riskSets.strata[k] && duration >= time && !(from && from[row] >= time);
        return isAtRisk ? total + values[row] * factors[row] : total;
      }, 0);
      expect(sum).toBeCloseTo(expected, 10);
    });
  });
});
