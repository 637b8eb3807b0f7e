import { type RecordPart, readRowPart } from '@churn/io';
import { Piscina } from 'piscina';
import type { RulesMode } from './rules-mode.js';
import { type PartScorer, partScorer, type ScoredPart } from './score-part.js';
import { orFailure, type ScoreFailure } from './score-pool.js';
import { threadModel } from './thread-model.js';

/** A part of an input for a thread to read and score. */
export interface PartTask {
  readonly part: RecordPart;
  readonly rules: RulesMode;
}

let score: PartScorer | undefined;

/** Reads and scores a part of an input with the model of this thread; without a part, only loads the model. */
export default function scorePart(task: PartTask | null): Promise<ScoredPart | ScoreFailure | null> {
  return orFailure(async () => {
    const scoring = await threadModel();
    if (task === null) return null;
    score ??= partScorer(scoring, task.rules);
    return moved(await score(readRowPart(task.part, scoring)));
  });
}

/** A part whose output is transferred to the other thread. */
function moved(scored: ScoredPart): ScoredPart {
  // Encodes on this thread.
  const output = typeof scored.output === 'string' ? Buffer.from(scored.output) : scored.output;
  const value: ScoredPart = { ...scored, output };
  const transferable = {
    [Piscina.transferableSymbol]: [output.buffer],
    [Piscina.valueSymbol]: value,
  };
  // Its symbols are untyped.
  return Piscina.move(transferable as unknown as ArrayBuffer) as unknown as ScoredPart;
}
