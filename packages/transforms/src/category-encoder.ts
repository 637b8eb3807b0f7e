import {
  ChurnError,
  type ClassLabel,
  type FitTransformed,
  type FittedTransformer,
  firstRepeated,
  isNumber,
  isNumberRecord,
  type Labels,
  type LabelsLike,
  numericColumn,
  Random,
  type RowStep,
  requireParameter,
  type StateReader,
  stratifiedFolds,
  type Table,
  type TableSchema,
  type Transformer,
} from '@churn/core';
import { type ColumnsOption, chosenColumns } from './chosen-columns.js';
import {
  compileLevels,
  encodeLevels,
  encodingOrigins,
  type LevelEncoding,
  replaceColumns,
} from './level-encoding.js';
import { countClass, levelScores, outOfFoldScores, trainingLabels } from './level-scores.js';
import { type Smoothing, smoothedShare } from './smoothed-share.js';

export interface CategoryEncoderOptions extends ColumnsOption {
  /** The weight of the overall share in that of a level, in rows; `'auto'` estimates it; default 0. */
  readonly smoothing?: Smoothing;
  /** How many folds `fitTransform` encodes the training rows by; default 5. */
  readonly folds?: number;
  /** Whether rows are put into folds at random; default true. Without that they are dealt as they stand, as scikit-learn deals them. */
  readonly shuffle?: boolean;
  /** The seed of the random folds; default 0. */
  readonly seed?: number;
}

/** The share of one class: overall (`prior`), and of each level of each column. */
export type ClassShares = {
  readonly positive: ClassLabel;
  readonly prior: number;
  readonly ratios: Readonly<Record<string, Readonly<Record<string, number>>>>;
};

/** The shares of the positive class; of three classes or more those of the first, and in `others` those of the rest. */
export type CategoryEncoderState = ClassShares & { readonly others?: readonly ClassShares[] };

/**
 * Replaces each category by the share of the positive class (the second of the two) among its rows: target encoding.
 * The numeric column has the name and the place of the category column. Of three classes or more, the share of each
 * makes a column of its own, `<column>_<class>`.
 *
 * With `smoothing` m, a level of n rows is `(n ratio + m prior) / (n + m)`, where the prior is the share over all rows
 * (D. Micci-Barreca, "A preprocessing scheme for high-cardinality categorical attributes", 2001). With
 * `'auto'` the weight of the prior is estimated for each level, as scikit-learn does; see `smoothedShare`.
 * Levels that were not there at `fit` and missing values are encoded by the prior.
 *
 * `fitTransform` encodes each training row by what the rows of the *other* folds say, so that no row sees its own label;
 * a level that is absent there is encoded by their prior. Use it for the rows a model is trained on (a `Pipeline`
 * does), for otherwise the labels leak into the features.
 *
 * ```ts
 * const { fitted, output } = new CategoryEncoder({ columns: ['Gender'] }).fitTransform(train, churned);
 * fitted.state.ratios; // { Gender: { F: 0.176, M: 0.143 } }
 * ```
 */
export class CategoryEncoder implements Transformer<FittedCategoryEncoder> {
  readonly role = 'transformer';
  static readonly type = 'CategoryEncoder';
  readonly columns?: readonly string[];
  readonly smoothing: Smoothing;
  readonly folds: number;
  readonly shuffle: boolean;
  readonly seed: number;

  /**
   * @param options `columns`: the columns to encode; without it all category columns.
   * @throws `invalid-parameter` where an option is not what it must be.
   */
  constructor({ columns, smoothing = 0, folds = 5, shuffle = true, seed = 0 }: CategoryEncoderOptions = {}) {
    const isSmoothing = smoothing === 'auto' || (isNumber(smoothing) && smoothing >= 0);
    requireParameter(isSmoothing, 'smoothing', "a number from 0 or 'auto'", smoothing);
    requireParameter(Number.isInteger(folds) && folds >= 2, 'folds', 'a whole number from 2', folds);
    requireParameter(typeof shuffle === 'boolean', 'shuffle', 'true or false', shuffle);
    requireParameter(isNumber(seed), 'seed', 'a number', seed);
    this.columns = chosenColumns(columns);
    this.smoothing = smoothing;
    this.folds = folds;
    this.shuffle = shuffle;
    this.seed = seed;
  }

  /** @throws `model-file` where `state` is not what this class writes. */
  static restore(state: StateReader): FittedCategoryEncoder {
    // Of two classes, there is no such field.
    const rest = state.has('others') ? state.children('others') : [];
    const [first, ...others] = [state, ...rest].map(restoreShares);
    if (others.length > 0) {
      const levels = levelNames(first.ratios);
      const haveSame = others.every(({ ratios }) => levelNames(ratios) === levels);
      state.expect(haveSame, 'others', 'shares of the levels of the first class');
      const classes = [first, ...others].map(({ positive }) => positive);
      state.expect(firstRepeated(classes) === undefined, 'others', 'shares of further classes, each once');
    }
    return new FittedCategoryEncoder(others.length > 0 ? { ...first, others } : first);
  }

  /**
   * Learns from all rows.
   *
   * @throws `invalid-target` where `y` is not there or of one class; `invalid-data` where there are no rows, or `y` has
   *   another number of them; `column-name` or `column-kind` for a column without categories, and `column-name` where a
   *   column of a class would have the name of another.
   */
  fit(x: Table, y: LabelsLike): FittedCategoryEncoder {
    const labels = severalClasses(x, y);
    const names = this.columns ?? x.namesOf('category');
    const score = smoothedShare(this.smoothing);
    const [first, ...others] = encodedClasses(labels).map((target): ClassShares => {
      const { positives, rows } = countClass(labels, target);
      const ratios = names.map((name) => [name, levelScores(x.category(name), labels, target, score)]);
      return {
        positive: labels.classes[target],
        prior: positives / rows,
        ratios: Object.fromEntries(ratios),
      };
    });
    const fitted = new FittedCategoryEncoder(others.length > 0 ? { ...first, others } : first);
    // Without rows this only checks names.
    fitted.transform(x.take([]));
    return fitted;
  }

  /**
   * Learns from all rows, and encodes each by the rows of the other folds alone. A single row, for which there are no
   * others, is encoded as `transform` does it.
   *
   * @throws what `fit` throws.
   */
  fitTransform(x: Table, y: LabelsLike): FitTransformed<FittedCategoryEncoder> {
    const fitted = this.fit(x, y);
    if (x.nRows < 2) return { fitted, output: fitted.transform(x) };
    const labels = severalClasses(x, y);
    const targets = encodedClasses(labels);
    const random = this.shuffle ? new Random(this.seed).stream(CategoryEncoder.type) : undefined;
    const folds = stratifiedFolds(labels, this.folds, random);
    const score = smoothedShare(this.smoothing);
    const replacements = Object.keys(fitted.state.ratios).map((name) => {
      const column = x.category(name);
      const columns = targets.map((target) => {
        const values = outOfFoldScores(column, labels, target, score, folds, this.folds);
        return [encodedName(name, labels.classes[target], targets.length), numericColumn(values)] as const;
      });
      return [name, columns] as const;
    });
    return { fitted, output: replaceColumns(x, new Map(replacements)) };
  }
}

/** The shares that a `CategoryEncoder` has learned. */
export class FittedCategoryEncoder implements FittedTransformer {
  readonly role = 'transformer';
  readonly type = CategoryEncoder.type;
  readonly #encodings: ReadonlyMap<string, LevelEncoding>;

  constructor(readonly state: CategoryEncoderState) {
    const classes: readonly ClassShares[] = [state, ...(state.others ?? [])];
    const priors = classes.map(({ prior }) => prior);
    this.#encodings = new Map(
      Object.keys(state.ratios).map((name) => [
        name,
        {
          names: classes.map(({ positive }) => encodedName(name, positive, classes.length)),
          numbers: levelNumbers(classes.map(({ ratios }) => ratios[name])),
          unseen: priors,
          missing: priors,
        },
      ]),
    );
  }

  /** @throws `column-name` or `column-kind` where a column of `fit` is not there as categories. */
  transform(x: Table): Table {
    return encodeLevels(x, this.#encodings);
  }

  compileRow(schema: TableSchema): RowStep {
    return compileLevels(schema, this.#encodings);
  }

  get origins(): ReadonlyMap<string, readonly string[]> {
    return encodingOrigins(this.#encodings);
  }

  describe(): string {
    const classes = [this.state, ...(this.state.others ?? [])];
    const priors = classes.map(({ positive, prior }) => `${positive} ${prior.toPrecision(3)}`);
    const columns = Object.entries(this.state.ratios).map(
      ([name, ratios]) => `${name} (${Object.keys(ratios).length} levels)`,
    );
    return `CategoryEncoder: ${columns.join(', ') || 'no columns'}; overall share of ${priors.join(', ')}`;
  }
}

/** The columns and their levels, as text to compare. */
function levelNames(ratios: ClassShares['ratios']): string {
  return JSON.stringify(Object.entries(ratios).map(([name, ratioOf]) => [name, Object.keys(ratioOf)]));
}

/** The shares of each level, one a class. */
function levelNumbers(ratios: readonly Readonly<Record<string, number>>[]): Map<string, number[]> {
  return new Map(Object.keys(ratios[0]).map((level) => [level, ratios.map((ratioOf) => ratioOf[level])]));
}

/** Of two classes the second is encoded, as the share of the first follows from it; of more, each. */
function encodedClasses({ classes }: Labels): number[] {
  return classes.length === 2 ? [1] : Array.from(classes.keys());
}

function encodedName(column: string, target: ClassLabel, nEncoded: number): string {
  return nEncoded === 1 ? column : `${column}_${target}`;
}

function severalClasses(x: Table, y: LabelsLike | undefined): Labels {
  const labels = trainingLabels(CategoryEncoder.type, x, y);
  if (labels.classes.length < 2) {
    const classes = labels.classes.map(String).join(', ');
    throw new ChurnError(
      'invalid-target',
      `CategoryEncoder learns from two classes or more, got ${labels.classes.length} (${classes})`,
    );
  }
  return labels;
}

function restoreShares(state: StateReader): ClassShares {
  return {
    positive: state.label('positive'),
    prior: state.number('prior', { from: 0, to: 1 }),
    ratios: state.record('ratios', areShares),
  };
}

function areShares(value: unknown): value is Record<string, number> {
  return isNumberRecord(value) && Object.values(value).every((share) => share >= 0 && share <= 1);
}
