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

/** A fitted tree model that was trained by another library. */
export type ImportedTrees = TreeEnsembleClassifier | TreeEnsembleRegressor;

/** Information about a model that its file does not contain. */
export interface ImportOptions {
  /** The classes, in the order of the library's codes. Default: those in the file, otherwise 0, 1 and so on. */
  readonly classes?: readonly ClassLabel[] | undefined;
  /** Which of two classes becomes the second. If it is the first in the file, raw scores are negated. */
  readonly positive?: ClassLabel | undefined;
  /** The feature names, in order. Default: those in the file. */
  readonly features?: readonly string[] | undefined;
  /** The levels of categorical features by name, in the order of the library's codes. Default: those in the file. */
  readonly levels?: Readonly<Record<string, readonly string[]>> | undefined;
}

/** The link between scores and predictions. */
export type Objective =
  | { readonly kind: 'classes'; readonly link: ClassLink; readonly slope?: number }
  | { readonly kind: 'amount'; readonly link: RegressionLink };

/** The content of a model file. */
export interface ReadTrees {
  /** The library that wrote it, for messages. */
  readonly library: string;
  readonly objective: Objective;
  readonly features: readonly EnsembleFeature[];
  readonly trees: Iterable<readonly EnsembleNode[]>;
  /** The number of values per leaf. */
  readonly nValues: number;
  readonly baseScores: readonly number[];
  readonly isMean?: boolean;
  readonly precision: 'double' | 'single';
  /** The classes in the file, or 0, 1 and so on. */
  readonly classes: readonly ClassLabel[];
}

/**
 * Builds the fitted model.
 * @throws `model-file` if the trees are damaged; `invalid-parameter` if the options do not match the file.
 */
export function importedTrees(read: ReadTrees, options: ImportOptions): ImportedTrees {
  const { library, objective, features, nValues, baseScores, isMean = false, precision } = read;
  try {
    const gains = new Float64Array(features.length);
    const { classes = read.classes, positive } = options;
    const link = objective.kind === 'classes' ? objective.link : undefined;
    const isOneScore = link === 'logistic' || (link === 'shares' && classes.length === 2);
    const isTurned = isOneScore && classes[0] === positive;
    // The fraction of one class is 1 minus that of the other.
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

/** Sums the gains of each feature while the trees are read. */
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

/** The trees with negated leaves. */
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
 * The feature names: those given, or those in the file.
 * @throws `invalid-parameter` if their number differs from the number of features.
 */
export function featureNames(ofFile: readonly string[], { features }: ImportOptions): readonly string[] {
  if (!features) return ofFile;
  if (features.length === ofFile.length && firstRepeated(features) === undefined) return features;
  throw new ChurnError(
    'invalid-parameter',
    `features: expected ${ofFile.length} unique names, got ${features.length}`,
  );
}

/** The error for a model that cannot be imported. */
export function unsupported(library: string, what: string): ChurnError {
  return new ChurnError('unsupported', `${library}: ${what}`);
}

/**
 * Parses a JSON file of a library.
 *
 * @param how the call that writes such a file, for the message.
 * @throws `model-file` if it is not JSON.
 */
export function parsedJson(text: string, library: string, how: string): unknown {
  try {
    return JSON.parse(text);
  } catch (error) {
    throw new ChurnError('model-file', `${library}: expected JSON, written by ${how}, got other text`, {
      cause: error,
    });
  }
}
