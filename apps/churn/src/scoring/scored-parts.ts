import type { TableSchema } from '@churn/core';
import { type RowSource, readRowPart } from '@churn/io';
import type { PartTask } from './part-worker.js';
import { partsInOrder } from './parts-in-order.js';
import type { RulesMode } from './rules-mode.js';
import type { ExplainOptions } from './score-batch.js';
import { partScorer, type ScoredPart } from './score-part.js';
import type { AnyScoringModel } from './scoring-model.js';

export interface PartsOptions {
  readonly scoring: AnyScoringModel;
  /** The file of the model. */
  readonly modelFile: string;
  readonly rules: RulesMode;
  /** The options of explanations, if requested. */
  readonly explain?: ExplainOptions | undefined;
  /** Called with the number of rows read for explanation. */
  readonly onRead?: (rows: number) => void;
}

/** Scores all rows of an input, part by part, in order; on all cores if it is long, with the same result. */
export async function* scoredParts(
  source: RowSource,
  columns: TableSchema,
  { scoring, modelFile, rules, explain, onRead }: PartsOptions,
): AsyncGenerator<ScoredPart> {
  const score = partScorer(scoring, rules);
  if (!explain) {
    yield* partsInOrder<PartTask, ScoredPart>(source, columns, {
      modelFile,
      worker: 'part-worker',
      task: (part) => ({ part, rules }),
      read: (part) => readRowPart(part, scoring),
      work: score,
    });
    return;
  }
  for await (const batch of source.batches(columns)) {
    onRead?.(batch.table.nRows);
    yield await score(batch, { explain });
  }
}
