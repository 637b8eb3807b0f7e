import {
  booleanParameter,
  ChurnError,
  type ClassLabel,
  type Durations,
  eitherOf,
  firstRepeated,
  integerParameter,
  isNumberRecord,
  Labels,
  type LabelsLike,
  numberParameter,
  numericColumn,
  type OptionsOf,
  oneOf,
  Random,
  requireTargetPerRow,
  type StateReader,
  stratifiedFolds,
  type Table,
  type TargetLike,
  type TargetValues,
  withDefault,
} from '@churn/core';
import { columnNames } from './chosen-columns.js';
import { encoding, levelCountsText, replaceColumns } from './level-encoding.js';
import { levelMeans } from './level-means.js';
import { countClass, levelScores, outOfFoldScores, trainingLabels } from './level-scores.js';
import { type Smoothing, smoothedShare } from './smoothed-share.js';
import { type FittedBy, type NamesOut, supervisedTransformer } from './transformer.js';

const parameters = {
  /** The columns to encode; default all category columns. */
  columns: columnNames(),
  /** The weight of the overall mean in that of a level, in rows; `'auto'` estimates it; default 0. */
  smoothing: withDefault(eitherOf(numberParameter({ from: 0 }), oneOf(['auto'])), 0),
  /** The number of folds by which `fitTransform` encodes the training rows; default 5. */
  folds: withDefault(integerParameter({ from: 2 }), 5),
  /**
   * Whether rows are shuffled before being split into folds; default true. Otherwise the folds are those of scikit-learn without
   * shuffling.
   */
  shuffle: withDefault(booleanParameter(), true),
  /** The seed of the random folds; default 0. */
  seed: withDefault(numberParameter(), 0),
};

export type CategoryEncoderOptions = OptionsOf<typeof parameters>;

/** The share of one class, or the mean target: overall (`prior`), and for each level of each column. */
export type ClassShares = {
  /** The class; none for a numeric target. */
  readonly positive?: ClassLabel;
  readonly prior: number;
  readonly ratios: Readonly<Record<string, Readonly<Record<string, number>>>>;
};

/**
 * The shares of the positive class, or the mean target values; for three or more classes, the shares of the
 * first, with those of the others in `others`.
 */
export type CategoryEncoderState = NamesOut & ClassShares & { readonly others?: readonly ClassShares[] };

const TYPE = 'CategoryEncoder';

/**
 * Replaces each category by the share of the positive class (the second of the two) among its rows: target encoding. The numeric column
 * takes the name and place of the category column. With three or more classes, each class adds its own column, `<column>_<class>`. With a
 * numeric target, a category becomes the mean target of its rows; with durations, the share of its rows that have the event.
 *
 * With `smoothing` m, a level of n rows is `(n ratio + m prior) / (n + m)`, where the prior is the share over all rows (D. Micci-Barreca,
 * "A preprocessing scheme for high-cardinality categorical attributes", 2001). With `'auto'` the weight of the prior is estimated for
 * each level, as scikit-learn does; see `smoothedShare`. Levels not seen at `fit` and missing values are encoded by the prior.
 *
 * `fitTransform` encodes each training row from the rows of the *other* folds, so that no row sees its own label; a level absent there is
 * encoded by their prior. Use it for the rows that a model is trained on (as a `Pipeline` does); otherwise labels leak into the features.
 *
 * ```ts
 * const { fitted, output } = new CategoryEncoder({ columns: ['Gender'] }).fitTransform(train, churned);
 * fitted.state.ratios; // { Gender: { F: 0.176, M: 0.143 } }
 * ```
 */
export class CategoryEncoder extends supervisedTransformer({
  type: TYPE,
  parameters,
  learn(x, { columns = x.namesOf('category'), smoothing }, y: TargetLike): CategoryEncoderState {
    if (isTargetValues(y)) return meansOf(x, columns, smoothing, y);
    const labels = severalClasses(x, y);
    const score = smoothedShare(smoothing);
    return stateOf(
      encodedClasses(labels).map((target): ClassShares => {
        const { positives, rows } = countClass(labels, target);
        const ratios = columns.map((name) => [name, levelScores(x.category(name), labels, target, score)]);
        return {
          positive: labels.classes[target],
          prior: positives / rows,
          ratios: Object.fromEntries(ratios),
        };
      }),
    );
  },
  outOfFold(x, { smoothing, folds: nFolds, shuffle, seed }, y, { ratios }, names) {
    const random = shuffle ? new Random(seed).stream(TYPE) : undefined;
    if (isTargetValues(y))
      return outOfFoldMeans(x, Object.keys(ratios), names, smoothing, y, { nFolds, random });
    const labels = severalClasses(x, y);
    const targets = encodedClasses(labels);
    const folds = stratifiedFolds(labels, nFolds, random);
    const score = smoothedShare(smoothing);
    const replacements = Object.keys(ratios).map((name, i) => {
      const column = x.category(name);
      const columns = targets.map((target, k) => {
        const values = outOfFoldScores(column, labels, target, score, folds, nFolds);
        return [names[i * targets.length + k], numericColumn(values)] as const;
      });
      return [name, columns] as const;
    });
    return replaceColumns(x, new Map(replacements));
  },
  restore(state) {
    // With two classes, the field is absent.
    const rest = state.has('others') ? state.children('others') : [];
    const [first, ...others] = [state, ...rest].map(restoreShares);
    if (others.length > 0) {
      const levels = levelNames(first.ratios);
      const haveSame = others.every(({ ratios }) => levelNames(ratios) === levels);
      state.expect(haveSame, 'others', 'shares of the levels of the first class');
      const classes = [first, ...others].map(({ positive }) => positive);
      state.expect(
        firstRepeated(classes) === undefined,
        'others',
        'shares of further classes, without duplicates',
      );
    }
    return stateOf([first, ...others]);
  },
  makes(state) {
    const classes = classesOf(state);
    const replaced = Object.keys(state.ratios);
    const names = replaced.flatMap((name) =>
      classes.map(({ positive }) => encodedName(name, positive, classes.length)),
    );
    return { names, replaced };
  },
  apply(state, names) {
    const classes = classesOf(state);
    const priors = classes.map(({ prior }) => prior);
    const encodings = Object.keys(state.ratios).map((name, i) => {
      const own = names.slice(i * classes.length, (i + 1) * classes.length);
      const numbers = levelNumbers(classes.map(({ ratios }) => ratios[name]));
      return [name, { names: own, numbers, unseen: priors, missing: priors }] as const;
    });
    return encoding(new Map(encodings));
  },
  describe(state) {
    const counts = levelCountsText(state.ratios);
    if (state.positive === undefined) return `${counts}; overall mean ${state.prior.toPrecision(3)}`;
    const priors = classesOf(state).map(({ positive, prior }) => `${positive} ${prior.toPrecision(3)}`);
    return `${counts}; overall share of ${priors.join(', ')}`;
  },
}) {}

/** The shares that a `CategoryEncoder` has learned. */
export type FittedCategoryEncoder = FittedBy<typeof CategoryEncoder>;

function stateOf([first, ...others]: readonly ClassShares[]): CategoryEncoderState {
  return others.length > 0 ? { ...first, others } : first;
}

function classesOf(state: CategoryEncoderState): readonly ClassShares[] {
  return [state, ...(state.others ?? [])];
}

/** The columns and their levels, as text for comparison. */
function levelNames(ratios: ClassShares['ratios']): string {
  return JSON.stringify(Object.entries(ratios).map(([name, ratioOf]) => [name, Object.keys(ratioOf)]));
}

/** The shares of each level, one per class. */
function levelNumbers(ratios: readonly Readonly<Record<string, number>>[]): Map<string, number[]> {
  return new Map(Object.keys(ratios[0]).map((level) => [level, ratios.map((ratioOf) => ratioOf[level])]));
}

/** With two classes only the second is encoded, since the share of the first follows from it; with more, each class. */
function encodedClasses({ classes }: Labels): number[] {
  return classes.length === 2 ? [1] : Array.from(classes.keys());
}

function encodedName(column: string, target: ClassLabel | undefined, nEncoded: number): string {
  return nEncoded === 1 ? column : `${column}_${target}`;
}

function severalClasses(x: Table, y: TargetLike | undefined): Labels {
  const given = isDurations(y) ? Labels.from(y.events, [0, 1]) : (y as LabelsLike | undefined);
  const labels = trainingLabels(TYPE, x, given);
  if (labels.classes.length < 2) {
    const classes = labels.classes.map(String).join(', ');
    throw new ChurnError(
      'invalid-target',
      `${TYPE} expects two or more classes, got ${labels.classes.length} (${classes})`,
    );
  }
  return labels;
}

function restoreShares(state: StateReader): ClassShares {
  if (!state.has('positive')) {
    return { prior: state.number('prior'), ratios: state.record('ratios', isNumberRecord) };
  }
  return {
    positive: state.label('positive'),
    prior: state.number('prior', { from: 0, to: 1 }),
    ratios: state.record('ratios', areShares),
  };
}

function isDurations(y: TargetLike | undefined): y is Durations {
  return (y as Partial<Durations> | null | undefined)?.kind === 'durations';
}

function isTargetValues(y: TargetLike | undefined): y is TargetValues {
  // Not instanceof: they may come from the other build (ESM or CommonJS) of the package.
  return (y as Partial<TargetValues> | null | undefined)?.kind === 'values';
}

function meansOf(
  x: Table,
  columns: readonly string[],
  smoothing: Smoothing,
  amounts: TargetValues,
): CategoryEncoderState {
  requireTargetPerRow(x, amounts);
  if (x.nRows === 0) throw new ChurnError('invalid-data', `${TYPE}: the table has no rows`);
  const prior = amounts.values.reduce((sum, amount) => sum + amount, 0) / x.nRows;
  const ratios = columns.map((name) => {
    const column = x.category(name);
    const { means } = levelMeans(column, amounts.values, smoothing);
    const present = column.levels.map((level, code) => [level, means[code]] as const);
    return [name, Object.fromEntries(present.filter(([, mean]) => !Number.isNaN(mean)))];
  });
  return { prior, ratios: Object.fromEntries(ratios) };
}

/** Encodes each row from the rows of the other folds, which are of nearly equal size. */
function outOfFoldMeans(
  x: Table,
  columns: readonly string[],
  names: readonly string[],
  smoothing: Smoothing,
  amounts: TargetValues,
  { nFolds, random }: { readonly nFolds: number; readonly random: Random | undefined },
): Table {
  // Rows of a single class are dealt like rows without a class.
  const folds = stratifiedFolds(Labels.from(new Uint8Array(x.nRows), [0]), nFolds, random);
  const replacements = columns.map((name, i) => {
    const column = x.category(name);
    const values = new Float64Array(x.nRows);
    for (let fold = 0; fold < nFolds; fold++) {
      if (!folds.includes(fold)) continue;
      const { prior, means } = levelMeans(column, amounts.values, smoothing, (row) => folds[row] !== fold);
      for (let row = 0; row < values.length; row++) {
        if (folds[row] !== fold) continue;
        const mean = column.codes[row] < 0 ? NaN : means[column.codes[row]];
        values[row] = Number.isNaN(mean) ? prior : mean;
      }
    }
    return [name, [[names[i], numericColumn(values)] as const]] as const;
  });
  return replaceColumns(x, new Map(replacements));
}

function areShares(value: unknown): value is Record<string, number> {
  return isNumberRecord(value) && Object.values(value).every((share) => share >= 0 && share <= 1);
}
