import { knownEffects } from '../../test/known-effects.js';
import { treatedRows } from '../treatment.js';
import { qiniBand, upliftBand } from './curve-band.js';
import { qiniCurve } from './qini-curve.js';
import { upliftCurve } from './uplift-curve.js';

const call = { treatment: 'call', control: 'none' };
const drawn = (seed: number, n = 300) => {
  const { x, stayed, effects } = knownEffects(n, seed);
  return { y: stayed, uplift: effects, treated: treatedRows(x, call) };
};

it('contains the curve of the population in 95 of 100 experiments, at each point', () => {
  const all = drawn(1, 60_000);
  const inAll = upliftCurve(all.y, all.uplift, all.treated);
  // As a share of the rows, halfway down the list and at its end.
  const truth = [0.5, 1].map((share) => {
    const at = inAll.nListed.findIndex((n) => n >= share * 60_000);
    return inAll.values[at] / 60_000;
  });
  const held = [0, 0];
  const nExperiments = 100;
  for (let i = 0; i < nExperiments; i++) {
    const { y, uplift, treated } = drawn(100 + i);
    const { low, high } = upliftBand(y, uplift, treated, { nSteps: 2, nResamples: 100 });
    truth.forEach((value, k) => {
      if (300 * value >= low[k + 1] && 300 * value <= high[k + 1]) held[k]++;
    });
  }
  // Four standard errors of such a share.
  for (const count of held) {
    expect(count).toBeGreaterThan(86);
    expect(count).toBeLessThanOrEqual(nExperiments);
  }
});

it('contains the curve, widens with confidence, and is reproducible', () => {
  const { y, uplift, treated } = drawn(3);
  const curve = qiniCurve(y, uplift, treated);
  const band = qiniBand(y, uplift, treated, { nSteps: 10 });
  expect([...band.nListed]).toEqual(Array.from({ length: 11 }, (_, k) => 30 * k));
  expect([band.low[0], band.high[0]]).toEqual([0, 0]);
  band.nListed.forEach((n, k) => {
    const at = curve.nListed.indexOf(n);
    expect(band.low[k]).toBeLessThanOrEqual(curve.values[at]);
    expect(band.high[k]).toBeGreaterThanOrEqual(curve.values[at]);
  });
  expect(qiniBand(y, uplift, treated, { nSteps: 10, seed: 0 })).toEqual(band);
  const narrow = qiniBand(y, uplift, treated, { nSteps: 10, confidenceLevel: 0.5 });
  expect(narrow.high[5] - narrow.low[5]).toBeLessThan(band.high[5] - band.low[5]);
  expect(() => qiniBand(y, uplift, treated, { nSteps: 0 })).toThrow(
    'nSteps: expected an integer of at least 1',
  );
});

it('handles ties in uplift', () => {
  const y = [1, 0, 1, 0, 1, 1, 0, 0];
  const treated = [1, 0, 1, 0, 1, 0, 1, 0];
  const { low, high } = qiniBand(y, new Array(8).fill(1), treated, { nSteps: 2 });
  // One tie: the curve is straight, so that its middle is half of its end.
  expect(low[1]).toBeCloseTo(low[2] / 2, 12);
  expect(high[1]).toBeCloseTo(high[2] / 2, 12);
});
