import { Piscina } from 'piscina';
import { orFailure, type ScoreFailure } from '../scoring/score-pool.js';
import { loadScoringModel, type ScoringModel } from '../scoring/scoring-model.js';
import { compareAnswers, type SentAnswers, type ShadowComparison } from './shadow-comparison.js';

let loaded: Promise<ScoringModel> | undefined;

/** Compares answers with those of the model that this thread was started for. */
export default function compareSent(answers: SentAnswers): Promise<ShadowComparison | ScoreFailure> {
  return orFailure(async () => {
    loaded ??= loadScoringModel(Piscina.workerData.modelFile);
    return compareAnswers(await loaded, answers);
  });
}
