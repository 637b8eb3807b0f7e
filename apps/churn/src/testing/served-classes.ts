import { loadServedModel, type ServedClassModel } from '../serve/served-model.js';

/** Loads a served classifier. */
export async function loadServedClasses(file: string): Promise<ServedClassModel> {
  const served = await loadServedModel(file);
  if (served.task !== 'classes') throw new Error(`${file}: expected a classifier`);
  return served;
}
