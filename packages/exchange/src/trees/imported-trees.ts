import { ChurnError, type ClassLabel, firstRepeated } from '@churn/core';
import {
  type ClassLink,
  type EnsembleFeature,
  type EnsembleNode,
  EnsembleTrees,
  type RegressionLink,
  TreeEnsemble,
  TreeEnsembleClassifier,
  TreeEnsembleRegressor,
} from '@churn/models';

/** A fitted model of trees that another library has grown. */
export type ImportedTrees = TreeEnsembleClassifier | TreeEnsembleRegressor;

/** What is said of a model that its file does not say. */
export interface ImportOptions {
  /** The classes, in the order of the library's codes. Default: those that the file names, otherwise 0, 1 and so on. */
  readonly classes?: readonly ClassLabel[] | undefined;
  /** Which of two classes is to be the second. Where it is the first of the file, raw scores change their sign. */
  readonly positive?: ClassLabel | undefined;
  /** The names of the features, in their order. Default: those that the file says. */
  readonly features?: readonly string[] | undefined;
  /** The levels of categories by the names of their features, in the order of the library's codes. Default: those that the file says. */
  readonly levels?: Readonly<Record<string, readonly string[]>> | undefined;
}

/** What a library's objective makes of scores. */
export type Objective =
  | { readonly kind: 'classes'; readonly link: ClassLink; readonly slope?: number }
  | { readonly kind: 'amount'; readonly link: RegressionLink };

/** What was read of a file. */
export interface ReadTrees {
  /** Which library wrote it, for messages. */
  readonly library: string;
  readonly objective: Objective;
  readonly features: readonly EnsembleFeature[];
  readonly trees: Iterable<readonly EnsembleNode[]>;
  /** How many values a leaf has. */
  readonly nValues: number;
  readonly baseScores: readonly number[];
  readonly isMean?: boolean;
  readonly precision: 'double' | 'single';
  /** The classes that the file names, or as many numbers. */
  readonly classes: readonly ClassLabel[];
}

/**
 * The fitted model that was read.
 * @throws `model-file` if the trees are damaged; `invalid-parameter` if the options do not fit the file.
 */
export function importedTrees(read: ReadTrees, options: ImportOptions): ImportedTrees {
  const { library, objective, features, nValues, baseScores, isMean = false, precision } = read;
  try {
    const gains = new Float64Array(features.length);
    const { classes = read.classes, positive } = options;
    const link = objective.kind === 'classes' ? objective.link : undefined;
    const isOneScore = link === 'logistic' || (link === 'shares' && classes.length === 2);
    const isTurned = isOneScore && classes[0] === positive;
    // The share of the one class is what the share of the other leaves of 1.
    const whole = link === 'shares' ? 1 : 0;
    const nodes = isTurned ? withSignsChanged(read.trees) : read.trees;
    const trees = EnsembleTrees.of(features, nValues, withGains(nodes, gains));
    const total = gains.reduce((sum, gain) => sum + gain, 0);
    const importances = Array.from(gains, (gain) => (total > 0 ? gain / total : 0));
    const areKnown = total > 0 && total < Infinity;
    const ensemble = new TreeEnsemble({
      trees,
      baseScores: isTurned ? baseScores.map((score) => whole - score) : baseScores,
      isMean,
      precision,
      ...(areKnown && { importances }),
    });
    if (objective.kind === 'amount') return new TreeEnsembleRegressor({ link: objective.link, ensemble });
    const { slope = 1 } = objective;
    if (classes.length !== read.classes.length || firstRepeated(classes) !== undefined) {
      throw new ChurnError(
        'invalid-parameter',
        `classes: expected the ${read.classes.length} classes of the model, each once, got ${classes.length}`,
      );
    }
    const ordered = isTurned ? [classes[1], classes[0]] : classes;
    return new TreeEnsembleClassifier({ classes: ordered, link: objective.link, slope, ensemble });
  } catch (error) {
    if (!ChurnError.is(error) || error.code !== 'model-file') throw error;
    throw new ChurnError('model-file', `${library}: ${error.message}`, { cause: error });
  }
}

/** Adds up what the splits of each feature gained, as the trees go by. */
function* withGains(
  trees: Iterable<readonly EnsembleNode[]>,
  gains: Float64Array,
): Iterable<readonly EnsembleNode[]> {
  for (const nodes of trees) {
    for (const node of nodes)
      if (node.kind !== 'leaf' && node.gain) gains[node.feature] += Math.max(0, node.gain);
    yield nodes;
  }
}

/** The same trees, with the sign of each leaf changed. */
function* withSignsChanged(trees: Iterable<readonly EnsembleNode[]>): Iterable<readonly EnsembleNode[]> {
  for (const nodes of trees) {
    yield nodes.map((node) =>
      node.kind === 'leaf' ? { ...node, values: node.values.map((value) => -value) } : node,
    );
  }
}

/** The classes 0, 1 and so on. */
export function numberedClasses(count: number): number[] {
  return Array.from({ length: count }, (_, k) => k);
}

/**
 * The names of the features: those given, or those that the file says.
 * @throws `invalid-parameter` if their number is not that of the features.
 */
export function featureNames(ofFile: readonly string[], { features }: ImportOptions): readonly string[] {
  if (!features) return ofFile;
  if (features.length === ofFile.length && firstRepeated(features) === undefined) return features;
  throw new ChurnError(
    'invalid-parameter',
    `features: expected ${ofFile.length} unique names, got ${features.length}`,
  );
}

/** A model that this package cannot carry, and what to do instead. */
export function unsupported(library: string, what: string): ChurnError {
  return new ChurnError('unsupported', `${library}: ${what}`);
}

/**
 * The content of a JSON file of a library.
 *
 * @param how how the library writes it, for the message.
 * @throws `model-file` if it is other text.
 */
export function parsedJson(text: string, library: string, how: string): unknown {
  try {
    return JSON.parse(text);
  } catch (error) {
    throw new ChurnError('model-file', `${library}: expected JSON, as ${how} writes it, got other text`, {
      cause: error,
    });
  }
}
