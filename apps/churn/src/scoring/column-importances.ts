import type { ModelReference } from '../model/training-record.js';

/** The importance of each monitored column for a model, by name; `undefined` if unknown. */
export function columnImportances({
  reference,
  importances,
}: Partial<ModelReference>): Record<string, number> | undefined {
  if (!reference || !importances) return undefined;
  return Object.fromEntries(reference.columns.map(({ name }, i) => [name, importances[i]]));
}
