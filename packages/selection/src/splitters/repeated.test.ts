import { GroupKFold } from './group-k-fold.js';
import { KFold } from './k-fold.js';
import { Repeated } from './repeated.js';
import { StratifiedKFold } from './stratified-k-fold.js';

const nRows = 40;
const y = Array.from({ length: nRows }, (_, row) => (row % 5 === 0 ? 'leaves' : 'stays'));

describe('Repeated', () => {
  it('has the splits of the splitter, in a different order each time', () => {
    const repeated = new Repeated(new StratifiedKFold({ nSplits: 4 }), { nRepeats: 3 });
    const splits = repeated.split({ nRows }, y);
    expect(repeated.nSplits).toBe(12);
    expect(splits).toHaveLength(12);
    for (let start = 0; start < 12; start += 4) {
      const tests = splits.slice(start, start + 4).flatMap(({ test }) => [...test]);
      expect(tests.sort((a, b) => a - b)).toEqual([...Array(nRows).keys()]);
    }
    for (const { test } of splits) {
      expect(Array.from(test, (row) => y[row]).filter((label) => label === 'leaves')).toHaveLength(2);
    }
  });

  it('shuffles by its seed, differently in each repeat', () => {
    const split = (seed?: number) => new Repeated(new KFold(), { nRepeats: 4, seed }).split({ nRows });
    expect(split(1)).toEqual(split(1));
    expect(split(1)).not.toEqual(split(2));
    expect(split()).toEqual(split(0));
    expect(new Set(split().map(({ test }) => test.join())).size).toBe(20);
    expect(new Repeated(new KFold(), { nRepeats: 4 }).withSeed(2).split({ nRows })).toEqual(split(2));
  });

  it('passes the groups on', () => {
    const groups = Array.from({ length: nRows }, (_, row) => row % 8);
    const splits = new Repeated(new GroupKFold({ nSplits: 2 }), { nRepeats: 2 }).split({ nRows }, y, groups);
    for (const { train, test } of splits) {
      const inTest = new Set(Array.from(test, (row) => groups[row]));
      expect(Array.from(train, (row) => groups[row]).some((group) => inTest.has(group))).toBe(false);
    }
  });

  it('rejects less than one repeat', () => {
    expect(() => new Repeated(new KFold(), { nRepeats: 0 })).toThrow(
      expect.objectContaining({
        code: 'invalid-parameter',
        message: 'nRepeats: expected an integer of at least 1, got 0',
      }),
    );
  });
});
