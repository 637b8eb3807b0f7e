import {
  ChurnError,
  type ClassLabel,
  exp,
  type FittedClassifier,
  isClassLabel,
  isNumber,
  type JsonObject,
  likeliest,
  type StateReader,
  type Table,
} from '@churn/core';
import { sigmoid } from '../linear/logistic-loss.js';
import { Binning } from '../trees/binning.js';
import { TreeList } from '../trees/tree-list.js';

/** What a fitted boosting model consists of. */
export interface BoostedTrees {
  readonly classes: readonly ClassLabel[];
  readonly binning: Binning;
  /** The scores before any tree: one for two classes, otherwise one a class. */
  readonly baseScores: readonly number[];
  /** The trees, a round after the other; of a round one a score. */
  readonly trees: TreeList;
}

/** The trees that a `GradientBoostingClassifier` has learned. */
export class FittedGradientBoosting implements FittedClassifier {
  readonly type = 'GradientBoostingClassifier';

  constructor(readonly boosted: BoostedTrees) {}

  /** @throws `model-file` where `state` is not that of boosted trees. */
  static restore(state: StateReader): FittedGradientBoosting {
    const classes = state.list('classes', isClassLabel);
    const binning = Binning.restore(state.child('binning'));
    const baseScores = state.list('baseScores', isNumber);
    const nScores = classes.length === 2 ? 1 : classes.length;
    const trees = TreeList.restore(state.child('trees'), {
      nFeatures: binning.features.length,
      nOutputs: 1,
      nSums: nScores,
      isCategory: (feature) => binning.isCategory(feature),
    });
    if (classes.length < 2 || baseScores.length !== nScores || trees.length % nScores !== 0) {
      throw new ChurnError(
        'model-file',
        'GradientBoostingClassifier: expected two or more classes, and a base score and trees for each score',
      );
    }
    return new FittedGradientBoosting({ classes, binning, baseScores, trees });
  }

  get state(): JsonObject {
    const { classes, binning, baseScores, trees } = this.boosted;
    return { classes, binning: binning.state, baseScores, trees: trees.state };
  }

  get classes(): readonly ClassLabel[] {
    return this.boosted.classes;
  }

  get features(): readonly string[] {
    return this.boosted.binning.names;
  }

  /** How many rounds there are. */
  get nRounds(): number {
    return this.boosted.trees.length / this.boosted.baseScores.length;
  }

  /** The raw scores: of two classes one array, the log-odds of the second; of more one a class. */
  decisionFunction(x: Table): Float64Array[] {
    const { binning, baseScores, trees } = this.boosted;
    const sums = trees.sums(binning.codes(x), x.nRows);
    return sums.map((sum, k) => sum.map((value) => baseScores[k] + value));
  }

  /** The sigmoid of the score, or the softmax of the scores. */
  predictProba(x: Table): Float64Array[] {
    const scores = this.decisionFunction(x);
    if (scores.length === 1) return [scores[0].map((score) => sigmoid(-score)), scores[0].map(sigmoid)];
    const largest = scores[0].map((_, row) => Math.max(...scores.map((score) => score[row])));
    const sizes = scores.map((score) => score.map((value, row) => exp(value - largest[row])));
    const sums = largest.map((_, row) => sizes.reduce((sum, size) => sum + size[row], 0));
    return sizes.map((size) => size.map((value, row) => value / sums[row]));
  }

  predict(x: Table): ClassLabel[] {
    return likeliest(this.classes, this.predictProba(x));
  }
}
