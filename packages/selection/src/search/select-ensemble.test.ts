import { Labels, Random } from '@churn/core';
import fc from 'fast-check';
import { logLoss } from '../metrics/log-loss.js';
import { rocAuc } from '../metrics/roc-auc.js';
import { probabilityScorer } from '../scorer.js';
import { type SelectEnsembleOptions, selectEnsemble } from './select-ensemble.js';

/** The columns of two classes. */
const two = (p: ArrayLike<number>) => [Float64Array.from(p, (each) => 1 - each), Float64Array.from(p)];
const blended = (predictions: readonly Float64Array[][], weights: readonly number[]) =>
  predictions[0].map((column, k) =>
    column.map((_, row) =>
      Math.min(
        1,
        predictions.reduce((sum, each, i) => sum + weights[i] * each[k][row], 0),
      ),
    ),
  );
const lossOf = (y: ArrayLike<number>, predictions: readonly Float64Array[][], weights: readonly number[]) =>
  logLoss(Labels.from(Array.from(y)), blended(predictions, weights));

const random = new Random(5);
const n = 300;
const signal = Array.from({ length: n }, () => random.normal());
const y = signal.map((value) => Number(value + random.normal() > 0));
/** Candidates that see the signal through noise of their own. */
const noisy = (noise: number) =>
  two(signal.map((value) => 1 / (1 + Math.exp(-1.5 * (value + noise * random.normal())))));
const candidates = [noisy(3), noisy(0.8), noisy(0.9), noisy(2), noisy(1)];

describe('selectEnsemble', () => {
  it('stops at the best round, computed by hand', () => {
    // A is right of the first row, B of the second: alone each has -ln(0.9 x 0.1) / 2, both have -ln(0.5).
    const [a, b] = [two([0.9, 0.9]), two([0.1, 0.1])];
    expect(selectEnsemble([1, 0], [a, b], { nInitial: 1 })).toEqual([0.5, 0.5]);
    // Of three rows A is right of two. With a share s of A the loss is least at d/ds of 2 ln(0.1 + 0.8 s) + ln(0.9 - 0.8 s) = 0.
    const best = (2 * 0.9 - 0.1) / (3 * 0.8);
    const [ofA] = selectEnsemble([1, 1, 0], [two([0.9, 0.9, 0.9]), two([0.1, 0.1, 0.1])], { nRounds: 500 });
    expect(Math.abs(ofA - best)).toBeLessThan(0.002);
  });

  it('assigns all weight to a candidate that no other improves', () => {
    const worse = two(Array.from(candidates[1][1], (p) => 0.8 * p + 0.1));
    const perfect = two(y.map((label) => (label === 1 ? 0.99 : 0.01)));
    expect(selectEnsemble(y, [worse, perfect, candidates[0]], { nBags: 1 })).toEqual([0, 1, 0]);
  });

  it('prefers the earlier of ties', () => {
    expect(selectEnsemble(y, [candidates[1], candidates[1]])).toEqual([1, 0]);
    const three = selectEnsemble(y, [candidates[2], candidates[1], candidates[1]], { nBags: 1 });
    expect(three[2]).toBe(0);
  });

  it('approaches the optimal weights, with few of them', () => {
    const weights = selectEnsemble(y, candidates, { nRounds: 100, nBags: 1 });
    expect(weights.reduce((sum, weight) => sum + weight, 0)).toBeCloseTo(1, 12);
    const received = lossOf(y, candidates, weights);
    let least = Infinity;
    const grid = Array.from({ length: 11 }, (_, i) => i / 10);
    for (const a of grid)
      for (const b of grid)
        for (const c of grid)
          for (const d of grid) {
            const e = 1 - a - b - c - d;
            if (e > -1e-9) least = Math.min(least, lossOf(y, candidates, [a, b, c, d, Math.max(e, 0)]));
          }
    expect(received).toBeLessThan(least + 5e-4);
    expect(received).toBeLessThan(Math.min(...candidates.map((_, i) => lossOf(y, candidates, unit(i)))));
  });

  const unit = (place: number) => candidates.map((_, i) => (i === place ? 1 : 0));

  it('is never worse on these rows than the best candidate, whatever the candidates', () => {
    const p = fc.double({ min: 0, max: 1, noNaN: true });
    const table = fc.integer({ min: 2, max: 12 }).chain((rows) =>
      fc.record({
        y: fc.array(fc.integer({ min: 0, max: 1 }), { minLength: rows, maxLength: rows }),
        each: fc.array(fc.array(p, { minLength: rows, maxLength: rows }), { minLength: 1, maxLength: 5 }),
      }),
    );
    fc.assert(
      fc.property(table, ({ y: labels, each }) => {
        const all = Labels.from(labels, [0, 1]);
        const predictions = each.map(two);
        const weights = selectEnsemble(all, predictions, { nRounds: 10, nBags: 1, minWeight: 0 });
        const ofCandidate = predictions.map((columns) => logLoss(all, columns));
        expect(logLoss(all, blended(predictions, weights))).toBeLessThanOrEqual(
          Math.min(...ofCandidate) + 1e-9,
        );
        expect(weights.reduce((sum, weight) => sum + weight, 0)).toBeCloseTo(1, 12);
      }),
    );
  });

  it('is the same by a custom scorer as by the built-in one, for two classes and more', () => {
    const scoring = probabilityScorer(logLoss, { name: 'loss', greaterIsBetter: false });
    expect(selectEnsemble(y, candidates, { scoring })).toEqual(selectEnsemble(y, candidates));
    const labels = Labels.from(y.map((label, i) => (i % 3 === 0 ? 'c' : label === 1 ? 'b' : 'a')));
    const three = candidates.map(([a, b]) => [
      a.map((p) => p * 0.7),
      b.map((p) => p * 0.7),
      a.map(() => 0.3),
    ]);
    expect(selectEnsemble(labels, three, { scoring })).toEqual(selectEnsemble(labels, three));
  });

  it('optimises the given scorer', () => {
    const weights = selectEnsemble(y, candidates, { scoring: 'rocAuc', nRounds: 20, nBags: 1 });
    const auc = (each: Float64Array[]) => rocAuc(y, each[1]);
    expect(auc(blended(candidates, weights))).toBeGreaterThan(Math.max(...candidates.map(auc)));
  });

  it('counts rows by their weights', () => {
    const sampleWeight = y.map((_, row) => row % 3);
    const rows = y.flatMap((_, row) => Array.from({ length: row % 3 }, () => row));
    const repeated = candidates.map((columns) =>
      columns.map((column) => Float64Array.from(rows, (row) => column[row])),
    );
    const weights = selectEnsemble(y, candidates, { sampleWeight });
    expect(weights).toEqual(
      selectEnsemble(
        rows.map((row) => y[row]),
        repeated,
      ),
    );
    expect(weights).not.toEqual(selectEnsemble(y, candidates));
  });

  it('averages bags, by their seed', () => {
    const bags = { nBags: 20, bagFraction: 0.5, minWeight: 0 };
    const weights = selectEnsemble(y, candidates, bags);
    expect(weights).toEqual(selectEnsemble(y, candidates, bags));
    expect(weights).not.toEqual(selectEnsemble(y, candidates, { ...bags, seed: 1 }));
    expect(weights.reduce((sum, weight) => sum + weight, 0)).toBeCloseTo(1, 12);
    const all = selectEnsemble(y, candidates, { ...bags, bagFraction: 1 });
    selectEnsemble(y, candidates, { nBags: 1 }).forEach((weight, i) => {
      expect(all[i]).toBeCloseTo(weight, 12);
    });
  });

  it('bags by default if rows are few', () => {
    expect(selectEnsemble(y, candidates)).toEqual(selectEnsemble(y, candidates, { nBags: 20 }));
    const rows = Array.from({ length: 20_001 }, (_, i) => i % n);
    const many = candidates.map((columns) =>
      columns.map((column) => Float64Array.from(rows, (row) => column[row])),
    );
    const labels = rows.map((row) => y[row]);
    const options = { nRounds: 2 };
    expect(selectEnsemble(labels, many, options)).toEqual(
      selectEnsemble(labels, many, { ...options, nBags: 1 }),
    );
  });

  it('drops small members, but never all', () => {
    const whole = selectEnsemble(y, candidates, { minWeight: 0 });
    const bound = [...whole].sort((a, b) => b - a)[1] - 1e-9;
    const kept = selectEnsemble(y, candidates, { minWeight: bound });
    const total = whole.reduce((sum, weight) => sum + (weight >= bound ? weight : 0), 0);
    kept.forEach((weight, i) => {
      expect(weight).toBeCloseTo(whole[i] >= bound ? whole[i] / total : 0, 12);
    });
    expect(selectEnsemble(y, candidates, { minWeight: 0.5 }).filter((weight) => weight > 0)).toEqual([1]);
  });

  it('leaves its input unchanged', () => {
    const before = JSON.stringify(candidates.map((columns) => columns.map((column) => Array.from(column))));
    selectEnsemble(y, candidates);
    expect(JSON.stringify(candidates.map((columns) => columns.map((column) => Array.from(column))))).toBe(
      before,
    );
  });

  const [first] = candidates;
  it.each<[string, readonly (readonly ArrayLike<number>[])[], SelectEnsembleOptions, string, string]>([
    [
      'no candidate',
      [],
      {},
      'invalid-parameter',
      'predictions: expected one array per class for each of one or more',
    ],
    [
      'one column',
      [[first[1]]],
      {},
      'invalid-data',
      'predictions[0]: expected an array of scores for each of the 2',
    ],
    [
      'no columns',
      [first, 3 as never],
      {},
      'invalid-parameter',
      'predictions[1]: expected one array of probabilities',
    ],
    [
      'fewer rows',
      [first, two([0.5])],
      {},
      'invalid-data',
      'predictions[1]: expected 300 scores, one for each label, got 1',
    ],
    [
      'rows without predictions',
      [first, two(y.map((_, row) => (row === 7 ? NaN : 0.5)))],
      {},
      'invalid-data',
      'predictions[1]: the score of row 7 is not a number',
    ],
    [
      'an invalid probability',
      [two(y.map(() => 1.5))],
      {},
      'invalid-data',
      'predictions[0]: the probability of row 0',
    ],
    [
      'probabilities that do not sum to 1',
      [[first[0], first[0]]],
      {},
      'invalid-data',
      'predictions[0]: the probabilities of row 0 add up',
    ],
    [
      'no rounds',
      [first],
      { nRounds: 0 },
      'invalid-parameter',
      'nRounds: expected an integer from 1 to 1000',
    ],
    ['amounts', [first], { scoring: 'r2' }, 'invalid-parameter', 'scoring: expected a scorer of classes'],
    [
      'few weights',
      [first],
      { sampleWeight: [1] },
      'invalid-data',
      'sampleWeight: expected a weight for each of 300',
    ],
  ])('rejects %s', (_, predictions, options, code, message) => {
    expect(() => selectEnsemble(y, predictions, options)).toThrow(
      expect.objectContaining({ code, message: expect.stringContaining(message) }),
    );
  });
});
