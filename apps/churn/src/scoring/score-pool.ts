import { availableParallelism } from 'node:os';
import { fileURLToPath } from 'node:url';
import { ChurnError, type ErrorCode } from '@churn/core';
import { Piscina } from 'piscina';

/** A user error as data, since threads only preserve the message of an error. */
export interface ScoreFailure {
  readonly code: ErrorCode;
  readonly message: string;
}

/** The file of a worker, next to the built program. */
export type Worker = 'part-worker' | 'monitor-worker' | 'score-worker' | 'shadow-worker';

/** Threads, by default one per core, that run a worker with a model file. */
export class ScorePool<Task extends object, Result extends object> {
  readonly #pool: Piscina;
  readonly #running = new Set<Promise<unknown>>();

  constructor(worker: Worker, modelFile: string, nThreads = availableParallelism()) {
    this.#pool = new Piscina({
      filename: fileURLToPath(new URL(`./${worker}.js`, import.meta.url)),
      workerData: { modelFile },
      minThreads: nThreads,
      maxThreads: nThreads,
      concurrentTasksPerWorker: 1,
    });
  }

  /** @throws the error of the worker. */
  run(task: Task, transferList: ArrayBuffer[] = []): Promise<Result> {
    return this.#tracked(this.#pool.run(task, { transferList }).then(orThrow<Result>));
  }

  /** Lets a thread load the model; errors are reported by its first task. */
  warmUp(): Promise<void> {
    return this.#tracked(this.#pool.run(null));
  }

  /** Ends the threads after their current tasks, since terminating a thread while it compiles can crash the process. */
  async close(): Promise<void> {
    await Promise.allSettled(this.#running);
    await this.#pool.destroy();
  }

  #tracked<T>(result: Promise<T>): Promise<T> {
    const end = result.then(
      () => void this.#running.delete(end),
      () => void this.#running.delete(end),
    );
    this.#running.add(end);
    return result;
  }
}

/** The result of `work`, or its user error as data. */
export async function orFailure<Result>(work: () => Promise<Result>): Promise<Result | ScoreFailure> {
  try {
    return await work();
  } catch (error) {
    if (!ChurnError.is(error)) throw error;
    const { code, message } = error;
    return { code, message };
  }
}

/** The result of a worker. @throws the error of the worker. */
function orThrow<Result extends object>(result: Result | ScoreFailure): Result {
  if ('code' in result) throw new ChurnError(result.code, result.message);
  return result;
}
