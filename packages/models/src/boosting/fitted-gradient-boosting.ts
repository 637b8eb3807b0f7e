import {
  type Attributions,
  type ClassLabel,
  type ClassProbabilities,
  checkedProbabilities,
  type FittedClassifier,
  type JsonObject,
  likeliest,
  type StateReader,
  type Table,
} from '@churn/core';
import { classProbabilities } from '../class-probabilities.js';
import { MAX_CLASSES } from '../trees/tree-grower.js';
import { BoostedModel, boostedState, restoreBoosted } from './boosted-model.js';
import type { Boosted } from './boosting-run.js';
import { nClassScores } from './log-loss.js';

/** The parts of a fitted boosting classifier: one score for two classes, otherwise one per class, with one tree per score and round. */
export interface BoostedTrees extends Boosted {
  readonly classes: readonly ClassLabel[];
}

/** The trees that a `GradientBoostingClassifier` has learned. */
export class FittedGradientBoosting extends BoostedModel<BoostedTrees> implements FittedClassifier {
  readonly role = 'classifier';
  readonly type = 'GradientBoostingClassifier';

  /** @throws `model-file` if `state` is not that of boosted trees. */
  static restore(state: StateReader): FittedGradientBoosting {
    const classes = state.classes('classes', MAX_CLASSES);
    return new FittedGradientBoosting({ classes, ...restoreBoosted(state, nClassScores(classes.length)) });
  }

  get state(): JsonObject {
    return { classes: this.classes, ...boostedState(this.boosted) };
  }

  get classes(): readonly ClassLabel[] {
    return this.boosted.classes;
  }

  /** The raw scores: for two classes one array, the log-odds of the second; for more, one per class. */
  decisionFunction(x: Table): Float64Array[] {
    return this.scores(x);
  }

  /** The sigmoid of the score, or the softmax of the scores. */
  predictProba(x: Table): ClassProbabilities {
    return checkedProbabilities(x, this.features, classProbabilities(this.decisionFunction(x)));
  }

  predict(x: Table): ClassLabel[] {
    return likeliest(this.classes, this.predictProba(x));
  }

  /** Exact SHAP values of the raw scores. @throws as `predictProba`. */
  attributions(x: Table): Attributions {
    return { unit: 'log-odds', outputs: this.contributions(x) };
  }
}
