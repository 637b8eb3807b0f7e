import {
  type Attributions,
  booleanParameter,
  ChurnError,
  type ClassLabel,
  type FitOptions,
  integerParameter,
  type JsonObject,
  numberParameter,
  type OptionsOf,
  oneOf,
  orNull,
  Random,
  readOptions,
  type SettingsOf,
  type StateReader,
  type Table,
  type TableSchema,
  withDefault,
} from '@churn/core';
import {
  Binning,
  type Forest,
  forestAttributions,
  forestMeans,
  forestState,
  MAX_BINS,
  maxFeaturesParameter,
  nCompeting,
  requireFeatures,
  restoreForest,
  TreeList,
} from '@churn/models';
import { armRows, type Experiment, experimentOf } from '../experiment.js';
import { treatmentParameters } from '../learners/learner-parameters.js';
import { areBinary, type OutcomeLike } from '../outcomes.js';
import { FittedUplift, type UpliftModel } from '../uplift-model.js';
import { SplitFinder } from './best-split.js';
import { drawRows } from './draw-rows.js';
import { growUpliftTree } from './grow-uplift-tree.js';
import { TreeNodes } from './tree-nodes.js';
import { divergenceOf, UPLIFT_CRITERIA } from './uplift-criterion.js';

const parameters = {
  ...treatmentParameters,
  /** The number of trees, at least 1. Default 200. */
  nEstimators: withDefault(integerParameter({ from: 1 }), 200),
  /**
   * The divergence of treated and control rows that splits increase: `'euclidean'` (default), `'kl'` or
   * `'chi-squared'`. Numeric outcomes need the first.
   */
  criterion: withDefault(oneOf(UPLIFT_CRITERIA), 'euclidean'),
  /** The maximum depth of a tree, at least 1; `null` (default) for no limit. */
  maxDepth: withDefault(orNull(integerParameter({ from: 1 })), null),
  /** The minimum number of rows in a leaf, as the sum of their weights, at least 1. Default 50. */
  minSamplesLeaf: withDefault(numberParameter({ from: 1 }), 50),
  /** The minimum number of treated rows, and of control rows, in a leaf, at least 1. Default 10. */
  minSamplesTreatment: withDefault(numberParameter({ from: 1 }), 10),
  /** The number of features considered for each split, drawn anew at each node. Default `'all'`. */
  maxFeatures: withDefault(maxFeaturesParameter(), 'all'),
  /** The share of rows that each tree draws, without replacement, at most 1. Default 0.5. */
  maxSamples: withDefault(numberParameter({ above: 0, to: 1 }), 0.5),
  /**
   * Whether trees are honest (default): half of the rows drawn for a tree determine the splits, and the other half the effects in the leaves.
   */
  honest: withDefault(booleanParameter(), true),
  /** The maximum number of bins per column, from 2 to 255. Default 64: effects are seldom precise enough for finer ones. */
  maxBins: withDefault(integerParameter({ from: 2, to: MAX_BINS }), 64),
  /** The random seed. Default 0. */
  seed: withDefault(numberParameter(), 0),
};

export type UpliftForestOptions = OptionsOf<typeof parameters>;

/**
 * A forest whose splits separate rows by treatment effect (Rzepakowski and Jaroszewicz, 2012; honest trees: Athey and Imbens, "Recursive
 * partitioning for heterogeneous causal effects", 2016): the mean over its trees of the difference between treated and control rows in
 * the leaf that a row falls into.
 *
 * Missing values go to the side with the larger gain, and levels are split by their effects.
 *
 * ```ts
 * new UpliftForest({ treatment: 'offer', control: 'none', seed: 42 }).fit(customers, stayed).predictUplift(customers);
 * ```
 */
export class UpliftForest implements UpliftModel<FittedUpliftForest> {
  readonly role = 'regressor';
  static readonly type = 'UpliftForest';
  static readonly parameters = parameters;
  static readonly accepts = { missing: true, categories: true, sampleWeight: true };
  readonly treatment: string;
  readonly control: ClassLabel;
  readonly options: Omit<SettingsOf<typeof parameters>, 'treatment' | 'control'>;

  /** @throws `invalid-parameter`, naming the parameter. */
  constructor(options: UpliftForestOptions) {
    const { treatment, control, ...settings } = readOptions(parameters, options);
    this.treatment = treatment;
    this.control = control;
    this.options = settings;
  }

  /** @throws `model-file` if the state is not one of such a forest. */
  static restore(state: StateReader): FittedUpliftForest {
    return new FittedUpliftForest(
      restoreForest(state, 1, { categories: true, leafValues: {}, oobScore: {} }),
    );
  }

  /**
   * @throws as `UpliftModel.fit`; `invalid-target` if a criterion of shares is given numeric outcomes; `invalid-data` if `x` has infinite
   * values, no columns or more than 32,767.
   */
  fit(x: Table, y: OutcomeLike, options: FitOptions = {}): FittedUpliftForest {
    const experiment = experimentOf(x, y, options, this);
    this.#requireOutcomes(experiment.outcomes);
    requireFeatures(experiment.x);
    return new FittedUpliftForest(this.#grow(experiment));
  }

  #grow({ x, outcomes, treated, weights }: Experiment): Forest {
    const { nEstimators, criterion, maxDepth, maxFeatures, maxBins, seed } = this.options;
    const weighted = weights && Int32Array.from(weights.keys()).filter((row) => weights[row] > 0);
    const binning = Binning.learn(x, maxBins, true, weighted);
    const nFeatures = binning.features.length;
    const data = {
      codes: binning.codes(x),
      outcomes,
      treated,
      weights: weights ?? new Float64Array(x.nRows).fill(1),
    };
    const growth = {
      binning,
      finder: new SplitFinder(divergenceOf(criterion), this.options),
      maxDepth: maxDepth ?? Infinity,
      nCompeting: nCompeting(maxFeatures, nFeatures),
    };
    // Rows of weight 0 are ignored.
    const arms = [0, 1].map((arm) => armRows(treated, arm).filter((row) => data.weights[row] > 0));
    const nodes = new TreeNodes(nFeatures);
    for (let tree = 0; tree < nEstimators; tree++) {
      const random = new Random(seed, UpliftForest.type, tree);
      const { rows, estimates } = drawRows(arms, this.options, random);
      growUpliftTree(data, growth, rows, estimates, random, nodes);
    }
    const shape = {
      nFeatures,
      nOutputs: 1,
      isCategory: (feature: number) => binning.isCategory(feature),
    };
    const trees = new TreeList(nodes.arrays, shape);
    return { binning, trees, importances: nodes.importances, oobScore: null };
  }

  #requireOutcomes(outcomes: Float64Array): void {
    const { criterion } = this.options;
    if (criterion === 'euclidean' || areBinary(outcomes)) return;
    throw new ChurnError(
      'invalid-target',
      `UpliftForest: expected outcomes of two classes for the criterion '${criterion}', got numeric outcomes, which require 'euclidean'`,
    );
  }
}

/** A fitted `UpliftForest`. Its leaves contain effects. */
export class FittedUpliftForest extends FittedUplift {
  readonly type = UpliftForest.type;

  constructor(readonly forest: Forest) {
    super();
  }

  get state(): JsonObject {
    return forestState(this.forest);
  }

  get features(): readonly string[] {
    return this.forest.binning.names;
  }

  get schema(): TableSchema {
    return this.forest.binning.schema;
  }

  predictUplift(x: Table): Float64Array {
    return forestMeans(this.forest, x)[0];
  }

  /** Exact SHAP values of the uplift. @throws as `predictUplift`. */
  attributions(x: Table): Attributions {
    return forestAttributions(this.forest, x, 'amount');
  }

  /** The share of each feature in the total gain; all 0 if no tree has a split. */
  importances(): Float64Array {
    return Float64Array.from(this.forest.importances);
  }
}
