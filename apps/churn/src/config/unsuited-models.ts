import { definitionOf } from '../model/models.js';
import { type Processed, type Splines, unsuitedProcessing } from '../model/suited-processing.js';
import type { OwnEncoding } from './encoding.js';

/** A model in a configuration, each key with all values to try. */
interface ModelGrid {
  readonly type: string;
  readonly degree: readonly number[];
  readonly missing?: readonly unknown[] | undefined;
  readonly encoding?: readonly unknown[] | undefined;
  readonly splines?: readonly Splines[] | undefined;
}

/** The errors of processing that a model does not support, with the path of the key. */
export function unsuitedModels(
  processing: Processed,
  models: Readonly<Record<string, unknown>>,
): { readonly path: string[]; readonly message: string }[] {
  return Object.entries(models).flatMap(([name, given]) => {
    const { type, degree, ...own } = given as ModelGrid;
    const { accepts } = definitionOf(type);
    const { missing = [undefined], encoding = [undefined], splines = [undefined] } = own;
    const tried = degree.flatMap((d) =>
      missing.flatMap((m) =>
        encoding.flatMap((e) =>
          splines.map((s) => ({ type, degree: d, missing: m, encoding: e as OwnEncoding, splines: s })),
        ),
      ),
    );
    for (const candidate of tried) {
      const fault = unsuitedProcessing(
        accepts,
        processing,
        candidate as Parameters<typeof unsuitedProcessing>[2],
      );
      if (!fault) continue;
      const { field, message } = fault;
      if (own[field]) return [{ path: ['models', name, field], message }];
      const remedy = `; or set ${field} for the model "${name}" itself`;
      return [{ path: ['processing', field], message: message + remedy }];
    }
    return [];
  });
}
