import { Table } from '@churn/core';
import { inBag } from './draw-tree.js';
import { RandomForestClassifier } from './random-forest.js';

/** The rows that each tree of a forest draws, uniformly. */
function bagsOf(forest: RandomForestClassifier, nRows: number): Float64Array[] {
  return Array.from({ length: forest.options.nEstimators }, (_, tree) =>
    inBag(forest.options, tree, new Float64Array(nRows).fill(1)),
  );
}

describe('the out-of-bag score', () => {
  it.each([2, 3])('of %i classes agrees with values computed by hand, for single leaves', (nClasses) => {
    const codes = Array.from({ length: 11 }, (_, row) => (row * row) % nClasses);
    const forest = new RandomForestClassifier({ nEstimators: 2, oobScore: true, seed: 6 });
    const x = Table.fromColumns({ constant: new Float64Array(codes.length) });
    const bags = bagsOf(forest, codes.length);
    let right = 0;
    let told = 0;
    codes.forEach((code, row) => {
      const others = bags.filter((inBag) => inBag[row] === 0);
      if (others.length === 0) return;
      told++;
      const votes = Array.from({ length: nClasses }, (_, k) =>
        others.reduce(
          (sum, inBag) =>
            sum + inBag.reduce((count, drawn, other) => count + (codes[other] === k ? drawn : 0), 0),
          0,
        ),
      );
      // A tie goes to the first class, as it does in the forest.
      if (votes.indexOf(Math.max(...votes)) === code) right++;
    });
    expect(told).toBeGreaterThan(0);
    expect(told).toBeLessThan(codes.length);
    expect(forest.fit(x, codes).forest.oobScore).toBe(right / told);
  });

  it('counts rows by their weight', () => {
    const x = Table.fromColumns({ a: [1, 2, 3, 4, 5, 6] });
    const y = [0, 0, 1, 1, 0, 1];
    const forest = new RandomForestClassifier({ nEstimators: 30, oobScore: true });
    const plain = forest.fit(x, y).forest.oobScore;
    expect(forest.fit(x, y, { sampleWeight: y.map(() => 3) }).forest.oobScore).toBe(plain);
    const heavy = forest.fit(x, y, { sampleWeight: [1, 1, 1, 1, 9, 1] }).forest.oobScore;
    expect(heavy).not.toBe(plain);
  });

  it('is null if every tree sampled every row', () => {
    const x = Table.fromColumns({ a: [1, 2] });
    const scores = Array.from({ length: 20 }, (_, seed) => {
      const forest = new RandomForestClassifier({ nEstimators: 1, oobScore: true, seed });
      const drewAll = bagsOf(forest, 2).every((inBag) => inBag.every((drawn) => drawn > 0));
      const { oobScore } = forest.fit(x, [0, 1]).forest;
      expect(oobScore === null).toBe(drewAll);
      return oobScore;
    });
    expect(new Set(scores)).toContain(null);
    expect(new Set(scores).size).toBeGreaterThan(1);
  });
});
