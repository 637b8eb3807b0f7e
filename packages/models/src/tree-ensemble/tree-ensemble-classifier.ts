import {
  type Attributions,
  ChurnError,
  type ClassLabel,
  type ClassProbabilities,
  checkedProbabilities,
  type FittedClassifier,
  type JsonObject,
  likeliest,
  type StateReader,
  type Table,
  type TableSchema,
} from '@churn/core';
import { MAX_CLASSES } from '../trees/tree-grower.js';
import { CLASS_LINKS, type ClassLink, linkedProbabilities, nScoresOf } from './score-link.js';
import { TreeEnsemble } from './tree-ensemble.js';

/** The parts of a `TreeEnsembleClassifier`. */
export interface ClassEnsemble {
  readonly classes: readonly ClassLabel[];
  readonly link: ClassLink;
  /** The factor of scores before the link, like LightGBM's `sigmoid`. */
  readonly slope: number;
  readonly ensemble: TreeEnsemble;
}

/**
 * A classifier of trees grown by another library. It cannot be fitted; `@churn/exchange` converts files of such libraries to it. Its scores
 * are exactly those of the library.
 */
export class TreeEnsembleClassifier implements FittedClassifier {
  static readonly type = 'TreeEnsembleClassifier';
  readonly role = 'classifier';
  readonly type = TreeEnsembleClassifier.type;
  /** Exact SHAP values of the scores; present if the weights of the leaves are known. */
  readonly attributions?: (x: Table) => Attributions;
  /** The share of each feature in the total gain of the splits, if it is known. */
  readonly importances?: () => Float64Array;

  /** @throws `invalid-parameter` if the number of scores does not match the classes. */
  constructor(readonly parts: ClassEnsemble) {
    const { classes, link, ensemble } = parts;
    const nScores = nScoresOf(link, classes.length);
    if (ensemble.nScores !== nScores) {
      throw new ChurnError('invalid-parameter', `expected ${nScores} scores, got ${ensemble.nScores}`);
    }
    const { importances } = ensemble.parts;
    if (importances) this.importances = () => Float64Array.from(importances);
    if (ensemble.hasCovers) this.attributions = (x) => this.#attributions(x);
  }

  /** @throws `model-file` if `state` is not that of trees. */
  static restore(state: StateReader): TreeEnsembleClassifier {
    const classes = state.classes('classes', MAX_CLASSES);
    const link = state.oneOf('link', CLASS_LINKS);
    state.expect(link !== 'logistic' || classes.length === 2, 'classes', 'two classes');
    const slope = state.number('slope', { above: 0 });
    const ensemble = TreeEnsemble.restore(state.child('ensemble'), nScoresOf(link, classes.length));
    return new TreeEnsembleClassifier({ classes, link, slope, ensemble });
  }

  get state(): JsonObject {
    const { classes, link, slope, ensemble } = this.parts;
    return { classes, link, slope, ensemble: ensemble.state };
  }

  get classes(): readonly ClassLabel[] {
    return this.parts.classes;
  }

  get features(): readonly string[] {
    return this.parts.ensemble.features.map(({ name }) => name);
  }

  get schema(): TableSchema {
    return this.parts.ensemble.schema;
  }

  /** The raw scores of the library: one array, or one per class. */
  decisionFunction(x: Table): Float64Array[] {
    return this.parts.ensemble.scores(x);
  }

  /** The probability of each class. @throws as `TreeEnsemble.scores`. */
  predictProba(x: Table): ClassProbabilities {
    const { link, slope } = this.parts;
    const scores = this.decisionFunction(x);
    const scaled = slope === 1 ? scores : scores.map((score) => score.map((value) => slope * value));
    return checkedProbabilities(x, this.features, linkedProbabilities(link, scaled));
  }

  predict(x: Table): ClassLabel[] {
    return likeliest(this.classes, this.predictProba(x));
  }

  #attributions(x: Table): Attributions {
    const { link, slope, ensemble } = this.parts;
    return {
      unit: link === 'shares' ? 'probability' : 'log-odds',
      outputs: ensemble.contributions(x).map(({ baseline, contributions }) => ({
        baseline: slope * baseline,
        contributions: contributions.map((values) => values.map((value) => slope * value)),
      })),
    };
  }
}
