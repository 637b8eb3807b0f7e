import { availableParallelism } from 'node:os';
import { setThreads } from '@churn/models';
import { ScorePool, type Worker } from './score-pool.js';

/** The maximum number of tasks queued per thread. */
const MAX_TASKS = 2;

/** Threads on the other cores. The current thread works, too, whenever they are busy. */
export class OtherThreads<Task extends object, Result extends object> {
  readonly #pool: ScorePool<Task, Result>;
  /** The number of threads that have loaded the model; the others cannot take tasks yet. */
  #ready = 0;
  #nTasks = 0;

  constructor(worker: Worker, modelFile: string) {
    const nThreads = availableParallelism() - 1;
    this.#pool = new ScorePool(worker, modelFile, nThreads);
    for (let i = 0; i < nThreads; i++) {
      this.#pool.warmUp().then(
        () => this.#ready++,
        () => undefined,
      );
    }
    setThreads(1);
  }

  get areFree(): boolean {
    return this.#nTasks < MAX_TASKS * this.#ready;
  }

  /** @throws the error of the worker. */
  run(task: Task, transferList: ArrayBuffer[] = []): Promise<Result> {
    const scored = this.#pool.run(task, transferList);
    this.#nTasks++;
    const end = () => void this.#nTasks--;
    // Errors are reported in the order of tasks.
    scored.then(end, end);
    return scored;
  }

  /** Ends the threads after their tasks. */
  async close(): Promise<void> {
    await this.#pool.close();
    setThreads(null);
  }
}
