import { Labels } from '@churn/core';
import { accuracy } from './metrics/accuracy.js';
import { logLoss } from './metrics/log-loss.js';
import { f1, fBeta } from './metrics/precision-recall-f1.js';
import { rocAuc } from './metrics/roc-auc.js';
import { improvement, labelScorer, probabilityScorer, type Scorer } from './scorer.js';
import { scorers } from './scorers.js';

const y = Labels.from(['no', 'yes', 'no', 'yes', 'no'], { positive: 'yes' });
const positive = Float64Array.of(0.25, 0.75, 0.5, 0.375, 0.625);
const probabilities = [positive.map((p) => 1 - p), positive];
const predicted = ['no', 'yes', 'no', 'no', 'yes'];

const three = Labels.from(['a', 'b', 'c', 'a', 'c']);
const threeProbabilities = [
  [0.5, 0.25, 0, 0.25, 0.25],
  [0.25, 0.5, 0.5, 0.5, 0.25],
  [0.25, 0.25, 0.5, 0.25, 0.5],
];
const all = Object.values(scorers).filter(
  (scorer): scorer is Scorer<Labels> => !['values', 'risk', 'survival'].includes(scorer.needs),
);

describe('scorers', () => {
  it('have unique names', () => {
    expect(Object.entries(scorers).filter(([name, scorer]) => name !== scorer.name)).toEqual([]);
  });

  it('agree with the metrics, using the likeliest class if they need labels', () => {
    expect(scorers.rocAuc.score(y, probabilities)).toBe(rocAuc(y, positive));
    expect(scorers.logLoss.score(y, probabilities)).toBe(logLoss(y, positive));
    expect(scorers.accuracy.score(y, probabilities)).toBe(accuracy(y, predicted));
    expect(scorers.f1.score(y, probabilities)).toBe(f1(y, predicted));
  });

  it('support three classes, except for binary ones', () => {
    const likeliest = ['a', 'b', 'b', 'b', 'c'];
    expect(scorers.accuracy.score(three, threeProbabilities)).toBe(accuracy(three, likeliest));
    const macro = f1(three, likeliest, { average: 'macro' });
    expect(scorers.f1Macro.score(three, threeProbabilities)).toBe(macro);
    expect(scorers.rocAuc.score(three, threeProbabilities)).toBe(rocAuc(three, threeProbabilities));
    const weighted = rocAuc(three, threeProbabilities, { average: 'weighted' });
    expect(scorers.rocAucWeighted.score(three, threeProbabilities)).toBe(weighted);
    expect(() => scorers.f1.score(three, threeProbabilities)).toThrow(
      expect.objectContaining({ code: 'invalid-parameter', message: expect.stringMatching(/^positive: /) }),
    );
  });

  it.each(all)('$name counts a row of weight 2 as two equal rows, and respects weights', (scorer) => {
    const sampleWeight = [2, 3, 1, 1, 1];
    const rows = [0, 0, 1, 1, 1, 2, 3, 4];
    const twice = probabilities.map((column) => rows.map((row) => column[row]));
    const weighted = scorer.score(y, probabilities, { sampleWeight });
    expect(weighted).toBeCloseTo(scorer.score(y.take(rows), twice), 12);
    expect(weighted).not.toBeCloseTo(scorer.score(y, probabilities), 6);
  });

  it.each(all)('$name ranks a good model above a bad one', (scorer) => {
    const good = scorer.score(y, [
      Float64Array.of(0.9, 0.1, 0.9, 0.1, 0.9),
      Float64Array.of(0.1, 0.9, 0.1, 0.9, 0.1),
    ]);
    const bad = scorer.score(y, [
      Float64Array.of(0.1, 0.9, 0.1, 0.9, 0.1),
      Float64Array.of(0.9, 0.1, 0.9, 0.1, 0.9),
    ]);
    expect(improvement(scorer, good, bad)).toBeGreaterThan(0);
    expect(improvement(scorer, bad, good)).toBeLessThan(0);
  });

  it.each(all)('$name rejects mismatched predictions', (scorer) => {
    const refused = (message: string) =>
      expect.objectContaining({ code: 'invalid-data', message: expect.stringContaining(message) });
    expect(() => scorer.score(three, probabilities)).toThrow(
      refused('each of the 3 classes (a, b, c), got 2'),
    );
    expect(() => scorer.score(y, [[0.5], [0.5]])).toThrow(refused('got 1'));
    const withGap = [probabilities[0], positive.map((p, row) => (row === 3 ? NaN : p))];
    expect(() => scorer.score(y, withGap)).toThrow(refused('the score of row 3 is not a number'));
  });

  it('name the class missing from a fold', () => {
    const fold = three.take([0, 1, 3]);
    const held = threeProbabilities.map((column) => [column[0], column[1], column[3]]);
    expect(() => scorers.rocAuc.score(fold, held)).toThrow(
      expect.objectContaining({
        code: 'invalid-target',
        message: expect.stringContaining('the class "c" has no rows'),
      }),
    );
    expect(scorers.logLoss.score(fold, held)).toBeGreaterThan(0);
  });
});

describe('labelScorer and probabilityScorer', () => {
  it('turn metrics into scorers', () => {
    const f2 = labelScorer((t, p, options) => fBeta(t, p, { ...options, beta: 2 }), { name: 'f2' });
    expect(f2).toMatchObject({ name: 'f2', needs: 'labels', greaterIsBetter: true });
    expect(f2.score(y, probabilities)).toBe(fBeta(y, predicted, { beta: 2 }));
    const loss = probabilityScorer(logLoss, { name: 'loss', greaterIsBetter: false });
    expect(loss).toMatchObject({ name: 'loss', needs: 'probabilities', greaterIsBetter: false });
    expect(loss.score(y, probabilities)).toBe(logLoss(y, positive));
  });
});
