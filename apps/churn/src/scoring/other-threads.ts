import { availableParallelism } from 'node:os';
import { setThreads } from '@churn/models';
import { type PartWorker, ScorePool } from './score-pool.js';

/** How many tasks a thread has at most, one of them to begin with at once. */
const MOST_TASKS = 2;

/** Threads on the other cores, each with its core to itself; this one is to work, too, whenever they have enough to do. */
export class OtherThreads<Task extends object, Result extends object> {
  readonly #pool: ScorePool<Task, Result>;
  /** How many have loaded the model: before, there is nothing to wait for. */
  #ready = 0;
  #nTasks = 0;

  constructor(worker: PartWorker, modelFile: string) {
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
    return this.#nTasks < MOST_TASKS * this.#ready;
  }

  /** @throws the error that the worker ends with. */
  run(task: Task, transferList: ArrayBuffer[] = []): Promise<Result> {
    const scored = this.#pool.run(task, transferList);
    this.#nTasks++;
    const end = () => void this.#nTasks--;
    // How it ends is told when it is its turn.
    scored.then(end, end);
    return scored;
  }

  /** Ends the threads when they have done their tasks. */
  async close(): Promise<void> {
    await this.#pool.close();
    setThreads(null);
  }
}
