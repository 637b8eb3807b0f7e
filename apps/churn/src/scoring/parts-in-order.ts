import { availableParallelism } from 'node:os';
import { setImmediate } from 'node:timers/promises';
import type { TableSchema } from '@churn/core';
import type { RecordPart, RowBatch, RowSource } from '@churn/io';
import { OtherThreads } from './other-threads.js';
import type { ScoreOptions } from './score-batch.js';
import type { Worker } from './score-pool.js';
import type { ScoredRows } from './score-rows.js';
import type { SentRows } from './score-worker.js';

/** The number of parts from which starting threads pays. */
const FEW = 2;
/** The maximum number of waiting parts per thread, which bounds memory for inputs of any length. */
const MAX_WAITING = 2;

/** The work on the parts of an input, with the same result on this thread and on others. */
export interface PartWork<Task extends object, Result extends object> {
  /** The file of the model. */
  readonly modelFile: string;
  /** The worker for other threads, and the task to send to it. */
  readonly worker: Worker;
  readonly task: (part: RecordPart) => Task;
  /** Reads a part on this thread. */
  readonly read: (part: RecordPart) => RowBatch;
  readonly work: (batch: RowBatch, options?: ScoreOptions) => Promise<Result>;
}

/** A started part, done or in progress on another thread. */
interface Started<Result> {
  readonly result: Result | Promise<Result>;
}

/** Works on all rows of an input, part by part, in order; on all cores if it is long. */
export async function* partsInOrder<Task extends object, Result extends object>(
  source: RowSource,
  columns: TableSchema,
  work: PartWork<Task, Result>,
): AsyncGenerator<Result> {
  if (availableParallelism() > 1) {
    yield* inOrder(
      source.parts ? startParts(source.parts(columns), work) : startBatches(source.batches(columns), work),
    );
    return;
  }
  for await (const batch of source.batches(columns)) yield await work.work(batch);
}

async function* inOrder<Result>(parts: AsyncGenerator<Started<Result>>): AsyncGenerator<Result> {
  const most = MAX_WAITING * availableParallelism();
  const waiting: Started<Result>['result'][] = [];
  try {
    for await (const { result } of parts) {
      waiting.push(result);
      while (waiting.length > most || (waiting.length > 0 && !(waiting[0] instanceof Promise))) {
        yield await waiting.shift()!;
      }
    }
    while (waiting.length > 0) yield await waiting.shift()!;
  } catch (error) {
    // Errors of earlier parts come first.
    for (const earlier of waiting) await earlier;
    throw error;
  }
}

/** Reads and works on parts on all threads. */
async function* startParts<Task extends object, Result extends object>(
  parts: AsyncIterable<RecordPart>,
  { modelFile, worker, task, read, work }: PartWork<Task, Result>,
): AsyncGenerator<Started<Result>> {
  let others: OtherThreads<Task, Result> | undefined;
  let nParts = 0;
  try {
    for await (const part of parts) {
      if (nParts++ === FEW) others = new OtherThreads(worker, modelFile);
      if (others?.areFree) {
        yield { result: others.run(task(part), [part.bytes.buffer as ArrayBuffer]) };
      } else {
        yield { result: await work(read(part)) };
        // Lets results of other threads arrive.
        await setImmediate();
      }
    }
  } finally {
    await others?.close();
  }
}

/** Reads batches on this thread, for formats that other threads cannot read, and scores them on all threads. */
async function* startBatches<Task extends object, Result extends object>(
  batches: AsyncIterable<RowBatch>,
  { modelFile, work }: PartWork<Task, Result>,
): AsyncGenerator<Started<Result>> {
  let others: OtherThreads<SentRows, ScoredRows> | undefined;
  let nBatches = 0;
  let turn: Promise<unknown> = Promise.resolve();
  try {
    for await (const batch of batches) {
      if (nBatches++ === FEW) others = new OtherThreads('score-worker', modelFile);
      const result = work(batch, { turn, ...(others?.areFree && { others }) });
      turn = result.catch(() => undefined);
      yield { result };
      await setImmediate();
    }
  } finally {
    await others?.close();
  }
}
