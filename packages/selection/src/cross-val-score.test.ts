import { type Classifier, type FittedClassifier, Labels, Table } from '@churn/core';
import { crossValPredict } from './cross-val-predict.js';
import { crossValScore } from './cross-val-score.js';
import { scorers } from './scorers.js';
import { Repeated } from './splitters/repeated.js';
import type { Splitter } from './splitters/splitter.js';
import { StratifiedKFold } from './splitters/stratified-k-fold.js';

const n = 60;
const rows = Array.from({ length: n }, (_, row) => row);
const x = Table.fromColumns({ row: Float64Array.from(rows), signal: rows.map((row) => (row * 7) % 11) });
const y = Labels.from(
  rows.map((row) => ((row * 7) % 11) + (row % 3) > 6),
  [false, true],
);

/** Learns nothing, takes the signal for the probability, and keeps the rows that it was fitted on and asked about. */
function watching() {
  const fits: { trained: number[]; labels: unknown[]; asked: number[] }[] = [];
  const classifier: Classifier = {
    role: 'classifier',
    fit(table, labels) {
      const asked: number[] = [];
      fits.push({ trained: [...table.numeric('row')], labels: Labels.from(labels).toArray(), asked });
      const predictProba = (rows: Table) => {
        asked.push(...rows.numeric('row'));
        return [
          rows.numeric('signal').map((value) => 1 - value / 11),
          rows.numeric('signal').map((v) => v / 11),
        ];
      };
      return { classes: [false, true], predictProba } as unknown as FittedClassifier;
    },
  };
  return { classifier, fits };
}

describe('crossValScore', () => {
  it('fits on the other folds, and predicts each row once', () => {
    const { classifier, fits } = watching();
    expect(crossValScore(classifier, x, y, { cv: new StratifiedKFold({ nSplits: 4 }) })).toHaveLength(4);
    expect(fits).toHaveLength(4);
    for (const { trained, labels, asked } of fits) {
      expect([...trained, ...asked].sort((a, b) => a - b)).toEqual(rows);
      expect(labels).toEqual(y.take(trained).toArray());
      expect(asked).toHaveLength(15);
    }
    expect(fits.flatMap(({ asked }) => asked).sort((a, b) => a - b)).toEqual(rows);
  });

  it('by default scores the ROC AUC of the held-out rows of five folds', () => {
    const { classifier, fits } = watching();
    const scores = crossValScore(classifier, x, y);
    expect(scores).toEqual(fits.map(({ asked }) => pairsInOrder(asked)));
    expect(scores).toHaveLength(5);
  });

  it('uses the given scorer', () => {
    const { classifier, fits } = watching();
    const scores = crossValScore(classifier, x, y, { scoring: scorers.accuracy });
    const right = (row: number) => x.numeric('signal')[row] / 11 > 0.5 === y.toArray()[row];
    expect(scores).toEqual(fits.map(({ asked }) => asked.filter(right).length / asked.length));
  });

  it('passes the weights of training rows to fit, and those of test rows to the scorer', () => {
    const { classifier } = watching();
    const sampleWeight = rows.map((row) => row % 2);
    const scores = crossValScore(classifier, x, y, { scoring: scorers.accuracy, sampleWeight });
    const odd = rows.filter((row) => row % 2 === 1);
    const splits = new StratifiedKFold().split(x, y);
    const byHand = splits.map(({ test }) => {
      const among = [...test].filter((row) => odd.includes(row));
      const right = among.filter((row) => x.numeric('signal')[row] / 11 > 0.5 === y.toArray()[row]);
      return right.length / among.length;
    });
    expect(scores).toEqual(byHand);
  });

  it('rejects a different number of labels', () => {
    const { classifier } = watching();
    expect(() => crossValScore(classifier, x.take([0, 1]), y)).toThrow(
      expect.objectContaining({ code: 'invalid-data', message: 'expected 2 labels, one per row, got 60' }),
    );
  });
});

describe('crossValPredict', () => {
  it('predicts each row while it is held out, and returns NaN for rows that never are', () => {
    const { classifier } = watching();
    const [, positive] = crossValPredict(classifier, x, y);
    expect([...positive]).toEqual(Array.from(x.numeric('signal'), (value) => value / 11));
    const cv: Splitter = {
      nSplits: 1,
      split: () => [{ train: Int32Array.of(0, 1, 2), test: Int32Array.of(5) }],
    };
    const [, some] = crossValPredict(classifier, x, y, { cv });
    expect(Array.from(some.keys()).filter((row) => !Number.isNaN(some[row]))).toEqual([5]);
  });

  it('rejects splits that test a row twice', () => {
    const { classifier } = watching();
    const cv = new Repeated(new StratifiedKFold({ nSplits: 2 }), { nRepeats: 2 });
    expect(() => crossValPredict(classifier, x, y, { cv })).toThrow(/row \d+ is tested twice/);
  });
});

/** The share of pairs of a true and a false row that the signal puts in the right order; a tie is half a pair. */
function pairsInOrder(among: number[]): number {
  const signal = x.numeric('signal');
  const pairs = among
    .filter((row) => y.codes[row] === 1)
    .flatMap((high) => among.filter((row) => y.codes[row] === 0).map((low) => signal[high] - signal[low]));
  return pairs.reduce((sum, difference) => sum + (Math.sign(difference) + 1) / 2, 0) / pairs.length;
}
