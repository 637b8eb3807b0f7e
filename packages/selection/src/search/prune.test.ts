import { Pipeline, Random, Table } from '@churn/core';
import { KNeighborsClassifier } from '@churn/models';
import { DropColumns } from '@churn/transforms';
import { scorers } from '../scorers.js';
import { StratifiedKFold } from '../splitters/stratified-k-fold.js';
import { inlineExecutor } from './executor.js';
import { hopeless, spreadOfDifferences } from './prune.js';
import { search } from './search.js';

const scores = (...rows: number[][]) => new Map(rows.map((row, i) => [i, row]));

describe('spreadOfDifferences', () => {
  it('is that of the residuals of a two-way layout', () => {
    // Levels 1 to 6 of candidates and 0, 10 of folds, with residuals of +e and -e for the first half, -e and +e for the other.
    const e = 0.5;
    const rows = [1, 2, 3, 4, 5, 6].map((level, i) =>
      i < 3 ? [level + e, level + 10 - e] : [level - e, level + 10 + e],
    );
    // Twelve squares of 0.25, over (6 - 1) (2 - 1) degrees of freedom, and twice the variance for a difference.
    expect(spreadOfDifferences(scores(...rows))).toBeCloseTo(Math.sqrt((2 * 12 * 0.25) / 5), 12);
  });

  it('is undefined for too few scores', () => {
    expect(spreadOfDifferences(new Map())).toBeUndefined();
    expect(spreadOfDifferences(scores([1, 2], [2, 3], [3, 4], [4, 5], [5, 6]))).toBeUndefined();
    expect(spreadOfDifferences(scores([1], [2], [3], [4], [5], [6], [7], [8]))).toBeUndefined();
  });
});

describe('hopeless', () => {
  // The spread of a difference is sqrt(2 * 12 * 0.01^2 / 10) = 0.0155 over twelve residuals of 0.01 with (6 - 1) (3 - 1) degrees.
  const complete = new Map(
    [0.9, 0.89, 0.88, 0.87, 0.86, 0.85].map((level, i) => {
      const e = i % 2 === 0 ? 0.01 : -0.01;
      return [i, [level + e, level - e, level]];
    }),
  );
  const limit = 3 * Math.sqrt((2 * 12 * 0.01 ** 2) / 10);

  it('are those more than three standard errors behind the best on the same folds', () => {
    const inQuestion = new Map([
      [10, [0.91 - limit - 1e-6]],
      [11, [0.91 - limit + 1e-6]],
      [12, [0.95]],
    ]);
    expect(hopeless(inQuestion, complete, scorers.rocAuc)).toEqual([10]);
    // Two folds halve the variance; the best has 0.9 on average of them.
    const two = 0.9 - limit / Math.SQRT2;
    const after = new Map([
      [10, [two - 1e-6, two - 1e-6]],
      [11, [two + 1e-6, two + 1e-6]],
    ]);
    expect(hopeless(after, complete, scorers.rocAuc)).toEqual([10]);
  });

  it('of a loss are those above', () => {
    const losses = new Map([...complete].map(([i, folds]) => [i, folds.map((each) => 1 - each)]));
    const inQuestion = new Map([
      [10, [0.09 + limit + 1e-6]],
      [11, [0]],
    ]);
    expect(hopeless(inQuestion, losses, scorers.logLoss)).toEqual([10]);
  });

  it('is empty while the spread is unknown', () => {
    expect(hopeless(scores([0.9, 0.9], [0.1, 0.1]), new Map(), scorers.rocAuc)).toEqual([]);
  });
});

describe('search with prune', () => {
  const random = new Random(5);
  const n = 300;
  const x = Table.fromMatrix(
    Array.from({ length: n }, () => Array.from({ length: 6 }, () => random.normal())),
  );
  const y = Array.from(x.numeric('x0'), (value, row) =>
    value + x.numeric('x1')[row] + 0.5 * random.normal() > 0 ? 1 : 0,
  );
  const cv = new StratifiedKFold({ nSplits: 5, shuffle: true, seed: 3 });
  const params = Array.from({ length: 24 }, (_, i) => ({ nNeighbors: 10 + i, isBlind: i % 3 === 1 }));
  // What is blind does not see what the classes follow from.
  const pipeline = ({ nNeighbors, isBlind }: (typeof params)[number]) =>
    new Pipeline(isBlind ? [new DropColumns(['x0', 'x1'])] : [], new KNeighborsClassifier({ nNeighbors }));

  it('prunes only hopeless candidates, with fewer fits, and finds the same best one', async () => {
    const fits: number[] = [];
    const options = { pipeline, cv, refit: false } as const;
    const pruned = await search(
      params,
      {
        ...options,
        prune: true,
        onProgress({ done, total, fits: n, totalFits }) {
          fits.push(n);
          expect(done).toBeLessThanOrEqual(total);
          expect(n).toBeLessThanOrEqual(totalFits);
        },
      },
      x,
      y,
    );
    const whole = await search(params, options, x, y);
    expect(pruned.best.scores).toEqual(whole.best.scores);
    expect(pruned.best.index).toBe(whole.best.index);
    for (const { index, scores: found } of pruned.candidates)
      expect(found).toEqual(whole.candidates[index].scores);
    expect(pruned.unfinished.length).toBeGreaterThanOrEqual(5);
    for (const { params: given, reason } of pruned.unfinished)
      expect([given.isBlind, reason]).toEqual([true, 'pruned']);
    expect(pruned.candidates.length + pruned.unfinished.length).toBe(24);
    expect(fits.at(-1)).toBeLessThan(24 * 5);
  });

  it('returns the same with any number of workers', async () => {
    const found = (concurrency: number) => {
      const executor = { ...inlineExecutor, concurrency };
      return search(params, { pipeline, cv, refit: false, prune: true, executor }, x, y);
    };
    const alone = await found(1);
    for (const workers of [2, 7]) {
      const { candidates, unfinished } = await found(workers);
      expect(unfinished).toEqual(alone.unfinished);
      expect(candidates.map(({ scores: each }) => each)).toEqual(
        alone.candidates.map(({ scores: each }) => each),
      );
    }
  });

  it.each([1, 2, 3, 9])('ended by until after %i pieces still finishes a candidate', async (pieces) => {
    const controller = new AbortController();
    const { candidates, unfinished } = await search(
      params,
      {
        pipeline,
        cv,
        refit: false,
        prune: true,
        until: controller.signal,
        onProgress: ({ done }) => done === pieces && controller.abort(),
      },
      x,
      y,
    );
    expect(candidates.map(({ index }) => index)).toEqual([0]);
    expect(unfinished.every(({ reason }) => reason === 'ended')).toBe(true);
  });
});
