import type { ScoringModel } from './scoring-model.js';

/** What each compared column matters to a model, by its name; nothing where that is not known. */
export function columnImportances({
  reference,
  importances,
}: Pick<ScoringModel, 'reference' | 'importances'>): Record<string, number> | undefined {
  if (!reference || !importances) return undefined;
  return Object.fromEntries(reference.columns.map(({ name }, i) => [name, importances[i]]));
}
