import { type Classifier, type FittedClassifier, Labels, Table } from '@churn/core';
import { crossValScore } from './cross-val-score.js';
import { accuracy } from './metrics/accuracy.js';

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
      return { predictProba } as FittedClassifier;
    },
  };
  return { classifier, fits };
}

describe('crossValScore', () => {
  it('fits on the other folds, and asks about each row once', () => {
    const { classifier, fits } = watching();
    expect(crossValScore(classifier, x, y, { folds: 4 })).toHaveLength(4);
    expect(fits).toHaveLength(4);
    for (const { trained, labels, asked } of fits) {
      expect([...trained, ...asked].sort((a, b) => a - b)).toEqual(rows);
      expect(labels).toEqual(y.take(trained).toArray());
      expect(asked).toHaveLength(15);
    }
    expect(fits.flatMap(({ asked }) => asked).sort((a, b) => a - b)).toEqual(rows);
  });

  it('scores the rows held out by the area under the ROC curve, five folds of it, without options', () => {
    const { classifier, fits } = watching();
    const scores = crossValScore(classifier, x, y);
    expect(scores).toEqual(fits.map(({ asked }) => pairsInOrder(asked)));
    expect(scores).toHaveLength(5);
  });

  it('hands the labels and the probability of the second class to the scoring', () => {
    const { classifier, fits } = watching();
    const scoring = (labels: Labels, probability: Float64Array) =>
      accuracy(
        labels,
        Array.from(probability, (p) => p > 0.5),
      );
    const scores = crossValScore(classifier, x, y, { scoring });
    const right = (row: number) => x.numeric('signal')[row] / 11 > 0.5 === y.toArray()[row];
    expect(scores).toEqual(fits.map(({ asked }) => asked.filter(right).length / asked.length));
  });

  it('has the same folds for the same seed, and other ones for another', () => {
    const asked = (seed?: number) => {
      const { classifier, fits } = watching();
      crossValScore(classifier, x, y, { seed });
      return fits.map((fit) => fit.asked);
    };
    expect(asked(1)).toEqual(asked(1));
    expect(asked(1)).not.toEqual(asked(2));
    expect(asked()).toEqual(asked(0));
  });

  it('refuses more folds than a class has rows, fewer than two, and labels of another number', () => {
    const { classifier } = watching();
    const few = rows.map((row) => (row < 3 ? 'rare' : 'common'));
    expect(() => crossValScore(classifier, x, few, { folds: 4 })).toThrow(
      expect.objectContaining({
        code: 'invalid-parameter',
        message: 'folds: expected at most the 3 rows of class "rare", got 4',
      }),
    );
    expect(() => crossValScore(classifier, x, y, { folds: 1 })).toThrow(
      expect.objectContaining({ code: 'invalid-parameter' }),
    );
    expect(() => crossValScore(classifier, x.take([0, 1]), y)).toThrow(
      expect.objectContaining({ code: 'invalid-data', message: 'the table has 2 rows, but 60 labels came' }),
    );
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
