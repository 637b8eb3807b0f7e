import { Piscina } from 'piscina';
import { loadScoringModel, type ScoringModel } from './scoring-model.js';

let loaded: Promise<ScoringModel> | undefined;

/** The model that this thread was started for, which is read once. @throws what `loadScoringModel` throws. */
export function threadModel(): Promise<ScoringModel> {
  loaded ??= loadScoringModel(Piscina.workerData.modelFile);
  return loaded;
}
