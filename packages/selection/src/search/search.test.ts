import { type FittedClassifier, Pipeline, Random, Table } from '@churn/core';
import { GradientBoostingClassifier, LogisticRegression, RandomForestClassifier, SVC } from '@churn/models';
import { MeanImputer, PolynomialFeatures, StandardScaler } from '@churn/transforms';
import { crossValPredict } from '../cross-val-predict.js';
import { crossValScore } from '../cross-val-score.js';
import { scorers } from '../scorers.js';
import { StratifiedKFold } from '../splitters/stratified-k-fold.js';
import { oneStandardError } from './choose.js';
import { geomspace } from './geomspace.js';
import { gridSearch } from './grid-search.js';
import { halvingSearch } from './halving-search.js';
import { paramGrid } from './param-grid.js';
import { planSearch } from './plan.js';
import { randomSearch } from './random-search.js';
import { search } from './search.js';
import type { CachedPrediction } from './search-cache.js';

const random = new Random(1);
const n = 120;
const x = Table.fromColumns({
  a: Float64Array.from({ length: n }, () => random.normal()),
  b: Float64Array.from({ length: n }, (_, row) => (row % 17 === 0 ? NaN : random.normal())),
  c: Float64Array.from({ length: n }, () => random.normal()),
});
const y = Array.from({ length: n }, (_, row) => (x.numeric('a')[row] + random.normal() > 0.5 ? 'yes' : 'no'));
const cv = new StratifiedKFold({ nSplits: 3, shuffle: true, seed: 4 });

type Params =
  | { readonly model: 'logistic'; readonly degree: number; readonly C: number }
  | { readonly model: 'forest'; readonly nEstimators: number; readonly maxDepth: number }
  | { readonly model: 'svc'; readonly C: number };

function build(params: Params): Pipeline<FittedClassifier> {
  const powers =
    params.model === 'logistic' && params.degree > 1
      ? [new PolynomialFeatures({ degree: params.degree })]
      : [];
  const steps = [new MeanImputer(), ...powers, new StandardScaler()];
  if (params.model === 'logistic') return new Pipeline(steps, new LogisticRegression({ C: params.C }));
  if (params.model === 'svc') return new Pipeline(steps, new SVC({ C: params.C, probability: false }));
  const { nEstimators, maxDepth } = params;
  return new Pipeline(steps, new RandomForestClassifier({ nEstimators, maxDepth, seed: 1 }));
}

const grid = [
  { model: ['logistic'], degree: [1, 2], C: [0.1, 10, 10] },
  { model: ['forest'], nEstimators: [5, 12], maxDepth: [2, 6] },
  { model: ['svc'], C: [0.5, 5] },
] as const;
const candidates = paramGrid(grid) as Params[];

describe('search', () => {
  it.each([
    ['overflows', 1e200],
    ['is infinite', -Infinity],
  ])('reports the row and the raw column of a value that %s', async (_, value) => {
    const a = x.numeric('a').map((each, row) => (row === 77 ? value : each));
    const run = search(
      [{ model: 'logistic', degree: 2, C: 1 } as Params],
      { pipeline: build, cv },
      x.with({ a }),
      y,
    );
    await expect(run).rejects.toMatchObject({
      code: 'invalid-data',
      message: expect.stringMatching(/^candidate 0, fold \d: column "a", row 77: /),
      faults: [{ row: 77, column: 'a' }],
    });
  });

  it('reports for each candidate the result of a separate fit on each fold', async () => {
    const result = await search(candidates, { pipeline: build, cv, keepPredictions: true }, x, y);
    for (const { params, scores, predictions: probabilities = [] } of result.candidates) {
      const separate = crossValPredict(build(params), x, y, { cv });
      if (params.model === 'forest') {
        expect(probabilities).toEqual(separate);
        expect(scores.rocAuc.folds).toEqual(crossValScore(build(params), x, y, { cv }));
      }
      // The others start where the one before them ended, and stop within the tolerance of their solvers.
      const apart = Array.from(separate[1], (p, row) => Math.abs(p - probabilities[1][row]));
      expect(Math.max(...apart)).toBeLessThan(1e-6);
    }
    const best = Math.max(...result.candidates.map(({ scores }) => scores.rocAuc.mean));
    expect(result.best.scores.rocAuc.mean).toBe(best);
    expect(result.best.rank).toBe(1);
    expect(result.model?.predictProba(x)).toEqual(build(result.best.params).fit(x, y).predictProba(x));
  });

  it('fits duplicates once, and shared transforms once per fold', async () => {
    const { plan, candidates: all } = await search(candidates, { pipeline: build, cv, refit: false }, x, y);
    expect(plan.fits.models).toEqual({ separate: 36, planned: 12 });
    expect(plan.fits.transforms.planned).toBe(12);
    expect(all[2].scores).toEqual(all[1].scores);
    expect(plan.explain()).toContain('12 candidates x 3 folds = 36 fits, done in 12 pieces');
  });

  it('supports several scorers and weights, and keeps predictions on request', async () => {
    const sampleWeight = Float64Array.from({ length: n }, (_, row) => 1 + (row % 3));
    const { candidates: all } = await gridSearch(
      {
        grid: { C: [1] },
        pipeline: ({ C }) => build({ model: 'logistic', degree: 1, C }),
        scoring: [scorers.logLoss, scorers.accuracy],
        keepPredictions: true,
        cv,
      },
      x,
      y,
      { sampleWeight },
    );
    const [{ scores, predictions: probabilities }] = all;
    const pipeline = build({ model: 'logistic', degree: 1, C: 1 });
    expect(scores.logLoss.folds).toEqual(
      crossValScore(pipeline, x, y, { cv, sampleWeight, scoring: scorers.logLoss }),
    );
    expect(probabilities?.[1].every((p) => p > 0 && p < 1)).toBe(true);
  });

  it('reports progress, and stops when aborted', async () => {
    const controller = new AbortController();
    const seen: number[] = [];
    const stopped = search(
      candidates,
      {
        pipeline: build,
        cv,
        signal: controller.signal,
        onProgress({ done, total, fits, totalFits }) {
          seen.push(done);
          expect([total, totalFits]).toEqual([12, 36]);
          expect(fits).toBeGreaterThan(0);
          if (done === 3) controller.abort(new Error('enough'));
        },
      },
      x,
      y,
    );
    await expect(stopped).rejects.toThrow('enough');
    expect(seen).toEqual([1, 2, 3]);
  });

  describe('until', () => {
    const run = (after: number) => {
      const controller = new AbortController();
      const seen: number[] = [];
      const options = {
        pipeline: build,
        cv,
        refit: false,
        until: controller.signal,
        onCandidate({ index }: { readonly index: number }) {
          seen.push(index);
          if (seen.length === after) controller.abort();
        },
      };
      if (after === 0) controller.abort();
      return search(candidates, options, x, y).then((result) => ({ ...result, seen }));
    };
    const whole = search(candidates, { pipeline: build, cv, refit: false }, x, y);

    it('ends with the complete candidates, at their positions in the list', async () => {
      const found = await run(6);
      // Those of a model behind the same transforms are fitted together: degree 1, then 2, then forests.
      expect(found.candidates.map(({ index }) => index)).toEqual([0, 1, 2, 3, 4, 5]);
      expect(found.unfinished.map(({ index, reason }) => [index, reason])).toEqual(
        [6, 7, 8, 9, 10, 11].map((index) => [index, 'ended']),
      );
      expect(found.unfinished[0].params).toBe(candidates[6]);
      const { candidates: all } = await whole;
      for (const { index, scores } of found.candidates) expect(scores).toEqual(all[index].scores);
      expect(found.best.rank).toBe(1);
    });

    it('finishes at least the first candidate, with those fitted together with it', async () => {
      const found = await run(0);
      expect(found.candidates.map(({ index }) => index)).toEqual([0, 1, 2]);
      expect(found.seen).toEqual([0, 1, 2]);
    });

    it('leaves out nothing if it does not fire', async () => {
      const found = await run(99);
      expect(found.candidates.map(({ scores }) => scores)).toEqual(
        (await whole).candidates.map(({ scores }) => scores),
      );
      expect(found.unfinished).toEqual([]);
      expect([...found.seen].sort((a, b) => a - b)).toEqual(candidates.map((_, i) => i));
    });
  });

  it('reports the best so far', async () => {
    const best: (number | undefined)[] = [];
    const found = await search(
      candidates,
      { pipeline: build, cv, refit: false, onProgress: (progress) => best.push(progress.best?.score) },
      x,
      y,
    );
    expect(best[0]).toBeUndefined();
    expect(best.at(-1)).toBe(found.best.scores.rocAuc.mean);
    const told = best.filter((each) => each !== undefined);
    expect(told).toEqual([...told].sort((a, b) => a - b));
  });

  it('uses cached results, and fits the rest', async () => {
    const kept = new Map<string, CachedPrediction>();
    const cache = {
      get: async (key: string) => kept.get(key),
      set: async (key: string, prediction: CachedPrediction) => void kept.set(key, prediction),
    };
    const options = { pipeline: build, cv, cache, refit: false };
    const first = await search(candidates.slice(0, 5), options, x, y);
    expect(kept.size).toBe(12);
    const all = await search(candidates, options, x, y);
    const plain = await search(candidates, { ...options, cache: undefined }, x, y);
    expect(kept.size).toBe(30);
    expect(all.candidates.slice(0, 5).map(({ scores }) => scores)).toEqual(
      first.candidates.map(({ scores }) => scores),
    );
    expect(all.candidates.map(({ rank }) => rank)).toEqual(plain.candidates.map(({ rank }) => rank));
    await search(candidates, options, x.take([...Array(n).keys()].reverse()), [...y].reverse());
    expect(kept.size).toBe(60);
  });

  it('names a candidate that cannot be built, and a fold that cannot be fitted', async () => {
    const pipeline = ({ C }: { C: number }) => build({ model: 'logistic', degree: 1, C });
    await expect(search([{ C: 1 }, { C: -1 }], { pipeline }, x, y)).rejects.toThrow(
      /candidate 1 .*C: expected/,
    );
    const categories = x.with({ a: Array.from({ length: n }, () => 'text') });
    await expect(search([{ C: 1 }], { pipeline }, categories, y)).rejects.toThrow(/candidate 0, fold 0: /);
    await expect(search([], { pipeline }, x, y)).rejects.toThrow('expected candidates to search, got none');
    expect(() => paramGrid({ C: [] })).toThrow('grid.C: expected a list of values');
  });
});

it('oneStandardError chooses the simplest of the candidates about as good as the best', async () => {
  const options = { pipeline: (C: number) => build({ model: 'logistic', degree: 1, C }), cv, refit: false };
  const Cs = geomspace(1e-4, 100, 7);
  const plain = await search(Cs, options, x, y);
  const { best } = await search(Cs, { ...options, choose: oneStandardError((C) => C) }, x, y);
  const { mean, std } = plain.best.scores.rocAuc;
  const close = plain.candidates.filter(({ scores }) => mean - scores.rocAuc.mean <= std / Math.SQRT2);
  expect(best.params).toBe(Math.min(...close.map(({ params }) => params)));
});

it('randomSearch draws the same candidates for the same seed', async () => {
  const draw = (stream: Random) => ({ C: 10 ** (4 * stream.uniform() - 2) });
  const pipeline = ({ C }: { C: number }) => build({ model: 'logistic', degree: 1, C });
  const run = (seed: number, nCandidates: number) =>
    randomSearch({ draw, pipeline, cv, seed, nCandidates, refit: false }, x, y);
  const few = (await run(3, 2)).candidates.map(({ params }) => params);
  const more = (await run(3, 4)).candidates.map(({ params }) => params);
  expect(more.slice(0, 2)).toEqual(few);
  expect((await run(4, 2)).candidates.map(({ params }) => params)).not.toEqual(few);
});

it('halvingSearch keeps the better third of each round, and uses all rows in the last', async () => {
  const pipeline = (C: number) => build({ model: 'logistic', degree: 1, C });
  const { rounds, best } = await halvingSearch({ candidates: geomspace(1e-3, 10, 9), pipeline, cv }, x, y);
  expect(rounds.map((round) => round.candidates.length)).toEqual([9, 3, 1]);
  expect(rounds.map(({ rows }) => rows)).toEqual([9, 27, 80]);
  const kept = rounds[0].candidates.filter(({ rank }) => rank <= 3).map(({ params }) => params);
  for (const { params } of rounds[1].candidates) expect(kept).toContain(params);
  expect(best.params).toBe(rounds[2].candidates[0].params);
});

it('halvingSearch ended in a round evaluates its best in the last one', async () => {
  const pipeline = (C: number) => build({ model: 'logistic', degree: 1, C });
  const controller = new AbortController();
  const { rounds, best, model } = await halvingSearch(
    {
      candidates: geomspace(1e-3, 10, 9),
      pipeline,
      cv,
      until: controller.signal,
      onCandidate: () => controller.abort(),
    },
    x,
    y,
  );
  expect(rounds.map(({ rows }) => rows)).toEqual([9, 80]);
  expect(rounds[1].candidates).toHaveLength(1);
  expect(rounds[0].candidates.find(({ rank }) => rank === 1)?.params).toBe(best.params);
  expect(model.predictProba(x)).toEqual(pipeline(best.params).fit(x, y).predictProba(x));
});

it('plans models together only if they share the fixed parameters of fitMany', () => {
  const boosting = (options: object) => new GradientBoostingClassifier(options);
  const { groups } = planSearch(
    [
      boosting({ nEstimators: 20 }),
      boosting({ nEstimators: 10 }),
      boosting({ nEstimators: 10, maxLeafNodes: 4 }),
      boosting({}),
      boosting({ growth: 'leaf' }),
      boosting({ growth: 'leaf', earlyStopping: true, nEstimators: 10 }),
    ],
    2,
  );
  expect(groups.map(({ candidates }) => candidates)).toEqual([[0, 1], [2], [3], [4], [5]]);
});
