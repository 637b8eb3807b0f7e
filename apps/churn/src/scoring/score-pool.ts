import { availableParallelism } from 'node:os';
import { fileURLToPath } from 'node:url';
import { ChurnError, type ErrorCode } from '@churn/core';
import { Piscina } from 'piscina';

/** An error of the user's: threads carry the message of an error, and nothing else of it. */
export interface ScoreFailure {
  readonly code: ErrorCode;
  readonly message: string;
}

/** A worker of this folder. */
export type PartWorker = 'part-worker' | 'monitor-worker' | 'score-worker';

/** Threads, by default on all cores, that run a worker of this folder with a model, read from its file. */
export class ScorePool<Task extends object, Result extends object> {
  readonly #pool: Piscina;
  readonly #running = new Set<Promise<unknown>>();

  constructor(worker: PartWorker, modelFile: string, nThreads = availableParallelism()) {
    this.#pool = new Piscina({
      filename: fileURLToPath(new URL(`./${worker}.js`, import.meta.url)),
      workerData: { modelFile },
      minThreads: nThreads,
      maxThreads: nThreads,
      concurrentTasksPerWorker: 1,
    });
  }

  /** @throws the error that the worker ends with. */
  run(task: Task, transferList: ArrayBuffer[] = []): Promise<Result> {
    return this.#tracked(this.#pool.run(task, { transferList }).then(orThrow<Result>));
  }

  /** Lets a thread load the model; the first task of one says what is wrong with it. */
  warmUp(): Promise<void> {
    return this.#tracked(this.#pool.run(null));
  }

  /** Ends the threads when they have done what they do: one that is ended as it compiles can take the process with it. */
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

/** What a worker does, or the error of the user's that it ends with, as the other thread can be sent it. */
export async function orFailure<Result>(work: () => Promise<Result>): Promise<Result | ScoreFailure> {
  try {
    return await work();
  } catch (error) {
    if (!ChurnError.is(error)) throw error;
    const { code, message } = error;
    return { code, message };
  }
}

/** What a worker came to. @throws the error that it ended with. */
function orThrow<Result extends object>(result: Result | ScoreFailure): Result {
  if ('code' in result) throw new ChurnError(result.code, result.message);
  return result;
}
