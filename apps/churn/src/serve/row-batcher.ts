/**
 * Takes rows one by one and gives them on together: those that have come when the event loop is through with what the network
 * brought are one batch. Eight rows go through a forest in little more than twice the time of one.
 */
export class RowBatcher<Row, Result> {
  readonly #work: (rows: readonly Row[]) => readonly Result[];
  #waiting: { row: Row; resolve: (result: Result) => void; reject: (error: unknown) => void }[] = [];

  /** @param work gives a result a row. */
  constructor(work: (rows: readonly Row[]) => readonly Result[]) {
    this.#work = work;
  }

  /** The result of one row. Rejects with what the work on its batch throws. */
  add(row: Row): Promise<Result> {
    return new Promise((resolve, reject) => {
      if (this.#waiting.length === 0) setImmediate(() => this.#flush());
      this.#waiting.push({ row, resolve, reject });
    });
  }

  #flush(): void {
    const batch = this.#waiting;
    this.#waiting = [];
    try {
      const results = this.#work(batch.map(({ row }) => row));
      for (const [i, { resolve }] of batch.entries()) resolve(results[i]);
    } catch (error) {
      for (const { reject } of batch) reject(error);
    }
  }
}
