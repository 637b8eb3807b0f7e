import { availableParallelism } from 'node:os';
import { setImmediate } from 'node:timers/promises';
import type { TableSchema } from '@churn/core';
import { type RecordPart, type RowSource, readRowPart } from '@churn/io';
import { setThreads } from '@churn/models';
import type { Piscina } from 'piscina';
import type { PartTask } from './part-worker.js';
import type { RulesMode } from './reject-broken.js';
import type { ExplainOptions } from './score-batch.js';
import { type PartScorer, partScorer, type ScoredPart } from './score-part.js';
import { orThrow, type ScoreFailure, scorePool } from './score-pool.js';
import type { ScoringModel } from './scoring-model.js';

/** After so many parts of an input, threads are worth their start. */
const FEW = 2;
/** How many parts wait at most for each thread, and how many in all for their turn, so that an input of any length takes the memory of a few. */
const WAITING = { ofThread: 2, inAll: 8 };

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

/** This thread scores, too, whenever the others have enough to do. */
async function* onThreads(
  parts: ReturnType<NonNullable<RowSource['parts']>>,
  score: PartScorer,
  { scoring, modelFile, rules }: PartsOptions,
): AsyncGenerator<ScoredPart> {
  const waiting: (ScoredPart | Promise<ScoredPart>)[] = [];
  let others: OtherThreads | undefined;
  let nParts = 0;
  try {
    for await (const part of parts) {
      if (nParts++ === FEW) others = new OtherThreads(modelFile, rules);
      if (others?.areFree) waiting.push(others.score(part));
      else {
        waiting.push(await score(readRowPart(part, scoring)));
        // What others have done is heard.
        await setImmediate();
      }
      while (waiting.length > 0 && (isDone(waiting[0]) || waiting.length > WAITING.inAll)) {
        yield await waiting.shift()!;
      }
    }
    while (waiting.length > 0) yield await waiting.shift()!;
  } catch (error) {
    // What is wrong with an earlier part comes first.
    for (const earlier of waiting) await earlier;
    throw error;
  } finally {
    await others?.close();
  }
}

function isDone(part: ScoredPart | Promise<ScoredPart>): boolean {
  return !(part instanceof Promise);
}

/** Threads on the other cores. */
class OtherThreads {
  readonly #rules: RulesMode;
  readonly #pool: Piscina;
  /** How many have loaded the model: before, there is nothing to wait for. */
  #ready = 0;
  #parts = 0;

  constructor(modelFile: string, rules: RulesMode) {
    const nThreads = availableParallelism() - 1;
    this.#rules = rules;
    this.#pool = scorePool('part-worker', modelFile, nThreads);
    for (let i = 0; i < nThreads; i++) {
      this.#run({ rules }).then(
        () => this.#ready++,
        () => undefined,
      );
    }
    // Each has its core to itself.
    setThreads(1);
  }

  get areFree(): boolean {
    return this.#parts < WAITING.ofThread * this.#ready;
  }

  score(part: RecordPart): Promise<ScoredPart> {
    this.#parts++;
    const scored = this.#run({ part, rules: this.#rules }, [part.bytes.buffer as ArrayBuffer]).then(orThrow);
    // It is told when it is its turn.
    scored
      .catch(() => undefined)
      .finally(() => {
        this.#parts--;
      });
    return scored;
  }

  async close(): Promise<void> {
    setThreads(null);
    await this.#pool.destroy();
  }

  #run(task: PartTask, transferList: ArrayBuffer[] = []): Promise<ScoredPart | ScoreFailure> {
    return this.#pool.run(task, { transferList });
  }
}
