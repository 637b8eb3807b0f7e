import {
  type Attributions,
  type ClassLabel,
  checkedProbabilities,
  type FittedClassifier,
  type JsonObject,
  likeliest,
  type StateReader,
  type Table,
  type TableSchema,
} from '@churn/core';
import { classProbabilities } from '../class-probabilities.js';
import { treeContributions } from '../shap/tree-contributions.js';
import { Binning } from '../trees/binning.js';
import { MOST_CLASSES } from '../trees/tree-grower.js';
import { TreeList } from '../trees/tree-list.js';
import { CategoryStatistics } from './category-statistics.js';
import { nClassScores } from './log-loss.js';

/** What a fitted boosting model consists of. */
export interface BoostedTrees {
  readonly classes: readonly ClassLabel[];
  /** What makes the columns that trees see; nothing where these are the columns of the table. */
  readonly statistics?: CategoryStatistics | undefined;
  readonly binning: Binning;
  /** The scores before any tree: one for two classes, otherwise one a class. */
  readonly baseScores: readonly number[];
  /** The trees, a round after the other; of a round one a score. */
  readonly trees: TreeList;
}

/** The trees that a `GradientBoostingClassifier` has learned. */
export class FittedGradientBoosting implements FittedClassifier {
  readonly role = 'classifier';
  readonly type = 'GradientBoostingClassifier';

  constructor(readonly boosted: BoostedTrees) {}

  /** @throws `model-file` where `state` is not that of boosted trees. */
  static restore(state: StateReader): FittedGradientBoosting {
    const classes = state.classes('classes', MOST_CLASSES);
    const binning = Binning.restore(state.child('binning'));
    const nScores = nClassScores(classes.length);
    // Models whose trees see the columns as they are have no such field.
    const statistics = state.has('categoryStatistics')
      ? CategoryStatistics.restore(state.child('categoryStatistics'), nScores)
      : undefined;
    const areDerived =
      JSON.stringify(statistics?.derived ?? binning.schema) === JSON.stringify(binning.schema);
    state.expect(areDerived, 'binning', 'bins of the columns that trees see');
    const baseScores = state.numbers('baseScores', { length: nScores });
    const trees = TreeList.restore(state.child('trees'), {
      nFeatures: binning.features.length,
      nOutputs: 1,
      nSums: nScores,
      isCategory: (feature) => binning.isCategory(feature),
    });
    state.expect(trees.length % nScores === 0, 'trees', 'as many for each score');
    const isBounded = sumOfSizes(trees.arrays.leafValues) + sumOfSizes(baseScores) < Infinity;
    state.expect(isBounded, 'trees', 'of leaves whose values add up to a number');
    return new FittedGradientBoosting({ classes, statistics, binning, baseScores, trees });
  }

  get state(): JsonObject {
    const { classes, statistics, binning, baseScores, trees } = this.boosted;
    const own: JsonObject = statistics ? { categoryStatistics: statistics.state } : {};
    return { classes, ...own, binning: binning.state, baseScores, trees: trees.state };
  }

  get classes(): readonly ClassLabel[] {
    return this.boosted.classes;
  }

  get features(): readonly string[] {
    return this.schema.map(({ name }) => name);
  }

  get schema(): TableSchema {
    return this.boosted.statistics?.parts.schema ?? this.boosted.binning.schema;
  }

  /** How many rounds there are. */
  get nRounds(): number {
    return this.boosted.trees.length / this.boosted.baseScores.length;
  }

  /** The raw scores: of two classes one array, the log-odds of the second; of more one a class. */
  decisionFunction(x: Table): Float64Array[] {
    const { binning, baseScores, trees } = this.boosted;
    const sums = trees.sums(binning.codes(this.#derived(x)), x.nRows);
    return sums.map((sum, k) => sum.map((value) => baseScores[k] + value));
  }

  /** The sigmoid of the score, or the softmax of the scores. */
  predictProba(x: Table): Float64Array[] {
    return checkedProbabilities(x, this.features, classProbabilities(this.decisionFunction(x)));
  }

  predict(x: Table): ClassLabel[] {
    return likeliest(this.classes, this.predictProba(x));
  }

  /** Exact SHAP values of the raw scores. @throws as `predictProba`. */
  attributions(x: Table): Attributions {
    const { statistics, binning, baseScores, trees } = this.boosted;
    const outputs = treeContributions(binning, trees, this.#derived(x), baseScores.length);
    return {
      unit: 'log-odds',
      outputs: outputs.map((output, k) => {
        const { baseline, contributions } = statistics?.ofColumns(output, x.nRows) ?? output;
        return { baseline: baseline + baseScores[k], contributions };
      }),
    };
  }

  /** The columns that trees see. */
  #derived(x: Table): Table {
    return this.boosted.statistics?.transform(x) ?? x;
  }
}

function sumOfSizes(values: ArrayLike<number>): number {
  let sum = 0;
  for (let i = 0; i < values.length; i++) sum += Math.abs(values[i]);
  return sum;
}
