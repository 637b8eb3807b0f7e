import { Labels } from '@churn/core';
import { StratifiedShuffleSplit } from './stratified-shuffle-split.js';

const labels = Labels.from(Array.from({ length: 100 }, (_, row) => (row % 5 === 0 ? 'leaves' : 'stays')));
const x = { nRows: 100 };

describe('StratifiedShuffleSplit', () => {
  it('keeps class proportions in both parts, each time', () => {
    const splits = new StratifiedShuffleSplit({ nSplits: 4, testSize: 0.2 }).split(x, labels);
    expect(splits).toHaveLength(4);
    for (const { train, test } of splits) {
      expect([...train, ...test].sort((a, b) => a - b)).toEqual([...labels.codes.keys()]);
      expect(labels.take(test).counts()).toEqual([4, 16]);
      expect(labels.take(train).counts()).toEqual([16, 64]);
    }
    expect(new Set(splits.map(({ test }) => test.join())).size).toBe(4);
  });

  it('has ten tests of a tenth by default, by the seed', () => {
    const split = (seed?: number) => new StratifiedShuffleSplit({ seed }).split(x, labels);
    expect(split().map(({ test }) => test.length)).toEqual(Array(10).fill(10));
    expect(split()).toEqual(split(0));
    expect(split(1)).not.toEqual(split(2));
    expect(new StratifiedShuffleSplit().withSeed(1).split(x, labels)).toEqual(split(1));
  });

  it('rejects invalid options, and a different number of labels', () => {
    const refused = (code: string, message: string) =>
      expect.objectContaining({ code, message: expect.stringContaining(message) });
    for (const testSize of [0, -0.5, 1.5, NaN, Infinity]) {
      expect(() => new StratifiedShuffleSplit({ testSize })).toThrow(
        refused('invalid-parameter', 'testSize: '),
      );
    }
    expect(() => new StratifiedShuffleSplit({ nSplits: 0 })).toThrow(
      refused('invalid-parameter', 'nSplits: '),
    );
    const splitter = new StratifiedShuffleSplit();
    expect(() => splitter.split({ nRows: 7 }, labels)).toThrow(refused('invalid-data', 'y: expected'));
    expect(() => splitter.split({ nRows: 3 }, ['a', 'b', 'b'])).toThrow(
      refused('invalid-target', 'class "a"'),
    );
  });
});
