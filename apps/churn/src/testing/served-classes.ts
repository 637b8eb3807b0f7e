import { loadServedModel, type ServedClassModel } from '../serve/served-model.js';

/** A model as it is served, which is known to be one of classes. */
export async function loadServedClasses(file: string): Promise<ServedClassModel> {
  const served = await loadServedModel(file);
  if (served.task !== 'classes') throw new Error(`${file}: expected a model of classes`);
  return served;
}
