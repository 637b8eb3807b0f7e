import { availableParallelism } from 'node:os';
import type { TableSchema } from '@churn/core';
import { type RowSource, readRowPart } from '@churn/io';
import type { Piscina } from 'piscina';
import type { PartTask } from './part-worker.js';
import type { RulesMode } from './reject-broken.js';
import type { ExplainOptions } from './score-batch.js';
import { type PartScorer, partScorer, type ScoredPart } from './score-part.js';
import { orThrow, type ScoreFailure, scorePool } from './score-pool.js';
import type { ScoringModel } from './scoring-model.js';

/** After so many parts of an input, threads are worth their start. */
const FEW = 4;
/** How many parts a thread has waiting at most, so that an input of any length takes the memory of a few. */
const WAITING = 2;

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

/** Scores all rows of an input, part by part in their order: a long one on all cores, to the same result. */
export async function* scoredParts(
  source: RowSource,
  columns: TableSchema,
  options: PartsOptions,
): AsyncGenerator<ScoredPart> {
  const { scoring, rules, explain, onRead } = options;
  const score = partScorer(scoring, rules);
  if (source.parts && !explain && availableParallelism() > 1) {
    yield* onThreads(source.parts(columns), score, options);
    return;
  }
  for await (const batch of source.batches(columns)) {
    onRead?.(batch.table.nRows);
    yield await score(batch, explain);
  }
}

async function* onThreads(
  parts: ReturnType<NonNullable<RowSource['parts']>>,
  score: PartScorer,
  { scoring, modelFile, rules }: PartsOptions,
): AsyncGenerator<ScoredPart> {
  const nThreads = availableParallelism();
  const waiting: Promise<ScoredPart>[] = [];
  let pool: Piscina | undefined;
  let nParts = 0;
  try {
    for await (const part of parts) {
      if (nParts++ < FEW) {
        yield await score(readRowPart(part, scoring));
        continue;
      }
      pool ??= scorePool('part-worker', modelFile);
      const task: PartTask = { part, rules };
      const scored = (pool.run(task) as Promise<ScoredPart | ScoreFailure>).then(orThrow);
      // It is told when it is its turn.
      scored.catch(() => undefined);
      waiting.push(scored);
      if (waiting.length >= WAITING * nThreads) yield await waiting.shift()!;
    }
    while (waiting.length > 0) yield await waiting.shift()!;
  } catch (error) {
    // What is wrong with an earlier part comes first.
    for (const earlier of waiting) await earlier;
    throw error;
  } finally {
    await pool?.destroy();
  }
}
