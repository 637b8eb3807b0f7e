import { type ClassLabel, Labels } from '@churn/core';
import fc from 'fast-check';
import { trainTestSplit } from './train-test-split.js';

const y = Labels.from(Array.from({ length: 100 }, (_, row) => (row % 5 === 0 ? 'leaves' : 'stays')));
const failure = (code: string, message: string) => expect.objectContaining({ code, message });

describe('trainTestSplit', () => {
  it('assigns every row to one part, in ascending order', () => {
    const targets = fc.array(fc.nat(2), { minLength: 2, maxLength: 60 });
    const testSize = fc.double({ min: 0.01, max: 0.99, noNaN: true });
    fc.assert(
      fc.property(targets, testSize, fc.integer(), fc.boolean(), (labels, testSize, seed, stratify) => {
        const nTest = Math.ceil(testSize * labels.length);
        fc.pre(nTest < labels.length);
        let split: ReturnType<typeof trainTestSplit>;
        try {
          split = trainTestSplit(labels, { testSize, seed, stratify });
        } catch (error) {
          expect(stratify && error).toMatchObject({ code: 'invalid-target' });
          return;
        }
        const { train, test } = split;
        expect(test).toHaveLength(nTest);
        expect([...train, ...test].sort((a, b) => a - b)).toEqual([...labels.keys()]);
        expect(train).toEqual(train.slice().sort());
        expect(test).toEqual(test.slice().sort());
      }),
    );
  });

  it('keeps class proportions, to within a row', () => {
    const targets = fc.array(fc.nat(2), { minLength: 10, maxLength: 80 });
    fc.assert(
      fc.property(targets, fc.integer(), (values, seed) => {
        const labels = Labels.from(values);
        fc.pre(labels.counts().every((count) => count >= 4));
        const { test } = trainTestSplit(labels, { testSize: 0.4, seed });
        const share = test.length / labels.length;
        labels
          .take(test)
          .counts()
          .forEach((inTest, code) => {
            expect(Math.abs(inTest - share * labels.counts()[code])).toBeLessThan(1);
          });
      }),
    );
  });

  it('by default tests on a quarter of the rows, stratified', () => {
    const { train, test } = trainTestSplit(y);
    expect(y.take(test).counts()).toEqual([5, 20]);
    expect(y.take(train).counts()).toEqual([15, 60]);
  });

  it.each([
    [0.3, 30],
    [0.251, 26],
    [0.29, 29],
    [7, 7],
    [1, 1],
    [99, 99],
  ])('accepts a testSize of %p as %i of 100 rows', (testSize, nTest) => {
    expect(trainTestSplit(y, { testSize, stratify: false }).test).toHaveLength(nTest);
  });

  it('is reproducible by its seed', () => {
    const split = (seed?: number) => trainTestSplit(y, { seed });
    expect(split(1)).toEqual(split(1));
    expect(split(1)).not.toEqual(split(2));
    expect(split()).toEqual(split(0));
  });

  it('is stable across versions', () => {
    const labels = [0, 0, 0, 0, 0, 0, 1, 1, 1, 1];
    const test = (stratify: boolean) => [
      ...trainTestSplit(labels, { testSize: 0.4, seed: 42, stratify }).test,
    ];
    expect(test(true)).toEqual([4, 5, 8, 9]);
    expect(test(false)).toEqual([4, 6, 7, 8]);
  });

  it('assigns each row to the test part with equal probability', () => {
    const counts = new Int32Array(20);
    for (let seed = 0; seed < 2000; seed++) {
      const { test } = trainTestSplit(y.take(Array.from(counts.keys())), { testSize: 0.25, seed });
      for (const row of test) counts[row]++;
    }
    // Expected 500 of 2000, with a standard deviation of sqrt(2000 / 4 * 3 / 4) = 19.4; five of them.
    for (const count of counts) expect(Math.abs(count - 500)).toBeLessThan(97);
  });

  it('ignores a class without rows', () => {
    const labels = Labels.from(['a', 'b', 'a', 'b'], ['a', 'c', 'b']);
    expect(labels.take(trainTestSplit(labels, { testSize: 0.5 }).test).counts()).toEqual([1, 0, 1]);
  });

  it.each([0, -0.1, -3, 1.5, 100, 101, NaN, Infinity])('rejects a testSize of %p', (testSize) => {
    const message = `testSize: expected a share between 0 and 1, or a number of rows below 100, got ${testSize}`;
    expect(() => trainTestSplit(y, { testSize })).toThrow(failure('invalid-parameter', message));
  });

  it('rejects a share that leaves no training rows', () => {
    expect(() => trainTestSplit(y, { testSize: 0.999 })).toThrow(
      expect.objectContaining({ code: 'invalid-parameter' }),
    );
    expect(() => trainTestSplit([])).toThrow(expect.objectContaining({ code: 'invalid-parameter' }));
  });

  it.each<[ClassLabel[], number, string]>([
    [
      ['a', 'a', 'a', 'b'],
      0.25,
      'class "b" has 1 row, of which 0 would be for the test: too few for both parts',
    ],
    [
      ['a', 'a', 'a', 'b'],
      3,
      'class "b" has 1 row, of which 1 would be for the test: too few for both parts',
    ],
    [
      [1, 1, 1, 1, 1, 1, 2, 2],
      1,
      'class 2 has 2 rows, of which 0 would be for the test: too few for both parts',
    ],
  ])('rejects %j with a test of %p: a class would be in only one part', (labels, testSize, message) => {
    expect(() => trainTestSplit(labels, { testSize })).toThrow(failure('invalid-target', message));
    expect(trainTestSplit(labels, { testSize, stratify: false }).train.length).toBeGreaterThan(0);
  });
});
