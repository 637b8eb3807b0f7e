import { Random, square, TargetValues } from '@churn/core';
import fc from 'fast-check';
import { stratifiedSample } from '../stratified-sample.js';
import { trainTestSplit } from '../train-test-split.js';
import { Repeated } from './repeated.js';
import { strataOf } from './strata.js';
import { StratifiedGroupKFold } from './stratified-group-k-fold.js';
import { StratifiedKFold } from './stratified-k-fold.js';
import { StratifiedShuffleSplit } from './stratified-shuffle-split.js';

const random = new Random(3);
const n = 200;
const skewed = TargetValues.from(Float64Array.from({ length: n }, () => 1000 * square(random.uniform())));
const table = { nRows: n };

/** How many of the rows lie in each of ten strata of equal size. */
function countsOf(rows: Int32Array): readonly number[] {
  return strataOf(skewed).take(rows).counts();
}

describe('strataOf', () => {
  it('divides target values by quantiles', () => {
    expect(strataOf(TargetValues.from([5, 1, 4, 2, 3, 6]), { strata: 3 }).toArray()).toEqual([
      2, 0, 1, 0, 1, 2,
    ]);
    expect(strataOf(skewed).counts()).toEqual(new Array(10).fill(20));
  });

  it('keeps equal values in one stratum, and divides the others as without them', () => {
    const half = TargetValues.from([
      ...new Array(50).fill(0),
      ...Array.from({ length: 50 }, (_, i) => i + 1),
    ]);
    expect(strataOf(half).counts()).toEqual([50, 10, 10, 10, 10, 10]);
    expect(strataOf(TargetValues.from([7, 7, 7])).counts()).toEqual([3]);
    expect(strataOf(TargetValues.from([])).counts()).toEqual([0]);
  });

  it('has the minimum number of rows in each, in the order of the values', () => {
    const amounts = fc.array(fc.integer({ min: 0, max: 12 }), { minLength: 5, maxLength: 60 });
    fc.assert(
      fc.property(amounts, fc.integer({ min: 1, max: 5 }), (values, leastRows) => {
        const bins = strataOf(TargetValues.from(values), { leastRows });
        expect(Math.min(...bins.counts())).toBeGreaterThanOrEqual(leastRows);
        expect(bins.counts().length).toBeLessThanOrEqual(10);
        for (const [i, a] of values.entries())
          for (const [j, b] of values.entries()) {
            if (a <= b) expect(bins.codes[i]).toBeLessThanOrEqual(bins.codes[j]);
          }
      }),
    );
  });
});

describe('splitters stratify target values', () => {
  it.each([
    ['StratifiedKFold', new StratifiedKFold()],
    ['shuffled', new StratifiedKFold({ shuffle: true, seed: 4 })],
    ['Repeated', new Repeated(new StratifiedKFold(), { nRepeats: 2 })],
    ['StratifiedShuffleSplit', new StratifiedShuffleSplit({ testSize: 0.2 })],
  ])('%s', (_, splitter) => {
    for (const { test } of splitter.split(table, skewed))
      expect(countsOf(test)).toEqual(new Array(10).fill(4));
  });

  it('into the given number', () => {
    const [{ test }] = new StratifiedKFold({ strata: 2 }).split(table, skewed);
    const median = Float64Array.from(skewed.values).sort()[n / 2];
    expect(Array.from(test, (row) => skewed.values[row]).filter((value) => value < median)).toHaveLength(20);
    expect(new StratifiedKFold({ strata: 2 }).withSeed(1).strata).toBe(2);
    expect(new StratifiedShuffleSplit({ strata: 3 }).withSeed(1).strata).toBe(3);
    expect(new StratifiedGroupKFold({ strata: 4 }).withSeed(1).strata).toBe(4);
    expect(() => new StratifiedKFold({ strata: 1 })).toThrow('strata: expected');
  });

  it('with groups kept together, more evenly than by chance', () => {
    const groups = Array.from({ length: n }, (_, row) => row % 40);
    const splits = new StratifiedGroupKFold().split(table, skewed, groups);
    for (const { train, test } of splits) {
      const inTest = new Set(Array.from(test, (row) => groups[row]));
      expect(Array.from(train).some((row) => inTest.has(groups[row]))).toBe(false);
      expect(Math.min(...countsOf(test))).toBeGreaterThan(0);
      expect(Math.max(...countsOf(test))).toBeLessThan(9);
    }
  });

  it('joins small ones, and rejects too few rows', () => {
    const few = TargetValues.from([3, 1, 2, 5, 4, 6]);
    for (const { test } of new StratifiedKFold({ nSplits: 3 }).split({ nRows: 6 }, few))
      expect(Array.from(test, (row) => few.values[row] > 3).sort()).toEqual([false, true]);
    expect(() => new StratifiedKFold().split({ nRows: 4 }, few.take([0, 1, 2, 3]))).toThrow(
      'nSplits: expected at most the 4 rows, got 5',
    );
  });

  it('also in trainTestSplit and stratifiedSample', () => {
    const { train, test } = trainTestSplit(skewed, { stratify: true, testSize: 0.25 });
    expect(countsOf(train)).toEqual(new Array(10).fill(15));
    expect(countsOf(test)).toEqual(new Array(10).fill(5));
    expect(countsOf(trainTestSplit(skewed, { testSize: 0.25 }).test)).not.toEqual(new Array(10).fill(5));
    expect(countsOf(stratifiedSample(skewed, { size: 30 }))).toEqual(new Array(10).fill(3));
    const { length } = trainTestSplit(skewed, { stratify: true, testSize: 1 }).test;
    expect(length).toBe(1);
  });
});
