import { definitionOf } from '../model/models.js';
import { type Processed, type Splines, unsuitedProcessing } from '../model/suited-processing.js';
import type { OwnEncoding } from './encoding.js';

/** What is said of a model, each field with all values that the search tries. */
interface ModelGrid {
  readonly type: string;
  readonly degree: readonly number[];
  readonly missing?: readonly unknown[] | undefined;
  readonly encoding?: readonly unknown[] | undefined;
  readonly splines?: readonly Splines[] | undefined;
}

/** What models cannot take of the processing that is asked for, by the path of the field that asks for it. */
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
      const remedy = `; or give the model "${name}" ${field === 'missing' ? 'a "missing"' : 'an "encoding"'} of its own`;
      return [{ path: ['processing', field], message: message + remedy }];
    }
    return [];
  });
}
