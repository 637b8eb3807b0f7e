import {
  booleanParameter,
  type Classifier,
  classifierParameter,
  classLabels,
  type FitOptions,
  type FittedClassifier,
  integerParameter,
  type JsonObject,
  type Labels,
  type LabelsLike,
  numberParameter,
  type OptionsOf,
  Random,
  type Restorable,
  readOptions,
  required,
  type SettingsOf,
  type StateReader,
  sampleWeights,
  savedPart,
  type Table,
  withDefault,
} from '@churn/core';
import { classFolds, partedBy } from '../class-folds.js';
import { restoredMembers } from './members.js';
import { fitOn } from './rows.js';
import { FittedVotingClassifier } from './voting-classifier.js';

const parameters = {
  /** The classifier to fit several times; a `Pipeline` is allowed. */
  classifier: required(classifierParameter()),
  /** The number of models, at least 2; each is fitted without one fold. Default 5. */
  cv: withDefault(integerParameter({ from: 2 }), 5),
  /** Whether each model is fitted on a stratified bootstrap sample instead of all rows but a fold. Default false. */
  bootstrap: withDefault(booleanParameter(), false),
  /** The seed of the folds or draws. Default 0. */
  seed: withDefault(numberParameter(), 0),
};

export type BaggedClassifierOptions = OptionsOf<typeof parameters>;

/**
 * The mean of several fits of one classifier on different parts of the rows: it varies less than a single fit, and each training row has
 * a probability by models that were not fitted on it (`outOfFold`), which thresholds, calibrations and ensemble weights can be fitted on.
 *
 * With `bootstrap` it is bagging (Breiman, "Bagging predictors", 1996), and out-of-fold probabilities are averaged over the models that
 * did not draw the row.
 *
 * ```ts
 * const model = new BaggedClassifier({ classifier: new GradientBoostingClassifier(), cv: 8 }).fit(x, y);
 * bestCalibration(model.outOfFold, y);
 * ```
 */
export class BaggedClassifier implements Classifier<FittedBaggedClassifier> {
  readonly role = 'classifier';
  static readonly type = 'BaggedClassifier';
  static readonly parameters = parameters;
  /** Everything that the inner classifier accepts; sample weights are passed on if it supports them. */
  static readonly accepts = { missing: true, categories: true, sampleWeight: true };
  readonly classifier: Classifier;
  readonly options: Omit<SettingsOf<typeof parameters>, 'classifier'>;

  /** @throws `invalid-parameter`, naming the parameter. */
  constructor(options: BaggedClassifierOptions) {
    const { classifier, ...settings } = readOptions(parameters, options);
    this.classifier = classifier;
    this.options = settings;
  }

  /** @throws `model-file` if the state is not one of a bagged classifier, or contains a class that was not given. */
  static restore(state: StateReader, classes: readonly Restorable[]): FittedBaggedClassifier {
    return new FittedBaggedClassifier(restoredMembers(state, classes, 'classifier'));
  }

  /**
   * @throws `invalid-target` if fewer than two classes have rows, or a class has fewer rows than there are folds; `invalid-data` if `y`
   * or the sample weights differ in length from `x`; and the errors of the classifier.
   */
  fit(x: Table, y: LabelsLike, options: FitOptions = {}): FittedBaggedClassifier {
    const labels = classLabels(y, x);
    const table = { x, target: labels, weights: sampleWeights(options, x.nRows) };
    const outOfFold = labels.classes.map(() => new Float64Array(x.nRows));
    const nPredictions = new Int32Array(x.nRows);
    const members = this.#parts(labels).map(({ rows, others }) => {
      const member = fitOn(this.classifier, table, rows);
      member.predictProba(x.take(others)).forEach((column, k) => {
        for (let i = 0; i < others.length; i++) outOfFold[k][others[i]] += column[i];
      });
      for (const row of others) nPredictions[row]++;
      return member;
    });
    // A row that every model has drawn has none: 0 / 0.
    for (const column of outOfFold) for (let row = 0; row < x.nRows; row++) column[row] /= nPredictions[row];
    return new FittedBaggedClassifier(members, outOfFold);
  }

  /** For each model the rows that it is fitted on, and those that it does not see. */
  #parts(labels: Labels): { readonly rows: Int32Array; readonly others: Int32Array }[] {
    const { cv, bootstrap, seed } = this.options;
    const folds = classFolds(labels, { cv, seed }, BaggedClassifier.type);
    return Array.from({ length: cv }, (_, place) => {
      if (!bootstrap) {
        const { inside, outside } = partedBy(folds, place);
        return { rows: outside, others: inside };
      }
      const rows = drawnRows(labels, new Random(seed).stream(BaggedClassifier.type).stream(place));
      const drawn = new Set(rows);
      const all = Int32Array.from(labels.codes, (_, row) => row);
      return { rows, others: all.filter((row) => !drawn.has(row)) };
    });
  }
}

/** As many rows of each class as there are, with replacement, in ascending order. */
function drawnRows({ codes, classes }: Labels, random: Random): Int32Array {
  const ofClass: number[][] = classes.map(() => []);
  codes.forEach((code, row) => {
    ofClass[code].push(row);
  });
  return Int32Array.from(codes, (code) => ofClass[code][random.int(ofClass[code].length)]).sort();
}

/** A fitted bagged classifier: several fits whose probabilities are averaged. */
export class FittedBaggedClassifier extends FittedVotingClassifier {
  override readonly type = BaggedClassifier.type;

  constructor(
    members: readonly FittedClassifier[],
    /**
     * The out-of-fold probability of each class, one array per class with one number per training row, by the models not fitted on the
     * row; `NaN` if all were. Empty in a loaded model.
     */
    readonly outOfFold: readonly Float64Array[] = [],
  ) {
    super(
      members,
      members.map(() => 1 / members.length),
    );
  }

  override get state(): JsonObject {
    return { members: this.members.map(savedPart) };
  }
}
