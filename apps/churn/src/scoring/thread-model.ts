import { Piscina } from 'piscina';
import { type AnyScoringModel, loadAnyModel } from './scoring-model.js';

let loaded: Promise<AnyScoringModel> | undefined;

/** The model that this thread was started for, which is read once. @throws the errors of `loadAnyModel`. */
export function threadModel(): Promise<AnyScoringModel> {
  loaded ??= loadAnyModel(Piscina.workerData.modelFile);
  return loaded;
}
