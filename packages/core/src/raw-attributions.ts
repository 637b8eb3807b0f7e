import type { Attributions, FittedModel } from './model.js';
import { rawColumns } from './raw-columns.js';
import type { Table } from './table.js';
import type { FittedTransformer } from './transformer.js';

/**
 * The attributions of a model by raw column: the contribution of a feature derived from several columns is divided equally among them.
 * `undefined` if the model has none, or a feature cannot be traced back.
 *
 * @param columns the raw columns, in the order of the result.
 */
export function rawAttributions(
  model: FittedModel,
  steps: readonly FittedTransformer[],
  columns: readonly string[],
): ((processed: Table) => Attributions) | undefined {
  const { attributions } = model;
  if (!attributions) return undefined;
  const origins = rawColumns(steps, columns);
  const places = new Map(columns.map((name, j) => [name, j]));
  const placesOfFeatures = model.features.map((name) =>
    (origins.get(name) ?? []).map((raw) => places.get(raw) as number),
  );
  if (placesOfFeatures.some((each) => each.length === 0)) return undefined;
  return (processed) => {
    const { unit, outputs } = attributions.call(model, processed);
    return {
      unit,
      outputs: outputs.map(({ baseline, contributions }) => ({
        baseline,
        contributions: joined(contributions, placesOfFeatures, columns.length, processed.nRows),
      })),
    };
  };
}

function joined(
  ofFeatures: readonly Float64Array[],
  placesOfFeatures: readonly (readonly number[])[],
  nColumns: number,
  nRows: number,
): Float64Array[] {
  const contributions = Array.from({ length: nColumns }, () => new Float64Array(nRows));
  placesOfFeatures.forEach((places, feature) => {
    for (const j of places) {
      for (let row = 0; row < nRows; row++) contributions[j][row] += ofFeatures[feature][row] / places.length;
    }
  });
  return contributions;
}
