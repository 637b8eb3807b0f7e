import type { AnyModel } from '../model.js';
import { Evaluation, type EvaluationOptions } from './evaluate.js';
import type { SearchData } from './pieces.js';
import type { ModuleReference } from './pipeline-module.js';
import { planSearch } from './plan.js';
import { ResultTable } from './search-result.js';

/** A candidate by its place in the list of a search. */
interface PlacedCandidate {
  readonly index: number;
  readonly params: unknown;
  readonly model: AnyModel;
}

/** What candidates predict of each row while it is held out, by their places: for those that had predicted an order alone. */
export async function fullPredictions(
  data: SearchData,
  chosen: readonly PlacedCandidate[],
  module: ModuleReference | undefined,
  options: Omit<EvaluationOptions, 'until' | 'isEnough' | 'onDone'>,
): Promise<ReadonlyMap<number, readonly Float64Array[]>> {
  const models = chosen.map(({ model }) => model);
  const { groups, sameAs } = planSearch(models, data.splits.length);
  const table = new ResultTable(data, [], true);
  const candidates = {
    params: chosen.map(({ params }) => params),
    build: (i: number) => models[i],
    forOrder: false,
    ...(module && { module }),
  };
  const evaluation = new Evaluation(data, candidates, {
    ...options,
    onDone({ fold }, predictions) {
      for (const prediction of predictions) table.add(fold, prediction);
    },
  });
  try {
    await evaluation.run(
      groups.flatMap((each, group) => data.splits.map((_, fold) => ({ ...each, group, fold }))),
    );
  } finally {
    await evaluation.close();
  }
  return new Map(chosen.map(({ index }, i) => [index, table.predictions(sameAs[i])]));
}
