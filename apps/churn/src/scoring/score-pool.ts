import { availableParallelism } from 'node:os';
import { fileURLToPath } from 'node:url';
import { ChurnError, type ErrorCode } from '@churn/core';
import { Piscina } from 'piscina';

/** An error of the user's: threads carry the message of an error, and nothing else of it. */
export interface ScoreFailure {
  readonly code: ErrorCode;
  readonly message: string;
}

/** Threads, by default on all cores, that run a worker of this folder with a model, read from its file. */
export function scorePool(
  worker: 'part-worker' | 'score-worker',
  modelFile: string,
  nThreads = availableParallelism(),
): Piscina {
  return new Piscina({
    filename: fileURLToPath(new URL(`./${worker}.js`, import.meta.url)),
    workerData: { modelFile },
    minThreads: nThreads,
    maxThreads: nThreads,
    concurrentTasksPerWorker: 1,
  });
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
export function orThrow<Result extends object>(result: Result | ScoreFailure): Result {
  if ('code' in result) throw new ChurnError(result.code, result.message);
  return result;
}
