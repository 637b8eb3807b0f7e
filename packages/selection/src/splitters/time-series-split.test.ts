import fc from 'fast-check';
import reference from '../../test/reference/splitters.json';
import { TimeSeriesSplit } from './time-series-split.js';

describe('TimeSeriesSplit', () => {
  it.each(reference.timeSeriesSplit)(
    'agrees with the rows of scikit-learn for $n rows, $options',
    ({ n, options, splits }) => {
      const received = new TimeSeriesSplit(options).split({ nRows: n });
      expect(received.map(({ train, test }) => ({ train: [...train], test: [...test] }))).toEqual(splits);
    },
  );

  it('trains only on rows before the gap', () => {
    const sizes = fc.tuple(
      fc.integer({ min: 2, max: 5 }),
      fc.integer({ min: 1, max: 4 }),
      fc.nat(4),
      fc.nat(20),
    );
    fc.assert(
      fc.property(sizes, ([nSplits, testSize, gap, more]) => {
        const nRows = nSplits * testSize + gap + 1 + more;
        const splits = new TimeSeriesSplit({ nSplits, testSize, gap }).split({ nRows });
        for (const { train, test } of splits) {
          expect(test).toHaveLength(testSize);
          expect(test[0] - train[train.length - 1]).toBe(gap + 1);
        }
        expect(splits[nSplits - 1].test[testSize - 1]).toBe(nRows - 1);
      }),
    );
  });

  it('rejects invalid options, and too few rows', () => {
    const refused = (message: string) => expect.objectContaining({ code: 'invalid-parameter', message });
    expect(() => new TimeSeriesSplit({ nSplits: 1 })).toThrow(
      refused('nSplits: expected an integer of at least 2, got 1'),
    );
    expect(() => new TimeSeriesSplit({ testSize: 0 })).toThrow(
      refused('testSize: expected an integer of at least 1, got 0'),
    );
    expect(() => new TimeSeriesSplit({ gap: -1 })).toThrow(
      refused('gap: expected an integer of at least 0, got -1'),
    );
    expect(() => new TimeSeriesSplit({ maxTrainSize: 0.5 })).toThrow(
      refused('maxTrainSize: expected an integer of at least 1, got 0.5'),
    );
    expect(() => new TimeSeriesSplit().split({ nRows: 5 })).toThrow(
      refused('nSplits: expected fewer than the 5 rows, got 5'),
    );
    expect(() => new TimeSeriesSplit({ nSplits: 2, testSize: 4, gap: 2 }).split({ nRows: 10 })).toThrow(
      refused('nSplits: expected at most 9 rows in the tests and the gap of 2, got "2 tests of 4 rows"'),
    );
  });
});
