import { Table } from '@churn/core';
import { referenceProfile, scoreReference } from '@churn/monitor';
import fc from 'fast-check';
import type { Prediction } from '../prediction';
import type { ServedModel } from '../served-model';
import { RollingProfile } from './rolling-profile';

const n = 50;
const trained = Table.fromColumns({
  usage: Float64Array.from({ length: n }, (_, i) => i),
  plan: Array.from({ length: n }, (_, i) => 'AB'[i % 2]),
});
const scores = Float64Array.from({ length: n }, (_, i) => i / n);
const reference = {
  ...referenceProfile(trained),
  score: scoreReference([scores.map((p) => 1 - p), scores], null, ['no', 'yes']),
};
const prediction = (probability: number): Prediction => ({ probability, prediction: 'no' });
const row = (usage: number, plan: string | null = 'A') => ({
  served,
  rows: { single: { usage, plan } },
  predictions: [prediction(0.5)],
});
const served = { task: 'classes', classes: ['no', 'yes'] } as unknown as ServedModel;
const HOUR = 3_600_000;

describe('RollingProfile', () => {
  it('counts rows alike, sent one by one or as a table', () => {
    const alone = new RollingProfile(reference, { rows: 1000 });
    const together = new RollingProfile(reference, { rows: 1000 });
    const usage = [3, Number.NaN, 99];
    const plan = ['A', null, 'new'];
    usage.forEach((each, i) => {
      alone.add({
        served,
        rows: { single: { usage: each, plan: plan[i] } },
        predictions: [prediction(0.1 * i)],
      });
    });
    const table = Table.fromColumns({ usage, plan });
    together.add({ served, rows: { table }, predictions: usage.map((_, i) => prediction(0.1 * i)) });
    expect(alone.counts()).toEqual(together.counts());
    const [ofUsage, ofPlan] = alone.counts().columns;
    expect([ofUsage.missing, ofUsage.kind === 'numeric' && ofUsage.above]).toEqual([1, 1]);
    expect([ofPlan.missing, ofPlan.kind === 'category' && ofPlan.unseen]).toEqual([1, 1]);
    expect(alone.counts().scores?.rows).toBe(3);
  });

  it('forgets rows older than its time window, to a 24th of it', () => {
    const profile = new RollingProfile(reference, { seconds: 24 * 3600 });
    for (let hour = 0; hour < 100; hour++) profile.add(row(1), hour * HOUR);
    for (const later of [0, 0.5, 5, 23]) {
      expect(profile.counts((99 + later) * HOUR).rows).toBe(24 - Math.floor(later));
    }
    expect(profile.counts(123.1 * HOUR).rows).toBe(0);
  });

  it('keeps at least its number of most recent rows, to a 24th of it', () => {
    fc.assert(
      fc.property(fc.integer({ min: 24, max: 500 }), fc.integer({ min: 0, max: 2000 }), (rows, sent) => {
        const profile = new RollingProfile(reference, { rows });
        for (let i = 0; i < sent; i++) profile.add(row(i % n));
        const kept = profile.counts().rows;
        expect(kept).toBeLessThanOrEqual(rows + 24);
        expect(kept).toBeGreaterThanOrEqual(Math.min(sent, rows - Math.ceil(rows / 24)));
      }),
      { numRuns: 20 },
    );
  });

  it('has the probability of each of more than two classes', () => {
    const thirds = Array.from({ length: 3 }, () => new Float64Array(n).fill(1 / 3));
    const ofThree = { ...reference, score: scoreReference(thirds, null, ['a', '__proto__', 'c']) };
    const profile = new RollingProfile(ofThree, { rows: 100 });
    const probabilities = Object.fromEntries([
      ['a', 0.25],
      ['__proto__', 0.5],
      ['c', 0.25],
    ]);
    profile.add({
      served: { task: 'classes', classes: ['a', '__proto__', 'c'] } as unknown as ServedModel,
      rows: { single: { usage: 1, plan: 'A' } },
      predictions: [{ probability: 0.5, prediction: '__proto__', probabilities }],
    });
    expect(profile.counts().scores?.probabilities.map(({ mean }) => mean)).toEqual([0.25, 0.5, 0.25]);
  });
});
