import { Labels, Random, Table } from '@churn/core';
import { DummyClassifier, LogisticRegression } from '@churn/models';
import { scorers } from '../scorers.js';
import { KFold } from '../splitters/k-fold.js';
import { StratifiedKFold } from '../splitters/stratified-k-fold.js';
import { chooseByLogLoss, oneStandardError } from './choose.js';
import { halvingSearch } from './halving-search.js';
import { drawCandidates, randomSearch } from './random-search.js';
import { search } from './search.js';
import type { CachedPrediction } from './search-cache.js';
import type { SearchCandidate } from './search-result.js';

const random = new Random(2);
const n = 90;
const a = Float64Array.from({ length: n }, () => random.normal());
const x = Table.fromColumns({ a, kind: Array.from(a, (_, i) => 'pqr'[i % 3]) }).select(['a']);
const y = Labels.from(Array.from(a, (value) => (value + random.normal() > 0 ? 'yes' : 'no')));
const pipeline = ({ C }: { C: number }) => new LogisticRegression({ C });
const cv = new StratifiedKFold({ nSplits: 3 });

/** A row of the table of candidates. */
function candidate(index: number, folds: number[], rank: number): SearchCandidate<{ size: number }> {
  const mean = folds.reduce((sum, each) => sum + each) / folds.length;
  const std = Math.sqrt(folds.reduce((sum, each) => sum + (each - mean) ** 2, 0) / folds.length);
  const scores = { rocAuc: { folds, mean, std }, logLoss: { folds, mean, std } };
  return { index, params: { size: [9, 4, 4, 1][index] }, scores, rank, fitMs: 1, scoreMs: 1 };
}

describe('oneStandardError', () => {
  const choose = oneStandardError<{ size: number }>(({ size }) => size);

  it('chooses the better of equally simple candidates, and none further away', () => {
    // The standard error is 0.02 / sqrt(1), as the sample standard deviation over two folds divided by their root.
    const table = [
      candidate(0, [0.92, 0.88], 1),
      candidate(1, [0.885, 0.885], 3),
      candidate(2, [0.89, 0.89], 2),
      candidate(3, [0.87, 0.87], 4),
    ];
    expect(choose(table, scorers.rocAuc).index).toBe(2);
  });

  it('supports losses, and with one fold chooses the best', () => {
    const losses = [
      candidate(0, [0.28, 0.32], 1),
      candidate(1, [0.31, 0.31], 2),
      candidate(3, [0.4, 0.4], 3),
    ];
    expect(choose(losses, scorers.logLoss).index).toBe(1);
    expect(choose([candidate(0, [0.9], 1), candidate(3, [0.8999], 2)], scorers.rocAuc).index).toBe(0);
  });
});

describe('chooseByLogLoss', () => {
  const of = (index: number, aucs: number[], logLoss: number, rank: number) => {
    const each = candidate(index, aucs, rank);
    return { ...each, scores: { ...each.scores, logLoss: { folds: [logLoss], mean: logLoss, std: 0 } } };
  };

  it('chooses the minimum log loss among candidates within one standard error of the best', () => {
    // The standard error is 0.02, so that the last is just too far off.
    const table = [
      of(0, [0.92, 0.88], 0.3, 1),
      of(1, [0.89, 0.89], 0.2, 2),
      of(2, [0.885, 0.885], 0.2, 3),
      of(3, [0.879, 0.879], 0.1, 4),
    ];
    expect(chooseByLogLoss(table, scorers.rocAuc).index).toBe(1);
    expect(chooseByLogLoss([table[0], table[3]], scorers.rocAuc).index).toBe(0);
    expect(chooseByLogLoss(table, scorers.logLoss).index).toBe(3);
  });

  it('chooses in a search, and reports what is missing', async () => {
    const candidates = [1e-4, 1, 100].map((C) => ({ C }));
    const options = { pipeline, cv, choose: chooseByLogLoss<{ C: number }>, refit: false };
    const { best } = await search(candidates, { ...options, scoring: ['rocAuc', 'logLoss'] }, x, y);
    // One feature: all order rows alike, and the strongly regularised one says little of any row.
    expect(best.params.C).toBeGreaterThanOrEqual(1);
    await expect(search(candidates, options, x, y)).rejects.toThrow(
      `scoring: expected scorers with 'logLoss' among them, got ["rocAuc"]`,
    );
  });
});

it('randomSearch draws ten candidates by default, and the same first ones of more', async () => {
  const draw = (each: Random) => ({ C: each.uniform() + 0.1 });
  const { candidates } = await randomSearch({ draw, pipeline, cv, refit: false }, x, y);
  expect(candidates).toHaveLength(10);
  expect(drawCandidates(draw, 12, 0).slice(0, 10)).toEqual(candidates.map(({ params }) => params));
  expect(drawCandidates(draw, 10, 1)).not.toEqual(drawCandidates(draw, 10, 0));
  expect(() => drawCandidates(draw, 0, 0)).toThrow('nCandidates: expected an integer of at least 1, got 0');
});

it('halvingSearch uses the first of several scorers, also a loss', async () => {
  const candidates = [1e-5, 1e-3, 0.1, 1].map((C) => ({ C }));
  const scoring = [scorers.logLoss, scorers.rocAuc] as const;
  const result = await halvingSearch({ candidates, pipeline, cv, scoring, factor: 2, refit: false }, x, y);
  expect(result.rounds.map((round) => round.candidates.length)).toEqual([4, 2, 1]);
  expect(result.model).toBeUndefined();
  const [first] = result.rounds;
  const losses = first.candidates.map(({ scores }) => scores.logLoss.mean);
  expect(first.candidates[losses.indexOf(Math.min(...losses))].params).toEqual(result.best.params);
  await expect(halvingSearch({ candidates, pipeline, factor: 1 }, x, y)).rejects.toThrow(
    'factor: expected a number above 1, got 1',
  );
});

describe('search', () => {
  it('predicts probability 0 for a class without training rows', async () => {
    const rare = Labels.from(Array.from(a, (_, i) => (i < 20 ? 'rare' : i % 2 ? 'one' : 'two')));
    const options = {
      pipeline: () => new DummyClassifier(),
      cv: new KFold({ nSplits: 4 }),
      scoring: scorers.accuracy,
      keepPredictions: true,
      refit: false,
    };
    const { candidates } = await search([{}], options, x, rare);
    const [, rareColumn] = candidates[0].predictions ?? [];
    expect(rareColumn[0]).toBe(0);
    expect(rareColumn[n - 1]).toBeGreaterThan(0);
  });

  it('caches predictions by data, weights and parameters, except with functions', async () => {
    const kept = new Map<string, CachedPrediction>();
    const cache = {
      get: async (key: string) => kept.get(key),
      set: async (key: string, prediction: CachedPrediction) => {
        kept.set(key, prediction);
      },
    };
    const withKinds = x.with({ kind: Array.from(a, (_, i) => 'pqr'[i % 3]) });
    const dummy = { pipeline: () => new DummyClassifier(), cv, refit: false, cache };
    await search([{}], dummy, withKinds, y);
    expect(kept.size).toBe(3);
    await search([{}], dummy, withKinds, y);
    expect(kept.size).toBe(3);
    await search([{}], dummy, withKinds, y, { sampleWeight: new Float64Array(n).fill(2) });
    expect(kept.size).toBe(6);
    const called = () => Object.assign(new DummyClassifier(), { callback: () => 1 });
    await search([{}], { ...dummy, pipeline: called }, withKinds, y);
    expect(kept.size).toBe(6);
  });

  it('rethrows errors that are not about the data', async () => {
    const broken = () =>
      Object.assign(new DummyClassifier(), {
        fit() {
          throw new RangeError('a fault');
        },
      });
    await expect(search([{}], { pipeline: broken, cv }, x, y)).rejects.toThrow(new RangeError('a fault'));
    const unbuilt = () => {
      throw new RangeError('not built');
    };
    await expect(search([{}], { pipeline: unbuilt, cv }, x, y)).rejects.toThrow(RangeError);
    await expect(search([], { pipeline, cv }, x, y)).rejects.toThrow(
      'expected candidates to search, got none',
    );
  });
});
