import type { Candidates, Executor, ExecutorSession } from './executor.js';
import type { Piece, Prediction, SearchData } from './pieces.js';
import type { SearchPlan } from './plan.js';
import { Estimate, type SearchProgress } from './progress.js';
import { type CacheKeys, cacheKeys, type SearchCache } from './search-cache.js';

export interface EvaluateOptions {
  readonly executor: Executor;
  readonly cache?: SearchCache;
  readonly signal?: AbortSignal;
  readonly onProgress?: (progress: SearchProgress) => void;
  /** Gets each prediction as it comes, in no particular order. */
  readonly onPrediction: (fold: number, prediction: Prediction) => void;
}

interface PlannedPiece extends Piece {
  readonly group: number;
}

/**
 * Runs all pieces of a plan, those first that are known to take long.
 * @throws the reason of the signal where it is aborted; what fitting throws. No work goes on after that.
 */
export async function evaluate(
  data: SearchData,
  candidates: Candidates,
  plan: SearchPlan,
  { executor, cache, signal, onProgress, onPrediction }: EvaluateOptions,
): Promise<void> {
  signal?.throwIfAborted();
  const keys = cache && (await cacheKeys(data));
  const waiting = data.splits.flatMap((_, fold) =>
    plan.groups.map((group, index): PlannedPiece => ({ fold, ...group, group: index })),
  );
  const total = waiting.length;
  const open: PlannedPiece[] = [...waiting];
  const estimate = new Estimate(plan.groups.length, executor.concurrency);
  const started = performance.now();
  const duplicates = countDuplicates(plan.sameAs);
  let fits = 0;

  const session = await executor.open(data, candidates);
  const worker = async () => {
    while (waiting.length > 0) {
      signal?.throwIfAborted();
      const [piece] = waiting.splice(longest(waiting, estimate), 1);
      const { predictions, fresh } = await runPiece(piece, session, candidates, cache, keys);
      signal?.throwIfAborted();
      for (const prediction of predictions) {
        onPrediction(piece.fold, prediction);
        fits += duplicates[prediction.candidate];
      }
      if (fresh > 0) estimate.finish(piece.group, fresh);
      open.splice(open.indexOf(piece), 1);
      onProgress?.({
        done: total - open.length,
        total,
        fits,
        totalFits: plan.sameAs.length * data.splits.length,
        elapsedMs: performance.now() - started,
        remainingMs: estimate.remainingMs(open.map(({ group }) => group)),
      });
    }
  };
  const aborted = whenAborted(signal);
  try {
    const workers = Promise.all(Array.from({ length: executor.concurrency }, worker));
    await Promise.race([workers, aborted.promise]);
  } finally {
    waiting.length = 0;
    aborted.release();
    await session.close();
  }
}

/** Runs of a piece what is not in the cache; `fresh` is how long that took. */
async function runPiece(
  piece: Piece,
  session: ExecutorSession,
  { build }: Candidates,
  cache: SearchCache | undefined,
  keys: CacheKeys | undefined,
): Promise<{ predictions: Prediction[]; fresh: number }> {
  const { fold, prefix } = piece;
  const found: Prediction[] = [];
  const keyOf = new Map<number, string>();
  const missing: number[] = [];
  for (const candidate of piece.candidates) {
    const key = await keys?.of(build(candidate), fold);
    const kept = key === undefined ? undefined : await cache?.get(key);
    if (key) keyOf.set(candidate, key);
    if (kept) found.push({ candidate, ...kept });
    else missing.push(candidate);
  }
  if (missing.length === 0) return { predictions: found, fresh: 0 };
  const started = performance.now();
  const predictions = await session.run({ fold, prefix, candidates: missing });
  const fresh = performance.now() - started;
  for (const { candidate, ...prediction } of predictions) {
    const key = keyOf.get(candidate);
    if (key) await cache?.set(key, prediction);
  }
  return { predictions: [...found, ...predictions], fresh };
}

/** A group that was never measured goes first, and then what takes longest, so that no long piece is left for the end. */
function longest(waiting: readonly PlannedPiece[], estimate: Estimate): number {
  const isMeasured = new Set(waiting.filter(({ fold }) => fold > 0).map(({ group }) => group));
  let best = 0;
  let most = -1;
  waiting.forEach(({ group, fold }, i) => {
    const ms = fold === 0 && isMeasured.has(group) ? Infinity : (estimate.of(group) ?? 0);
    if (ms > most) [best, most] = [i, ms];
  });
  return best;
}

function countDuplicates(sameAs: readonly number[]): number[] {
  const counts = new Array<number>(sameAs.length).fill(0);
  for (const candidate of sameAs) counts[candidate]++;
  return counts;
}

function whenAborted(signal: AbortSignal | undefined): { promise: Promise<never>; release(): void } {
  let release = () => {};
  const promise = new Promise<never>((_, reject) => {
    const abort = () => reject(signal?.reason);
    signal?.addEventListener('abort', abort, { once: true });
    release = () => signal?.removeEventListener('abort', abort);
  });
  return { promise, release };
}
