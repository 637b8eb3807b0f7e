import { availableParallelism } from 'node:os';
import { setImmediate } from 'node:timers/promises';
import type { TableSchema } from '@churn/core';
import { type RecordPart, type RowBatch, type RowSource, readRowPart } from '@churn/io';
import { OtherThreads } from './other-threads.js';
import type { PartTask } from './part-worker.js';
import type { RulesMode } from './reject-broken.js';
import type { ExplainOptions } from './score-batch.js';
import { type PartScorer, partScorer, type ScoredPart } from './score-part.js';
import type { ScoredRows } from './score-rows.js';
import type { SentRows } from './score-worker.js';
import type { ScoringModel } from './scoring-model.js';

/** After so many parts of an input, threads are worth their start. */
const FEW = 2;
/** How many parts wait for their turn at most for each thread, so that an input of any length takes the memory of a few. */
const MOST_WAITING = 2;

export interface PartsOptions {
  readonly scoring: ScoringModel;
  /** The file of the model. */
  readonly modelFile: string;
  readonly rules: RulesMode;
  /** How rows are explained, where they are. */
  readonly explain?: ExplainOptions | undefined;
  /** Is told how many rows are read to be explained. */
  readonly onRead?: (rows: number) => void;
}

/** A part that is scored, or that another thread is about to. */
interface Started {
  readonly scored: ScoredPart | Promise<ScoredPart>;
}

/** Scores all rows of an input, part by part in their order: a long one on all cores, to the same result. */
export async function* scoredParts(
  source: RowSource,
  columns: TableSchema,
  options: PartsOptions,
): AsyncGenerator<ScoredPart> {
  const { scoring, rules, explain, onRead } = options;
  const score = partScorer(scoring, rules);
  if (!explain && availableParallelism() > 1) {
    yield* inOrder(
      source.parts
        ? startParts(source.parts(columns), score, options)
        : startBatches(source.batches(columns), score, options),
    );
    return;
  }
  for await (const batch of source.batches(columns)) {
    onRead?.(batch.table.nRows);
    yield await score(batch, { explain });
  }
}

async function* inOrder(parts: AsyncGenerator<Started>): AsyncGenerator<ScoredPart> {
  const most = MOST_WAITING * availableParallelism();
  const waiting: Started['scored'][] = [];
  try {
    for await (const { scored } of parts) {
      waiting.push(scored);
      while (waiting.length > most || (waiting.length > 0 && !(waiting[0] instanceof Promise))) {
        yield await waiting.shift()!;
      }
    }
    while (waiting.length > 0) yield await waiting.shift()!;
  } catch (error) {
    // What is wrong with an earlier part comes first.
    for (const earlier of waiting) await earlier;
    throw error;
  }
}

/** Reads and scores parts on all threads. */
async function* startParts(
  parts: AsyncIterable<RecordPart>,
  score: PartScorer,
  { scoring, modelFile, rules }: PartsOptions,
): AsyncGenerator<Started> {
  let others: OtherThreads<PartTask, ScoredPart> | undefined;
  let nParts = 0;
  try {
    for await (const part of parts) {
      if (nParts++ === FEW) others = new OtherThreads('part-worker', modelFile);
      if (others?.areFree) {
        yield { scored: others.run({ part, rules }, [part.bytes.buffer as ArrayBuffer]) };
      } else {
        yield { scored: await score(readRowPart(part, scoring)) };
        // What others have done is heard.
        await setImmediate();
      }
    }
  } finally {
    await others?.close();
  }
}

/** Reads batches and writes their rows here, of a format that other threads cannot read, and scores them on all threads. */
async function* startBatches(
  batches: AsyncIterable<RowBatch>,
  score: PartScorer,
  { modelFile }: PartsOptions,
): AsyncGenerator<Started> {
  let others: OtherThreads<SentRows, ScoredRows> | undefined;
  let nBatches = 0;
  let turn: Promise<unknown> = Promise.resolve();
  try {
    for await (const batch of batches) {
      if (nBatches++ === FEW) others = new OtherThreads('score-worker', modelFile);
      const scored = score(batch, { turn, ...(others?.areFree && { others }) });
      turn = scored.catch(() => undefined);
      yield { scored };
      await setImmediate();
    }
  } finally {
    await others?.close();
  }
}
