import { orFailure, type ScoreFailure } from '../scoring/score-pool.js';
import { threadModel } from '../scoring/thread-model.js';
import { compareAnswers, type SentAnswers, type ShadowComparison } from './shadow-comparison.js';

/** Compares answers with those of the model of this thread. */
export default function compareSent(answers: SentAnswers): Promise<ShadowComparison | ScoreFailure> {
  return orFailure(async () => compareAnswers(await threadModel(), answers));
}
