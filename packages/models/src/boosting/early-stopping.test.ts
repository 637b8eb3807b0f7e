import { Labels, Random, Table } from '@churn/core';
import { roundsOfLeastLoss, validationSets } from './early-stopping.js';
import { GradientBoostingClassifier } from './gradient-boosting.js';

const ones = (n: number) => new Float64Array(n).fill(1);
const strataOf = ({ codes, classes }: Labels) => ({ codes, nStrata: classes.length });
const settings = { validationFraction: 0.2, refit: true, seed: 0 };

describe('validationSets', () => {
  const labels = Labels.from(Array.from({ length: 1000 }, (_, row) => (row % 10 === 0 ? 'rare' : 'common')));

  it('hold out the same share of each class', () => {
    const [one, ...others] = validationSets(strataOf(labels), ones(1000), { ...settings, refit: false });
    expect(others).toEqual([]);
    expect(one.filter((row) => row % 10 === 0)).toHaveLength(20);
    expect(one.filter((row) => row % 10 !== 0)).toHaveLength(180);
  });

  it('are several disjoint ones for few rows, and one for many', () => {
    const sets = validationSets(strataOf(labels), ones(1000), settings);
    expect(sets).toHaveLength(5);
    expect(new Set(sets.flat()).size).toBe(1000);
    const many = Labels.from(Array.from({ length: 12_000 }, (_, row) => row % 2));
    expect(validationSets(strataOf(many), ones(12_000), settings)).toHaveLength(1);
    expect(
      validationSets(strataOf(many.take(Array.from({ length: 2500 }, (_, i) => i))), ones(2500), settings),
    ).toHaveLength(2);
  });

  it('never hold out all rows of a class, nor rows without weight', () => {
    const few = Labels.from(['one', 'two', 'two', 'three', 'three', 'three']);
    for (const validationFraction of [0.01, 0.2, 0.5, 0.9]) {
      for (const set of validationSets(strataOf(few), ones(6), { ...settings, validationFraction })) {
        expect(set).not.toContain(0);
        expect(set.filter((row) => row === 1 || row === 2).length).toBeLessThan(2);
        expect(set.filter((row) => row > 2).length).toBeLessThan(3);
      }
    }
    const weights = Float64Array.from({ length: 1000 }, (_, row) => row % 3);
    for (const set of validationSets(strataOf(labels), weights, settings)) {
      expect(set.length).toBeGreaterThan(100);
      expect(set.every((row) => weights[row] > 0)).toBe(true);
    }
    expect(validationSets(strataOf(Labels.from([0, 1])), ones(2), settings)).toEqual([]);
  });
});

describe('roundsOfLeastLoss', () => {
  /** A run with these losses; the first is that before any round. */
  const losing = (...losses: number[]) => {
    let at = 0;
    return { round: () => at++, heldOutLoss: () => losses[Math.min(at, losses.length - 1)] };
  };
  const patient = { nIterNoChange: 2, tolerance: 0 };

  it('is the minimum of the loss before it stagnated for the given rounds', () => {
    expect(roundsOfLeastLoss([losing(9, 5, 4, 6, 3, 7, 7, 7, 1)], 100, patient)).toBe(4);
    expect(roundsOfLeastLoss([losing(9, 5, 4, 6, 7, 7, 1)], 100, patient)).toBe(2);
    expect(roundsOfLeastLoss([losing(9, 8, 7, 6, 5, 4)], 3, patient)).toBe(3);
    expect(roundsOfLeastLoss([losing(1, 2, 3)], 100, patient)).toBe(1);
  });

  it('requires an improvement above the tolerance', () => {
    expect(roundsOfLeastLoss([losing(9, 5, 4.9, 4.8, 4.7)], 4, { nIterNoChange: 9, tolerance: 0.5 })).toBe(1);
  });

  it('uses the mean of several losses', () => {
    expect(roundsOfLeastLoss([losing(9, 1, 5, 9, 9), losing(9, 9, 4, 6, 9)], 100, patient)).toBe(2);
  });
});

describe('GradientBoostingClassifier without nEstimators', () => {
  const random = new Random('early');
  const x = Table.fromColumns(
    ['a', 'b', 'c'].map((name) => [name, Float64Array.from({ length: 500 }, () => random.normal())]),
  );
  const y = Array.from(x.numeric('a'), (value) => Number(value + random.normal() > 0));

  it('equals a fit of the chosen rounds on all rows', () => {
    const found = new GradientBoostingClassifier({ learningRate: 0.1 }).fit(x, y);
    const told = new GradientBoostingClassifier({ learningRate: 0.1, nEstimators: found.nRounds }).fit(x, y);
    expect(found.nRounds).toBeGreaterThan(5);
    expect(found.nRounds).toBeLessThan(200);
    expect(JSON.stringify(found.state) === JSON.stringify(told.state)).toBe(true);
  });

  it('without refit equals a fit on the rows not held out', () => {
    const model = new GradientBoostingClassifier({ refit: false }).fit(x, y);
    const { leafWeights, nodesPerTree } = model.boosted.trees.arrays;
    const ofFirst = leafWeights.subarray(0, (nodesPerTree[0] + 1) / 2);
    expect(ofFirst.reduce((sum, weight) => sum + weight, 0)).toBe(400);
  });

  it('uses few rounds on noise, and fits even if no row can be held out', () => {
    const noise = y.map(() => random.int(2));
    expect(new GradientBoostingClassifier().fit(x, noise).nRounds).toBeLessThan(20);
    const model = new GradientBoostingClassifier({ minSamplesLeaf: 1 }).fit(
      Table.fromColumns({ a: [1, 2] }),
      ['p', 'q'],
    );
    expect(model.predict(Table.fromColumns({ a: [0, 3] }))).toEqual(['p', 'q']);
  });
});
