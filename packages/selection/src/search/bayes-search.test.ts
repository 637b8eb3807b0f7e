import { Random, Table } from '@churn/core';
import { DecisionTreeClassifier, KNeighborsClassifier, LogisticRegression } from '@churn/models';
import { bayesSearch } from './bayes-search.js';
import { inlineExecutor } from './executor.js';
import type { CachedPrediction } from './search-cache.js';
import { integer, logUniform, oneOf } from './search-space.js';

const random = new Random(4);
const n = 150;
const x = Table.fromMatrix(
  Array.from({ length: n }, () => [random.normal(), random.normal(), random.normal()]),
);
const y = Array.from(x.numeric('x0'), (value, row) =>
  value * x.numeric('x1')[row] + 0.3 * random.normal() > 0 ? 1 : 0,
);

const space = [
  { model: 'neighbors', nNeighbors: integer(1, 60), weights: oneOf(['uniform', 'distance']) },
  { model: 'logistic', C: logUniform(1e-3, 1e3) },
] as const;
const options = {
  space,
  pipeline: (
    params:
      | { model: 'neighbors'; nNeighbors: number; weights: 'uniform' | 'distance' }
      | { model: 'logistic'; C: number },
  ) =>
    params.model === 'neighbors'
      ? new KNeighborsClassifier({ nNeighbors: params.nNeighbors, weights: params.weights })
      : new LogisticRegression({ C: params.C }),
  cv: 3,
  refit: false,
  nCandidates: 30,
} as const;

const found = async (more: object = {}) => {
  const { candidates, unfinished, best } = await bayesSearch({ ...options, ...more }, x, y);
  return {
    best: best.index,
    unfinished,
    candidates: candidates.map(({ index, params, scores }) => ({ index, params, scores })),
  };
};
const alone = found();

it('finds good candidates, if half of the draws are bad', async () => {
  const { candidates, unfinished } = await alone;
  expect(candidates).toHaveLength(30);
  expect(unfinished).toEqual([]);
  // The classes follow from a product, of which a linear model sees nothing.
  const later = candidates.slice(10).filter(({ params }) => params.model === 'neighbors');
  expect(later.length).toBeGreaterThanOrEqual(15);
});

it('is the same with any number of workers, by its seed', async () => {
  for (const concurrency of [2, 5]) {
    expect(await found({ executor: { ...inlineExecutor, concurrency } })).toEqual(await alone);
  }
  expect(await found({ seed: 1 })).not.toEqual(await alone);
});

it('evaluates given candidates first, and ignores those outside the space', async () => {
  const first = [
    { model: 'neighbors', nNeighbors: 30, weights: 'uniform' },
    { model: 'neighbors', nNeighbors: 61, weights: 'uniform' },
  ] as const;
  const { candidates } = await found({ first, nCandidates: 12 });
  expect(candidates.slice(0, 2).map(({ params }) => params)).toEqual(first);
  expect(candidates).toHaveLength(12);
  await expect(found({ first, nCandidates: 1 })).rejects.toThrow(
    'first: expected at most nCandidates = 1 candidates, got 2',
  );
});

it('opens its executor once', async () => {
  let opened = 0;
  const executor = {
    concurrency: 2,
    open(...given: Parameters<typeof inlineExecutor.open>) {
      opened++;
      return inlineExecutor.open(...given);
    },
  };
  expect(await found({ executor })).toEqual(await alone);
  expect(opened).toBe(1);
});

it('ends on request, with complete candidates, and reports progress', async () => {
  const controller = new AbortController();
  const seen: number[] = [];
  const totals = new Set<number>();
  const ended = await found({
    until: controller.signal,
    onCandidate: ({ index }: { index: number }) => seen.push(index) === 15 && controller.abort(),
    onProgress: ({ totalFits }: { totalFits: number }) => totals.add(totalFits),
  });
  expect(ended.candidates).toHaveLength(15);
  expect(ended.candidates).toEqual((await alone).candidates.filter(({ index }) => seen.includes(index)));
  expect(totals).toEqual(new Set([90]));
});

it('does not wait if there is a complete candidate', async () => {
  const controller = new AbortController();
  const { candidates } = await found({
    until: controller.signal,
    // After the first piece of the second batch: the first one has ten candidates on three folds.
    onProgress: ({ fits }: { fits: number }) => fits > 30 && controller.abort(),
  });
  expect(candidates).toHaveLength(10);
});

it('prunes hopeless candidates, the same with any number of workers', async () => {
  const pruned = await found({ prune: true });
  expect(pruned.unfinished.map(({ reason }) => reason)).toContain('pruned');
  expect(pruned.candidates.length + pruned.unfinished.length).toBe(30);
  expect(await found({ prune: true, executor: { ...inlineExecutor, concurrency: 3 } })).toEqual(pruned);
});

it('uses cached results, and continues from there', async () => {
  const kept = new Map<string, CachedPrediction>();
  const cache = {
    get: async (key: string) => kept.get(key),
    set: async (key: string, prediction: CachedPrediction) => void kept.set(key, prediction),
  };
  await found({ cache, nCandidates: 14 });
  const before = kept.size;
  expect(await found({ cache })).toEqual(await alone);
  expect(kept.size).toBeGreaterThan(before);
  const after = kept.size;
  expect(await found({ cache })).toEqual(await alone);
  expect(kept.size).toBe(after);
});

it('has candidates typed by the space, keeps their predictions, and refits the best', async () => {
  const result = await bayesSearch(
    {
      space: { maxDepth: integer(1, 12), criterion: oneOf(['gini', 'entropy']), seed: 3 },
      pipeline: (params) => new DecisionTreeClassifier(params),
      nCandidates: 12,
      keepPredictions: true,
      cv: 3,
    },
    x,
    y,
  );
  const { maxDepth, criterion }: { maxDepth: number; criterion: 'gini' | 'entropy' } = result.best.params;
  const alike = new DecisionTreeClassifier({ maxDepth, criterion, seed: 3 }).fit(x, y);
  expect(result.model.predictProba(x)).toEqual(alike.predictProba(x));
  // Of a small space nothing is tried twice.
  expect(new Set(result.candidates.map(({ params }) => JSON.stringify(params))).size).toBe(12);
  expect(result.candidates.every(({ predictions }) => predictions?.[1].length === n)).toBe(true);
});
