import { type RecordPart, readRowPart } from '@churn/io';
import { Piscina } from 'piscina';
import type { RulesMode } from './reject-broken.js';
import { type PartScorer, partScorer, type ScoredPart } from './score-part.js';
import { orFailure, type ScoreFailure } from './score-pool.js';
import { loadScoringModel, type ScoringModel } from './scoring-model.js';

/** Some rows that a thread is to read and to score. */
export interface PartTask {
  readonly part: RecordPart;
  readonly rules: RulesMode;
}

let loaded: Promise<ScoringModel> | undefined;
let score: PartScorer | undefined;

/** Reads and scores a part of an input with the model that this thread was started for. */
export default function scorePart({ part, rules }: PartTask): Promise<ScoredPart | ScoreFailure> {
  return orFailure(async () => {
    loaded ??= loadScoringModel(Piscina.workerData.modelFile);
    const scoring = await loaded;
    score ??= partScorer(scoring, rules);
    const scored = await score(readRowPart(part, scoring));
    // Here, so that it is encoded on this thread.
    return { ...scored, output: Buffer.from(scored.output) };
  });
}
