import {
  type Attributions,
  ChurnError,
  type Classifier,
  type ClassLabel,
  checkedProbabilities,
  classifierParameter,
  classLabels,
  type FitOptions,
  type FittedClassifier,
  type FittedModel,
  type JsonObject,
  type Labels,
  type LabelsLike,
  likeliest,
  numberParameter,
  type OptionsOf,
  oneOf,
  Random,
  type Restorable,
  readOptions,
  required,
  requireTargetPerRow,
  restorePart,
  type SettingsOf,
  type StateReader,
  sampleWeights,
  savedPart,
  stratifiedFolds,
  type Table,
  type TableSchema,
  wholeNumberParameter,
  withDefault,
} from '@churn/core';
import { classifierScores, scoreAttributions } from './classifier-scores.js';
import { type IsotonicFit, isotonicRegression, isotonicValues } from './isotonic-regression.js';
import { plattScaling, restoreSigmoid, type SigmoidFit, sigmoidValues } from './platt-scaling.js';

/** How scores become probabilities. */
export type CalibrationMethod = 'sigmoid' | 'isotonic';

const METHODS: readonly CalibrationMethod[] = ['sigmoid', 'isotonic'];

const parameters = {
  /** The classifier whose probabilities are to be put right; a `Pipeline` is one too. */
  classifier: required(classifierParameter()),
  /** `'sigmoid'` (default) fits two numbers (Platt scaling); `'isotonic'` any rising function, and wants some thousand rows. */
  method: withDefault(oneOf(METHODS), 'sigmoid'),
  /** The number of folds, from 2. Default 5. */
  cv: withDefault(wholeNumberParameter({ from: 2 }), 5),
  /** The seed of the folds. Default 0. */
  seed: withDefault(numberParameter(), 0),
};

export type CalibratedClassifierOptions<F extends FittedClassifier = FittedClassifier> = OptionsOf<
  typeof parameters
> & { readonly classifier: Classifier<F> };

/**
 * A classifier whose probabilities are what they say: of the rows given 0.3, three in ten are of the class.
 *
 * Each row is scored by a model that was fitted without its fold, a calibration learns from these scores, and the classifier is
 * fitted once more on all rows: scikit-learn's `CalibratedClassifierCV(ensemble=False)`, but with folds drawn at random, so that the
 * order of the rows cannot spoil them. As there, the scores are those of `decisionFunction` where the model has one, else its
 * probabilities. Of more than two classes each is calibrated against the others, and the probabilities of a row are divided by
 * their sum. An isotonic calibration may give a probability of exactly 0 or 1.
 *
 * ```ts
 * const model = new CalibratedClassifier({ classifier: new Pipeline([new StandardScaler()], forest), method: 'isotonic' });
 * await loadModel(file, [CalibratedClassifier, StandardScaler, RandomForestClassifier]);
 * ```
 */
export class CalibratedClassifier<F extends FittedClassifier = FittedClassifier>
  implements Classifier<FittedCalibratedClassifier<F>>
{
  readonly role = 'classifier';
  static readonly type = 'CalibratedClassifier';
  static readonly parameters = parameters;
  /** All that the classifier inside accepts. */
  static readonly accepts = { missing: true, categories: true, sampleWeight: true };
  readonly classifier: Classifier<F>;
  readonly options: Omit<SettingsOf<typeof parameters>, 'classifier'>;

  /** @throws `invalid-parameter`, naming the parameter. */
  constructor(options: CalibratedClassifierOptions<F>) {
    const { classifier, ...settings } = readOptions(parameters, options);
    this.classifier = classifier as Classifier<F>;
    this.options = settings;
  }

  /** @throws `model-file` where the state is not one of a calibrated classifier, or holds another class than those given. */
  static restore(state: StateReader, classes: readonly Restorable[]): FittedCalibratedClassifier {
    const method = state.oneOf('method', METHODS);
    const calibrators = state.children('calibrators').map(restoredCalibrator[method]);
    const classifier = restorePart(state.child('classifier'), classes, 'classifier');
    const nClasses = classifier.classes.length;
    const isOneEach = calibrators.length === (nClasses === 2 ? 1 : nClasses);
    state.expect(isOneEach, 'calibrators', 'one for two classes, and else one a class');
    return new FittedCalibratedClassifier(classifier, calibrators);
  }

  /**
   * Sample weights count in the fits of the classifier and in the calibration.
   *
   * @throws `invalid-target` where fewer than two classes have rows, or one has rows but fewer than there are folds;
   *   `invalid-data` where `y` or the sample weights are not one a row; and what the classifier throws.
   */
  fit(x: Table, y: LabelsLike, options?: FitOptions): FittedCalibratedClassifier<F> {
    return this.fitMany(x, y, [this], options)[0];
  }

  /**
   * Specifications of the same folds fit their classifiers of one class together, and one classifier once for both methods.
   *
   * @throws what `fit` throws.
   */
  fitMany(
    x: Table,
    y: LabelsLike,
    specifications: readonly CalibratedClassifier<F>[],
    options: FitOptions = {},
  ): FittedCalibratedClassifier<F>[] {
    const labels = classLabels(y);
    requireTargetPerRow(x, labels);
    const rows: WeightedTable = { x, labels, weights: sampleWeights(options, x.nRows) };
    const fitted = new Map<CalibratedClassifier<F>, FittedCalibratedClassifier<F>>();
    for (const group of groupsOf(specifications)) {
      const { cv, seed } = group[0].options;
      requireRowsForFolds(labels, cv);
      const folds = stratifiedFolds(labels, cv, new Random(seed).stream(CalibratedClassifier.type));
      const classifiers = [...new Set(group.map(({ classifier }) => classifier))];
      const scores = outOfFoldScores(classifiers, rows, folds, cv);
      const models = fitTogether(classifiers, rows);
      for (const specification of group) {
        const place = classifiers.indexOf(specification.classifier);
        const calibrators = calibrate(scores[place], rows, specification.options.method);
        fitted.set(specification, new FittedCalibratedClassifier(models[place], calibrators));
      }
    }
    return specifications.map((specification) => fitted.get(specification) as FittedCalibratedClassifier<F>);
  }
}

interface WeightedTable {
  readonly x: Table;
  readonly labels: Labels;
  readonly weights: Float64Array | undefined;
}

/** The specifications that can share their fits, each once. */
function groupsOf<F extends FittedClassifier>(
  specifications: readonly CalibratedClassifier<F>[],
): CalibratedClassifier<F>[][] {
  const groups: CalibratedClassifier<F>[][] = [];
  for (const specification of new Set(specifications)) {
    const { classifier, options } = specification;
    const group = groups.find(
      ([first]) =>
        // The same method, as two objects of one class have.
        first.classifier.fitMany === classifier.fitMany &&
        first.options.cv === options.cv &&
        first.options.seed === options.seed,
    );
    if (group) group.push(specification);
    else groups.push([specification]);
  }
  return groups;
}

/** @throws `invalid-target` where a class has rows, but fewer than there are folds. */
function requireRowsForFolds(labels: Labels, cv: number): void {
  labels.counts().forEach((count, code) => {
    if (count === 0 || count >= cv) return;
    throw new ChurnError(
      'invalid-target',
      `expected at least ${cv} rows of each class, one a fold, got ${count} of ${JSON.stringify(labels.classes[code])}`,
    );
  });
}

/** For each classifier the scores of each row by a model that has not seen its fold. */
function outOfFoldScores<F extends FittedClassifier>(
  classifiers: readonly Classifier<F>[],
  { x, labels, weights }: WeightedTable,
  folds: Int32Array,
  cv: number,
): Float64Array[][] {
  const nScores = labels.classes.length === 2 ? 1 : labels.classes.length;
  const scores = classifiers.map(() => Array.from({ length: nScores }, () => new Float64Array(x.nRows)));
  const rows = Int32Array.from(folds, (_, row) => row);
  for (let fold = 0; fold < cv; fold++) {
    const inside = rows.filter((row) => folds[row] !== fold);
    const outside = rows.filter((row) => folds[row] === fold);
    const heldOut = x.take(outside);
    const models = fitTogether(classifiers, {
      x: x.take(inside),
      labels: labels.take(inside),
      weights: weights && Float64Array.from(inside, (row) => weights[row]),
    });
    models.forEach((model, place) => {
      classifierScores(model, heldOut).forEach((values, k) => {
        for (let i = 0; i < outside.length; i++) scores[place][k][outside[i]] = values[i];
      });
    });
  }
  return scores;
}

/** Fits classifiers of one class, together where they can be. */
function fitTogether<F extends FittedClassifier>(
  classifiers: readonly Classifier<F>[],
  { x, labels, weights }: WeightedTable,
): F[] {
  const options = weights && { sampleWeight: weights };
  const [first] = classifiers;
  return classifiers.length > 1 && first.fitMany
    ? first.fitMany(x, labels, classifiers, options)
    : classifiers.map((classifier) => classifier.fit(x, labels, options));
}

function calibrate(
  scores: readonly Float64Array[],
  { labels, weights }: WeightedTable,
  method: CalibrationMethod,
): Calibrator[] {
  return scores.map((score, k) => {
    const positive = scores.length === 1 ? 1 : k;
    const isPositive = Uint8Array.from(labels.codes, (code) => (code === positive ? 1 : 0));
    return method === 'sigmoid'
      ? plattScaling(score, isPositive, weights)
      : isotonicRegression(score, isPositive, weights);
  });
}

type Calibrator = SigmoidFit | IsotonicFit;

/** A classifier with a calibration behind it. */
export class FittedCalibratedClassifier<F extends FittedClassifier = FittedClassifier>
  implements FittedClassifier
{
  readonly role = 'classifier';
  readonly type = CalibratedClassifier.type;
  /** Those of the classifier on the scale of the calibrated log-odds; there where a sigmoid calibrates a score that they add up to. */
  readonly attributions?: (x: Table) => Attributions;
  /** Those of the classifier, where it has them. */
  readonly importances?: () => Float64Array;

  constructor(
    /** The classifier, fitted on all rows. */
    readonly classifier: F,
    /** What turns its scores into probabilities: one for two classes, else one a class. */
    readonly calibrators: readonly Calibrator[],
  ) {
    const [calibrator] = calibrators;
    const ofScore = scoreAttributions(classifier);
    if (ofScore && isSigmoid(calibrator)) this.attributions = (x) => throughSigmoid(calibrator, ofScore(x));
    if (classifier.importances) this.importances = () => (classifier as FittedModel).importances!();
  }

  get state(): JsonObject {
    return {
      method: isSigmoid(this.calibrators[0]) ? 'sigmoid' : 'isotonic',
      calibrators: this.calibrators,
      classifier: savedPart(this.classifier),
    };
  }

  get classes(): readonly ClassLabel[] {
    return this.classifier.classes;
  }

  get features(): readonly string[] {
    return this.classifier.features;
  }

  get schema(): TableSchema | undefined {
    return this.classifier.schema;
  }

  predictProba(x: Table): Float64Array[] {
    const columns = classifierScores(this.classifier, x).map((scores, k) => {
      const calibrator = this.calibrators[k];
      return isSigmoid(calibrator) ? sigmoidValues(calibrator, scores) : isotonicValues(calibrator, scores);
    });
    if (columns.length === 1) {
      const [positive] = columns;
      return checkedProbabilities(x, this.features, [positive.map((p) => 1 - p), positive]);
    }
    // Before they are divided by their sum, which would hide what is none.
    checkedProbabilities(x, this.features, columns);
    for (let row = 0; row < x.nRows; row++) {
      let sum = 0;
      for (const column of columns) sum += column[row];
      // An isotonic calibration may give no class a chance; all are then as likely.
      for (const column of columns) column[row] = sum > 0 ? column[row] / sum : 1 / columns.length;
    }
    return columns;
  }

  predict(x: Table): ClassLabel[] {
    return likeliest(this.classes, this.predictProba(x));
  }
}

/** The log-odds of a sigmoid are a linear function of the score, and so is what each feature adds to them. */
function throughSigmoid({ slope, intercept }: SigmoidFit, { outputs }: Attributions): Attributions {
  const [{ baseline, contributions }] = outputs;
  return {
    unit: 'log-odds',
    outputs: [
      {
        baseline: slope * baseline + intercept,
        contributions: contributions.map((values) => values.map((value) => slope * value)),
      },
    ],
  };
}

function isSigmoid(calibrator: Calibrator): calibrator is SigmoidFit {
  return 'slope' in calibrator;
}

const restoredCalibrator: Record<CalibrationMethod, (state: StateReader) => Calibrator> = {
  sigmoid: restoreSigmoid,
  isotonic(state) {
    const x = state.numbers('x');
    const areRising = x.length > 0 && x.every((at, i) => i === 0 || at > x[i - 1]);
    state.expect(areRising, 'x', 'one or more rising numbers');
    const y = state.numbers('y', { length: x.length, from: 0, to: 1 });
    state.expect(
      y.every((height, i) => i === 0 || height >= y[i - 1]),
      'y',
      'numbers that do not fall',
    );
    return { x, y };
  },
};
