/** The progress of a search. */
export interface SearchProgress {
  /** The number of finished pieces of work. */
  readonly done: number;
  readonly total: number;
  /** Fits that these stand for: candidates times folds. */
  readonly fits: number;
  readonly totalFits: number;
  readonly elapsedMs: number;
  /** The estimated remaining time, from finished pieces of the same group; `null` before there is one. */
  readonly remainingMs: number | null;
  /** The best candidate so far, with its mean by the first scorer; `null` until one is complete. */
  readonly best: { readonly index: number; readonly score: number } | null;
}

/** Estimates what is left of a search: a piece takes as long as those of its group did, or else an average one. */
export class Estimate {
  readonly #spent = new Map<number, number>();
  readonly #finished = new Map<number, number>();
  #allSpent = 0;
  #allFinished = 0;

  /** @param executor what runs the pieces. */
  constructor(readonly executor: { readonly concurrency: number }) {}

  finish(group: number, ms: number): void {
    this.#spent.set(group, (this.#spent.get(group) ?? 0) + ms);
    this.#finished.set(group, (this.#finished.get(group) ?? 0) + 1);
    this.#allSpent += ms;
    this.#allFinished++;
  }

  /** How long a piece of the group takes, as far as is known. */
  of(group: number): number | undefined {
    const finished = this.#finished.get(group);
    return finished && (this.#spent.get(group) ?? 0) / finished;
  }

  /**
   * @param left the groups of the pieces that are not done.
   * @param nOthers how many pieces there will be besides, of groups that are not known yet.
   */
  remainingMs(left: readonly number[], nOthers: number): number | null {
    if (this.#allFinished === 0) return null;
    const average = this.#allSpent / this.#allFinished;
    const work = left.reduce((sum, group) => sum + (this.of(group) ?? average), nOthers * average);
    return work / Math.max(1, Math.min(this.executor.concurrency, left.length + nOthers));
  }
}
