/** How far work is. */
export interface WorkProgress {
  /** Pieces of work that are done, of all. */
  readonly done: number;
  readonly total: number;
  /** Fits that these stand for: candidates times folds. */
  readonly fits: number;
  readonly totalFits: number;
  readonly elapsedMs: number;
  /** An estimate by the pieces of the same group that are done; `null` before there is one. */
  readonly remainingMs: number | null;
}

/** How far a search is. */
export interface SearchProgress extends WorkProgress {
  /** The best candidate so far, and its mean by the first scorer; `null` as long as none is complete. */
  readonly best: { readonly index: number; readonly score: number } | null;
}

/** Estimates what is left of a search: a piece takes as long as those of its group did, or else an average one. */
export class Estimate {
  readonly #spent: number[];
  readonly #finished: number[];

  constructor(
    nGroups: number,
    readonly concurrency: number,
  ) {
    this.#spent = new Array(nGroups).fill(0);
    this.#finished = new Array(nGroups).fill(0);
  }

  finish(group: number, ms: number): void {
    this.#spent[group] += ms;
    this.#finished[group]++;
  }

  /** How long a piece of the group takes, as far as is known. */
  of(group: number): number | undefined {
    return this.#finished[group] > 0 ? this.#spent[group] / this.#finished[group] : undefined;
  }

  /** @param left the groups of the pieces that are not done. */
  remainingMs(left: readonly number[]): number | null {
    const finished = this.#finished.reduce((sum, each) => sum + each, 0);
    if (finished === 0) return null;
    const average = this.#spent.reduce((sum, each) => sum + each, 0) / finished;
    const work = left.reduce((sum, group) => sum + (this.of(group) ?? average), 0);
    return work / Math.max(1, Math.min(this.concurrency, left.length));
  }
}
