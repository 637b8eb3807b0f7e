import {
  booleanParameter,
  ChurnError,
  type Classifier,
  type ClassLabel,
  type ClassProbabilities,
  checkedProbabilities,
  classLabels,
  type FitOptions,
  type FittedClassifier,
  integerParameter,
  type LabelsLike,
  likeliest,
  numberParameter,
  type OptionsOf,
  orNull,
  packArray,
  readOptions,
  type SettingsOf,
  type StateReader,
  type Table,
  type TableSchema,
  withDefault,
  withGrid,
} from '@churn/core';
import { designMatrix } from '../design-matrix.js';
import { maxFeaturesParameter, nCompeting } from '../forest/max-features.js';
import { numericSchema } from '../numeric-schema.js';
import { refuseWeights } from '../refuse-weights.js';
import { engineParameter, hasMethods } from './engine-parameter.js';

/** The part of the class `RandomForestClassifier` of `ml-random-forest` that is used. */
export interface MlRandomForestEngine {
  new (options: {
    readonly nEstimators: number;
    readonly maxFeatures: number;
    readonly replacement: boolean;
    readonly useSampleBagging: boolean;
    readonly seed: number;
    readonly noOOB: boolean;
    readonly treeOptions: {
      readonly maxDepth: number;
      readonly minNumSamples: number;
      readonly gainThreshold: number;
    };
  }): {
    train(rows: number[][], codes: number[]): void;
    readonly indexes?: number[][];
    readonly estimators?: { readonly root?: MlTreeNode }[];
  };
}

interface MlTreeNode {
  readonly left?: MlTreeNode;
  readonly right?: MlTreeNode;
  readonly splitColumn?: number;
  readonly splitValue?: number;
  readonly distribution?: { to1DArray(): number[] };
}

const parameters = {
  /** The class `RandomForestClassifier` of `ml-random-forest`. */
  engine: engineParameter<MlRandomForestEngine>('RandomForestClassifier of "ml-random-forest"', (engine) =>
    hasMethods(engine, 'train', 'predictProbability'),
  ),
  /** The number of trees. Default 50. */
  nEstimators: withDefault(integerParameter({ from: 1 }), 50),
  /** The number of features of a tree, drawn once per tree and not at each split. Default `'all'`. */
  maxFeatures: withDefault(maxFeaturesParameter(), 'all'),
  /** Whether a tree's features are drawn with replacement, so that some are repeated. Default true. */
  replacement: withDefault(booleanParameter(), true),
  /** Whether a tree's rows are drawn with replacement, instead of all being used. Default true. */
  bootstrap: withDefault(booleanParameter(), true),
  /** The maximum depth of a tree, at least 1; `null` (default) for no limit. */
  maxDepth: withGrid(withDefault(orNull(integerParameter({ from: 1 })), null), [4, 8]),
  /** A node of this many rows or fewer is not split. Default 3. */
  minNumSamples: withDefault(integerParameter({ from: 1 }), 3),
  /** The Gini impurity of a node must decrease by more than this in a split. Default 0.01. */
  gainThreshold: withDefault(numberParameter({ from: 0, below: 1 }), 0.01),
  /** The seed, an integer; the library uses its last 32 bits. Default 0. */
  seed: withDefault(integerParameter(), 0),
};

export type MlRandomForestOptions = OptionsOf<typeof parameters>;

/**
 * A random forest grown by `ml-random-forest`. Only `fit` needs the library: the fitted model is plain data, and predicts without it.
 *
 * A class's probability is the share of the trees that vote for it. (The library's `predictProbability` begins its sum with the label of
 * the first tree instead of a vote.) Of equally likely classes the first is predicted, while the library predicts the one that got its
 * votes first; apart from such ties, the predictions are those of the library. It takes about half a minute to grow a deep tree on seven
 * thousand rows and 19 columns.
 *
 * ```ts
 * import { RandomForestClassifier } from 'ml-random-forest';
 * const model = new MlRandomForest({ engine: RandomForestClassifier, nEstimators: 20 }).fit(x, churned);
 * ```
 */
export class MlRandomForest implements Classifier<FittedMlRandomForest> {
  readonly role = 'classifier';
  static readonly type = 'MlRandomForest';
  static readonly parameters = parameters;
  static readonly accepts = { missing: false, categories: false, sampleWeight: false };
  readonly options: SettingsOf<typeof parameters>;

  /** @throws `invalid-parameter`, naming the parameter. */
  constructor(options: MlRandomForestOptions) {
    this.options = readOptions(parameters, options);
  }

  /** @throws `model-file` if `state` is not a state of this class. */
  static restore(state: StateReader): FittedMlRandomForest {
    return new FittedMlRandomForest({
      classes: state.classes('classes'),
      features: state.names('features'),
      columns: state.packed('columns', Int32Array),
      thresholds: state.packed('thresholds', Float64Array),
      rightChildren: state.packed('rightChildren', Int32Array),
      roots: state.packed('roots', Int32Array),
    });
  }

  /**
   * @throws `invalid-target` if fewer than two classes have rows; `invalid-data` if `x` has no columns, missing or infinite values, or
   * differs in length from `y`; `column-kind` if it has categories; `invalid-parameter` for sample weights.
   */
  fit(x: Table, y: LabelsLike, options: FitOptions = {}): FittedMlRandomForest {
    refuseWeights(options, 'ml-random-forest');
    const labels = classLabels(y, x);
    const features = x.names;
    if (features.length === 0)
      throw new ChurnError('invalid-data', 'MlRandomForest: the table has no columns');
    designMatrix(x, features);
    const { engine, nEstimators, maxFeatures, replacement, bootstrap, seed, ...tree } = this.options;
    const nCandidates = nCompeting(maxFeatures, features.length);
    const forest = new engine({
      nEstimators,
      // The library reads 1 as the share of all features, so one feature is passed as a share.
      maxFeatures: nCandidates === 1 && features.length > 1 ? 1.5 / features.length : nCandidates,
      replacement,
      useSampleBagging: bootstrap,
      seed: seed | 0,
      noOOB: true,
      treeOptions: { ...tree, maxDepth: tree.maxDepth ?? Infinity },
    });
    forest.train(x.toArray(), Array.from(labels.codes));
    return new FittedMlRandomForest({ classes: labels.classes, features, ...flattened(forest) });
  }
}

/** The arrays of a fitted forest. */
interface ForestArrays {
  readonly classes: readonly ClassLabel[];
  readonly features: readonly string[];
  /** The feature of each node, or `-1 - k` for a leaf that votes for class k. The left child of a node follows it. */
  readonly columns: Int32Array;
  /** The threshold of each node: rows with a lower value go left. */
  readonly thresholds: Float64Array;
  /** The right child of each node, 0 for a leaf. */
  readonly rightChildren: Int32Array;
  /** The first node of each tree. */
  readonly roots: Int32Array;
}

export type MlRandomForestState = {
  readonly classes: readonly ClassLabel[];
  readonly features: readonly string[];
  /** The feature of each node, or `-1 - k` for a leaf of class k, as the base64 of an `Int32Array`. */
  readonly columns: string;
  /** The threshold of each node, as the base64 of a `Float64Array`; rows with a lower value go to the next node. */
  readonly thresholds: string;
  /** The other child of each node, as the base64 of an `Int32Array`. */
  readonly rightChildren: string;
  /** The first node of each tree, as the base64 of an `Int32Array`. */
  readonly roots: string;
};

/** A forest grown by `ml-random-forest`. */
export class FittedMlRandomForest implements FittedClassifier {
  readonly role = 'classifier';
  readonly type = MlRandomForest.type;
  /** @throws `model-file` if the arrays do not describe trees. */
  constructor(readonly forest: ForestArrays) {
    assertTrees(forest);
  }

  get state(): MlRandomForestState {
    const { classes, features, columns, thresholds, rightChildren, roots } = this.forest;
    return {
      classes,
      features,
      columns: packArray(columns),
      thresholds: packArray(thresholds),
      rightChildren: packArray(rightChildren),
      roots: packArray(roots),
    };
  }

  get classes(): readonly ClassLabel[] {
    return this.forest.classes;
  }

  get features(): readonly string[] {
    return this.forest.features;
  }

  get schema(): TableSchema {
    return numericSchema(this.features);
  }

  predictProba(x: Table): ClassProbabilities {
    const { columns, thresholds, rightChildren, roots } = this.forest;
    const matrix = designMatrix(x, this.features);
    const votes = this.classes.map(() => new Float64Array(x.nRows));
    for (let tree = 0; tree < roots.length; tree++) {
      for (let row = 0; row < x.nRows; row++) {
        let node = roots[tree];
        while (columns[node] >= 0) {
          node = matrix[columns[node]][row] < thresholds[node] ? node + 1 : rightChildren[node];
        }
        votes[-1 - columns[node]][row]++;
      }
    }
    for (const column of votes) for (let row = 0; row < x.nRows; row++) column[row] /= roots.length;
    return checkedProbabilities(x, this.features, votes);
  }

  predict(x: Table): ClassLabel[] {
    return likeliest(this.classes, this.predictProba(x));
  }
}

function flattened({
  indexes = [],
  estimators = [],
}: InstanceType<MlRandomForestEngine>): Omit<ForestArrays, 'classes' | 'features'> {
  const columns: number[] = [];
  const thresholds: number[] = [];
  const rightChildren: number[] = [];
  const roots = estimators.map(({ root }, tree) => {
    const first = columns.length;
    // An explicit stack, since a tree may be as deep as its number of rows.
    const waiting: { node: MlTreeNode | undefined; parent: number }[] = [{ node: root, parent: -1 }];
    for (let next = waiting.pop(); next; next = waiting.pop()) {
      const at = columns.length;
      if (next.parent >= 0) rightChildren[next.parent] = at;
      const { left, right, splitColumn = 0, splitValue = 0, distribution } = next.node ?? {};
      rightChildren.push(0);
      if (left && right) {
        columns.push(indexes[tree][splitColumn]);
        thresholds.push(splitValue);
        waiting.push({ node: right, parent: at }, { node: left, parent: -1 });
      } else {
        const shares = distribution?.to1DArray() ?? [];
        columns.push(-1 - shares.indexOf(Math.max(...shares)));
        thresholds.push(0);
      }
    }
    return first;
  });
  return {
    columns: Int32Array.from(columns),
    thresholds: Float64Array.from(thresholds),
    rightChildren: Int32Array.from(rightChildren),
    roots: Int32Array.from(roots),
  };
}

/** Checks that the nodes form trees, one after another; otherwise a damaged file could cause an endless loop. */
function assertTrees({ classes, features, columns, thresholds, rightChildren, roots }: ForestArrays): void {
  const n = columns.length;
  const damaged = (field: keyof MlRandomForestState, expected: string) =>
    new ChurnError('model-file', `MlRandomForest: expected "${field}" to be ${expected}`);
  if (thresholds.length !== n) throw damaged('thresholds', 'one number per node');
  if (rightChildren.length !== n) throw damaged('rightChildren', 'the index of a node for each node');
  /** The right children of the nodes whose left subtree has not ended. */
  const waiting: number[] = [];
  let isInTree = false;
  let tree = 0;
  for (let node = 0; node < n; node++) {
    if (!isInTree && roots[tree++] !== node) throw damaged('roots', 'the first node of each tree');
    isInTree = true;
    const column = columns[node];
    if (column >= features.length || -1 - column >= classes.length) {
      throw damaged('columns', 'features, or the classes of leaves');
    }
    if (column >= 0) waiting.push(rightChildren[node]);
    else if (waiting.length === 0) isInTree = false;
    else if (waiting.pop() !== node + 1) throw damaged('rightChildren', 'the nodes after the left subtrees');
  }
  if (isInTree || tree !== roots.length || tree === 0)
    throw damaged('roots', 'the first node of each complete tree');
}
