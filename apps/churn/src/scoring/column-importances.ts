import type { ModelReference } from '../model/training-record.js';

/** What each compared column matters to a model, by its name; `undefined` if that is not known. */
export function columnImportances({
  reference,
  importances,
}: Partial<ModelReference>): Record<string, number> | undefined {
  if (!reference || !importances) return undefined;
  return Object.fromEntries(reference.columns.map(({ name }, i) => [name, importances[i]]));
}
