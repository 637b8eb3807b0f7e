import type { Candidates, Executor, ExecutorSession } from './executor.js';
import type { Piece, Prediction, SearchData } from './pieces.js';
import type { SearchPlan } from './plan.js';
import { Estimate, type WorkProgress } from './progress.js';
import { type CacheKeys, cacheKeys, type SearchCache } from './search-cache.js';
import { stopOn } from './stop.js';

export interface EvaluateOptions {
  readonly executor: Executor;
  readonly cache?: SearchCache;
  readonly signal?: AbortSignal;
  /** Ends the work, without an error, as soon as a group is done on all folds. */
  readonly until?: AbortSignal;
  readonly onProgress?: (progress: WorkProgress) => void;
  /** Gets each prediction as it comes, in no particular order. */
  readonly onPrediction: (fold: number, prediction: Prediction) => void;
}

interface PlannedPiece extends Piece {
  readonly group: number;
}

/**
 * Runs the pieces of a plan: those first that are known to take long, or, where the work may be ended, group after group.
 * @throws the reason of the signal where it is aborted; what fitting throws. No work goes on after that.
 */
export async function evaluate(
  data: SearchData,
  candidates: Candidates,
  plan: SearchPlan,
  { executor, cache, signal, until, onProgress, onPrediction }: EvaluateOptions,
): Promise<void> {
  const keys = cache && (await cacheKeys(data));
  const waiting = plan.groups.flatMap((group, index) =>
    data.splits.map((_, fold): PlannedPiece => ({ fold, ...group, group: index })),
  );
  const total = waiting.length;
  const open: PlannedPiece[] = [...waiting];
  const estimate = new Estimate(plan.groups.length, executor.concurrency);
  const started = performance.now();
  const duplicates = countDuplicates(plan.sameAs);
  let fits = 0;
  const isGroupDone = () => plan.groups.some((_, i) => open.every(({ group }) => group !== i));
  const stop = stopOn({ signal, until, isEnough: isGroupDone });

  const session = await executor.open(data, candidates);
  let isOver = false;
  const next = (): PlannedPiece | undefined => {
    if (isOver || waiting.length === 0) return undefined;
    // The end waits for one group, and nothing else is begun.
    if (until?.aborted && waiting[0].group !== open[0].group) return undefined;
    return waiting.splice(until ? 0 : longest(waiting, estimate), 1)[0];
  };
  const worker = async () => {
    for (let piece = next(); piece; piece = next()) {
      const { predictions, fresh } = await runPiece(piece, session, candidates, cache, keys);
      if (isOver) return;
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
      stop.check();
    }
  };
  try {
    await Promise.race([Promise.all(Array.from({ length: executor.concurrency }, worker)), stop.promise]);
  } finally {
    isOver = true;
    stop.release();
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
