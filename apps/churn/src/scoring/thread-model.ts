import { Piscina } from 'piscina';
import { type AnyScoringModel, loadAnyModel, type ScoringModel } from './scoring-model.js';

let loaded: Promise<AnyScoringModel> | undefined;

/** The model that this thread was started for, which is read once. @throws what `loadAnyModel` throws. */
export function threadModel(): Promise<AnyScoringModel> {
  loaded ??= loadAnyModel(Piscina.workerData.modelFile);
  return loaded;
}

/** The same where it is known to be one of classes. */
export async function threadClassModel(): Promise<ScoringModel> {
  return (await threadModel()) as ScoringModel;
}
