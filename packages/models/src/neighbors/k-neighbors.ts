import {
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
  oneOf,
  packArray,
  readOptions,
  requireParameter,
  type SettingsOf,
  type StateReader,
  type Table,
  type TableSchema,
  withDefault,
  withGrid,
} from '@churn/core';
import { designMatrix } from '../design-matrix.js';
import { numericSchema } from '../numeric-schema.js';
import { refuseWeights } from '../refuse-weights.js';
import { forEachNearest, type Nearest } from './nearest-rows.js';

const WEIGHTS = ['uniform', 'distance'] as const;

const parameters = {
  /** The number of neighbours, at least 1. Default 5. */
  nNeighbors: withGrid(withDefault(integerParameter({ from: 1 }), 5), [5, 15, 45]),
  /** Whether neighbours count equally (`'uniform'`, the default) or by the inverse of their distance (`'distance'`). */
  weights: withGrid(withDefault(oneOf(WEIGHTS), 'uniform'), ['uniform', 'distance']),
  /** The power of the Minkowski distance, at least 1: 1 is the Manhattan distance, 2 (default) the Euclidean one. */
  p: withDefault(numberParameter({ from: 1 }), 2),
};

export type KNeighborsOptions = OptionsOf<typeof parameters>;

/**
 * k nearest neighbours: the probability of a class is its share among the training rows nearest to a row (Cover and Hart, "Nearest neighbor
 * pattern classification", 1967). Among equally near rows, earlier ones come first.
 *
 * The state is the training rows themselves, so a model file contains the training data. Scale the columns first: otherwise their units
 * determine how much each counts in the distance.
 *
 * ```ts
 * new KNeighborsClassifier({ nNeighbors: 15, weights: 'distance' }).fit(x, churned).predict(x);
 * ```
 */
export class KNeighborsClassifier implements Classifier<FittedKNeighbors> {
  readonly role = 'classifier';
  static readonly type = 'KNeighborsClassifier';
  static readonly parameters = parameters;
  static readonly accepts = { missing: false, categories: false, sampleWeight: false };
  readonly options: SettingsOf<typeof parameters>;

  /** @throws `invalid-parameter`, naming the parameter. */
  constructor(options?: KNeighborsOptions) {
    this.options = readOptions(parameters, options);
  }

  /** @throws `model-file` if `state` is not a state of this class. */
  static restore(state: StateReader): FittedKNeighbors {
    const classes = state.classes('classes');
    const features = state.names('features');
    state.expect(features.length > 0, 'features', 'one or more');
    const codes = state.packed('codes', Int32Array, { from: 0, to: classes.length - 1 });
    return new FittedKNeighbors({
      nNeighbors: state.integer('nNeighbors', { from: 1, to: codes.length }),
      weights: state.oneOf('weights', WEIGHTS),
      p: state.number('p', { from: 1 }),
      classes,
      features,
      codes,
      rows: state.packed('rows', Float64Array, { length: features.length * codes.length }),
    });
  }

  /**
   * @throws `invalid-target` if fewer than two classes have rows; `invalid-data` if `x` has no columns, missing or infinite values, or
   * differs in length from `y`; `column-kind` if it has categories; `invalid-parameter` for sample weights, and if there are fewer rows
   * than `nNeighbors`.
   */
  fit(x: Table, y: LabelsLike, options: FitOptions = {}): FittedKNeighbors {
    refuseWeights(options, KNeighborsClassifier.type);
    const labels = classLabels(y, x);
    const columns = designMatrix(x, x.names);
    if (columns.length === 0) {
      throw new ChurnError('invalid-data', 'expected feature columns, got none');
    }
    const { nNeighbors } = this.options;
    requireParameter(
      nNeighbors <= x.nRows,
      'nNeighbors',
      `at most the number of training rows, ${x.nRows}`,
      nNeighbors,
    );
    const rows = new Float64Array(x.nRows * columns.length);
    columns.forEach((column, j) => {
      column.forEach((value, row) => {
        rows[row * columns.length + j] = value;
      });
    });
    return new FittedKNeighbors({
      ...this.options,
      classes: labels.classes,
      features: x.names,
      rows,
      codes: Int32Array.from(labels.codes),
    });
  }
}

/** The training rows with their classes. */
export interface Neighbors extends SettingsOf<typeof parameters> {
  readonly classes: readonly ClassLabel[];
  readonly features: readonly string[];
  /** The rows, one after the other, with one number per feature. */
  readonly rows: Float64Array;
  /** The class of each row, as an index into `classes`. */
  readonly codes: Int32Array;
}

/** `Neighbors` as plain JSON, with its arrays packed (`packArray`). */
export type KNeighborsState = Omit<Neighbors, 'rows' | 'codes'> & {
  readonly rows: string;
  readonly codes: string;
};

/** A fitted `KNeighborsClassifier`. */
export class FittedKNeighbors implements FittedClassifier {
  readonly role = 'classifier';
  readonly type = KNeighborsClassifier.type;

  constructor(readonly neighbors: Neighbors) {}

  get state(): KNeighborsState {
    const { rows, codes, ...rest } = this.neighbors;
    return { ...rest, rows: packArray(rows), codes: packArray(codes) };
  }

  get classes(): readonly ClassLabel[] {
    return this.neighbors.classes;
  }

  get features(): readonly string[] {
    return this.neighbors.features;
  }

  get schema(): TableSchema {
    return numericSchema(this.features);
  }

  /** @throws `invalid-data` for missing or infinite values, and for rows so far from the training rows that distances overflow. */
  predictProba(x: Table): ClassProbabilities {
    const { rows, codes, nNeighbors, weights, p } = this.neighbors;
    const columns = designMatrix(x, this.features);
    const all = { values: rows, nRows: codes.length, nFeatures: columns.length };
    const says = new Float64Array(nNeighbors);
    const probabilities = this.classes.map(() => new Float64Array(x.nRows));
    forEachNearest(all, columns, { nNeighbors, p }, (row, nearest) => {
      const total = weigh(nearest, weights, says);
      for (let i = 0; i < nNeighbors; i++) probabilities[codes[nearest.rows[i]]][row] += says[i];
      // If distances overflow, the nearest rows are unknown.
      const isKnown = nearest.count === nNeighbors;
      for (const column of probabilities) column[row] = isKnown ? column[row] / total : NaN;
    });
    return checkedProbabilities(x, this.features, probabilities);
  }

  predict(x: Table): ClassLabel[] {
    return likeliest(this.classes, this.predictProba(x));
  }
}

/** Writes the weight of each neighbour, and returns their sum. Neighbours at distance 0 exclude all others. */
function weigh({ distances }: Nearest, weights: Neighbors['weights'], says: Float64Array): number {
  const isHere = (distance: number) => 1 / distance === Infinity;
  const isAnyHere = weights === 'distance' && distances.some(isHere);
  let all = 0;
  for (let i = 0; i < says.length; i++) {
    if (weights === 'uniform') says[i] = 1;
    else says[i] = isAnyHere ? Number(isHere(distances[i])) : 1 / distances[i];
    all += says[i];
  }
  return all;
}
