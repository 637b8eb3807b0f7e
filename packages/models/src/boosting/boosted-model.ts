import type { Attribution, JsonObject, StateReader, Table, TableSchema } from '@churn/core';
import { treeContributions } from '../shap/tree-contributions.js';
import { Binning } from '../trees/binning.js';
import { TreeList } from '../trees/tree-list.js';
import type { Boosted } from './boosting-run.js';
import { CategoryStatistics } from './category-statistics.js';

/** The base class of boosted models. */
export abstract class BoostedModel<B extends Boosted> {
  constructor(readonly boosted: B) {}

  get features(): readonly string[] {
    return this.schema.map(({ name }) => name);
  }

  get schema(): TableSchema {
    return this.boosted.statistics?.parts.schema ?? this.boosted.binning.schema;
  }

  /** The number of rounds. */
  get nRounds(): number {
    return this.boosted.trees.length / this.boosted.baseScores.length;
  }

  /** The raw scores of each row, one array per score. */
  protected scores(x: Table): Float64Array[] {
    const { binning, baseScores, trees } = this.boosted;
    const sums = trees.sums(binning.codes(this.#derived(x)), x.nRows);
    return sums.map((sum, k) => sum.map((value) => baseScores[k] + value));
  }

  /** Exact SHAP values of the raw scores. */
  protected contributions(x: Table): Attribution[] {
    const { statistics, binning, baseScores, trees } = this.boosted;
    const outputs = treeContributions(binning, trees, this.#derived(x), baseScores.length);
    return outputs.map((output, k) => {
      const { baseline, contributions } = statistics?.ofColumns(output, x.nRows) ?? output;
      return { baseline: baseline + baseScores[k], contributions };
    });
  }

  /** The columns that trees receive. */
  #derived(x: Table): Table {
    return this.boosted.statistics?.transform(x) ?? x;
  }
}

/** The state of the boosted trees, to be extended by the model. */
export function boostedState({ statistics, binning, baseScores, trees }: Boosted): JsonObject {
  const own: JsonObject = statistics ? { categoryStatistics: statistics.state } : {};
  return { ...own, binning: binning.state, baseScores, trees: trees.state };
}

/** @throws `model-file` if `state` is not that of boosted trees with this number of scores. @param bounds the bounds of statistics. */
export function restoreBoosted(
  state: StateReader,
  nScores: number,
  bounds?: { readonly from?: number; readonly to?: number },
): Boosted {
  const binning = Binning.restore(state.child('binning'));
  // Absent from models whose trees receive the columns unchanged.
  const statistics = state.has('categoryStatistics')
    ? CategoryStatistics.restore(state.child('categoryStatistics'), nScores, bounds)
    : undefined;
  const areDerived = JSON.stringify(statistics?.derived ?? binning.schema) === JSON.stringify(binning.schema);
  state.expect(areDerived, 'binning', 'bins of the columns that trees receive');
  const baseScores = state.numbers('baseScores', { length: nScores });
  const trees = TreeList.restore(state.child('trees'), {
    nFeatures: binning.features.length,
    nOutputs: 1,
    nSums: nScores,
    isCategory: (feature) => binning.isCategory(feature),
  });
  state.expect(trees.length % nScores === 0, 'trees', 'the same number for each score');
  const isBounded = sumOfSizes(trees.arrays.leafValues) + sumOfSizes(baseScores) < Infinity;
  state.expect(isBounded, 'trees', 'trees whose leaf values have finite sums');
  return { statistics, binning, baseScores, trees };
}

function sumOfSizes(values: ArrayLike<number>): number {
  let sum = 0;
  for (let i = 0; i < values.length; i++) sum += Math.abs(values[i]);
  return sum;
}
