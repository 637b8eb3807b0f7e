import { asMany } from './as-many.js';
import type { Candidates, Executor, ExecutorSession } from './executor.js';
import type { Piece, Prediction, SearchData } from './pieces.js';
import { Estimate } from './progress.js';
import { type CacheKeys, cacheKeys, type SearchCache } from './search-cache.js';
import { stopOn } from './stop.js';

export interface EvaluationOptions {
  readonly executor: Executor;
  readonly cache?: SearchCache | undefined;
  /** Stops the work with its reason as an error. */
  readonly signal?: AbortSignal | undefined;
  /** Ends the work on a list, without an error, as soon as there is enough. */
  readonly until?: AbortSignal | undefined;
  /** Whether what is done is enough to end with. By default, and else, the work on a list goes on until a group of it is done. */
  readonly isEnough?: () => boolean;
  /** Gets the outcome of each piece, in no particular order. */
  readonly onDone: (piece: PlannedPiece, predictions: readonly Prediction[]) => void;
}

/** A piece with the number of its group. */
export interface PlannedPiece extends Piece {
  readonly group: number;
}

/** Runs lists of pieces, one list after another, on one session of an executor as far as that is possible. */
export class Evaluation {
  readonly estimate: Estimate;
  #session: Promise<ExecutorSession> | undefined;
  #keys: Promise<CacheKeys> | undefined;

  /** @param candidates those of the pieces; their `params` may grow between two lists. */
  constructor(
    readonly data: SearchData,
    readonly candidates: Candidates,
    readonly options: EvaluationOptions,
  ) {
    this.estimate = new Estimate(options.executor);
  }

  /**
   * Runs the pieces, those first that are known to take long; or, where the work may be ended, in their order.
   * @throws the reason of the signal if it is aborted; what fitting throws. No work goes on after that.
   */
  async run(pieces: readonly PlannedPiece[]): Promise<void> {
    if (pieces.length === 0) return;
    const { executor, cache, signal, until, isEnough, onDone } = this.options;
    const waiting = [...pieces];
    const open = [...pieces];
    const groups = new Set(pieces.map(({ group }) => group));
    const isGroupDone = () => new Set(open.map(({ group }) => group)).size < groups.size;
    const stop = stopOn({ signal, until, isEnough: () => isEnough?.() === true || isGroupDone() });
    let isOver = false;
    try {
      this.#keys ??= cache && cacheKeys(this.data);
      const keys = await this.#keys;
      this.#session ??= executor.open(this.data, this.candidates);
      const session = await this.#session;
      const next = (): PlannedPiece | undefined => {
        if (isOver || waiting.length === 0) return undefined;
        // The end waits for one group, and nothing else is begun.
        if (until?.aborted && waiting[0].group !== open[0].group) return undefined;
        return waiting.splice(until ? 0 : longest(waiting, this.estimate), 1)[0];
      };
      const runNext = async (piece: PlannedPiece) => {
        const { predictions, fresh } = await runPiece(piece, session, this.candidates, cache, keys);
        if (isOver) return;
        open.splice(open.indexOf(piece), 1);
        if (fresh > 0) this.estimate.finish(piece.group, fresh);
        onDone(piece, predictions);
        stop.check();
      };
      const done = asMany(() => executor.concurrency, next, runNext);
      session.onGrowth?.(done.more);
      await Promise.race([done.promise, stop.promise]);
    } finally {
      isOver = true;
      stop.release();
      // What is under way is dropped.
      if (open.length > 0) await this.close();
    }
  }

  /** Gives back what the executor holds; a further list opens it again. */
  async close(): Promise<void> {
    const session = this.#session;
    this.#session = undefined;
    await (await session)?.close();
  }
}

/** Runs of a piece what is not in the cache; `fresh` is how long that took, wherever it ran and however long it waited. */
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
  const predictions = await session.run({ fold, prefix, candidates: missing });
  const fresh = predictions.reduce((sum, { fitMs, scoreMs }) => sum + fitMs + scoreMs, 0);
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
