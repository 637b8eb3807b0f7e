import { Piscina } from 'piscina';
import { type AnyScoringModel, loadAnyModel } from './scoring-model.js';

let loaded: Promise<AnyScoringModel> | undefined;

/** The model of this thread, loaded once. @throws as `loadAnyModel` does. */
export function threadModel(): Promise<AnyScoringModel> {
  loaded ??= loadAnyModel(Piscina.workerData.modelFile);
  return loaded;
}
