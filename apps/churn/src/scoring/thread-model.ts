import { Piscina } from 'piscina';
import { type AnyScoringModel, loadAnyModel, ofClasses, type ScoringModel } from './scoring-model.js';

let loaded: Promise<AnyScoringModel> | undefined;

/** The model that this thread was started for, which is read once. @throws what `loadAnyModel` throws. */
export function threadModel(): Promise<AnyScoringModel> {
  loaded ??= loadAnyModel(Piscina.workerData.modelFile);
  return loaded;
}

/** The same where it is to be one of classes. @throws `unsupported` where it is not. */
export async function threadClassModel(): Promise<ScoringModel> {
  return ofClasses(await threadModel(), Piscina.workerData.modelFile, 'this');
}
