import { availableParallelism } from 'node:os';
import { setThreads } from '@churn/models';
import type { Piscina } from 'piscina';
import { orThrow, type ScoreFailure, scorePool } from './score-pool.js';

/** How many tasks a thread has at most, one of them to begin with at once. */
const MOST_TASKS = 2;

/** Threads on the other cores, each with its core to itself; this one is to work, too, whenever they have enough to do. */
export class OtherThreads<Task extends object, Result extends object> {
  readonly #pool: Piscina;
  /** How many have loaded the model: before, there is nothing to wait for. */
  #ready = 0;
  readonly #tasks = new Set<Promise<unknown>>();

  constructor(worker: Parameters<typeof scorePool>[0], modelFile: string) {
    const nThreads = availableParallelism() - 1;
    this.#pool = scorePool(worker, modelFile, nThreads);
    for (let i = 0; i < nThreads; i++) {
      this.#pool.run(null).then(
        () => this.#ready++,
        () => undefined,
      );
    }
    setThreads(1);
  }

  get areFree(): boolean {
    return this.#tasks.size < MOST_TASKS * this.#ready;
  }

  /** @throws the error that the worker ends with. */
  run(task: Task, transferList: ArrayBuffer[] = []): Promise<Result> {
    const result: Promise<Result | ScoreFailure> = this.#pool.run(task, { transferList });
    const scored = result.then(orThrow<Result>);
    // How it ends is told when it is its turn.
    const end: Promise<unknown> = scored.catch(() => undefined).finally(() => this.#tasks.delete(end));
    this.#tasks.add(end);
    return scored;
  }

  /** Ends the threads when they have done their tasks. */
  async close(): Promise<void> {
    await Promise.all(this.#tasks);
    setThreads(null);
    await this.#pool.destroy();
  }
}
