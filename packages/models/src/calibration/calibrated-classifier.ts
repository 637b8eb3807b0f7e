import {
  type Attributions,
  type Classifier,
  type ClassLabel,
  type ClassProbabilities,
  checkedProbabilities,
  classifierParameter,
  classLabels,
  type FitOptions,
  type FittedClassifier,
  integerParameter,
  type JsonObject,
  type Labels,
  type LabelsLike,
  likeliest,
  numberParameter,
  type OptionsOf,
  oneOf,
  type Restorable,
  readOptions,
  required,
  restorePart,
  type SettingsOf,
  type StateReader,
  sampleWeights,
  savedPart,
  type Table,
  type TableSchema,
  withDefault,
} from '@churn/core';
import { classFolds, partedBy } from '../class-folds.js';
import type { TrainingTable } from '../ensemble/rows.js';
import { rescaled } from '../explanation/probability-attributions.js';
import { sigmoid } from '../linear/logistic-loss.js';
import { bestCalibration, scoresOf } from './best-calibration.js';
import {
  CALIBRATION_METHODS,
  type Calibrator,
  calibratedLogOdds,
  calibratedProbabilities,
  fitCalibrators,
  methodOf,
  nCalibrators,
  restoredCalibrator,
  type ScoreScale,
} from './calibration.js';
import { classifierScores, isDecided } from './classifier-scores.js';
import { logOdds } from './log-odds.js';

const parameters = {
  /** The classifier to calibrate; a `Pipeline` is allowed. */
  classifier: required(classifierParameter()),
  /**
   * The calibration method: `'sigmoid'` (default) fits two parameters (Platt scaling); `'isotonic'` any non-decreasing function, and
   * needs some thousand rows. On probabilities, `'temperature'` fits one parameter for all classes, and `'beta'` three. `'auto'` chooses
   * the method with the lowest cross-validated log loss, or no calibration; see `bestCalibration`.
   */
  method: withDefault(oneOf([...CALIBRATION_METHODS, 'auto']), 'sigmoid'),
  /** The number of folds, at least 2. Default 5. */
  cv: withDefault(integerParameter({ from: 2 }), 5),
  /** The seed of the folds. Default 0. */
  seed: withDefault(numberParameter(), 0),
};

export type CalibratedClassifierOptions<F extends FittedClassifier = FittedClassifier> = OptionsOf<
  typeof parameters
> & { readonly classifier: Classifier<F> };

/**
 * A classifier with calibrated probabilities: of the rows given 0.3, three in ten are of the class.
 *
 * Each row is scored by a model fitted without its fold, the calibration is fitted on these scores, and the classifier is refitted on all
 * rows: scikit-learn's `CalibratedClassifierCV(ensemble=False)`, but with random folds, so that the order of the rows does not matter. As
 * there, sigmoid and isotonic calibration are fitted on the scores of `decisionFunction` if the model has one, otherwise on its
 * probabilities; the other methods are fitted on the log-odds of its probabilities. With more than two classes, each is calibrated
 * against the others, and the probabilities of a row are normalized to sum to 1; one temperature serves all classes. Isotonic calibration
 * may give a probability of exactly 0 or 1.
 *
 * ```ts
 * const forest = new Pipeline([new StandardScaler()], new RandomForestClassifier());
 * const model = new CalibratedClassifier({ classifier: forest, method: 'isotonic' }).fit(x, y);
 * await loadModel(file, [CalibratedClassifier, StandardScaler, RandomForestClassifier]);
 * ```
 */
export class CalibratedClassifier<F extends FittedClassifier = FittedClassifier>
  implements Classifier<FittedCalibratedClassifier<F>>
{
  readonly role = 'classifier';
  static readonly type = 'CalibratedClassifier';
  static readonly parameters = parameters;
  /** Everything that the inner classifier accepts. */
  static readonly accepts = { missing: true, categories: true, sampleWeight: true };
  readonly classifier: Classifier<F>;
  readonly options: Omit<SettingsOf<typeof parameters>, 'classifier'>;

  /** @throws `invalid-parameter`, naming the parameter. */
  constructor(options: CalibratedClassifierOptions<F>) {
    const { classifier, ...settings } = readOptions(parameters, options);
    this.classifier = classifier as Classifier<F>;
    this.options = settings;
  }

  /** @throws `model-file` if `state` is not a state of this class, or contains a class that was not given. */
  static restore(state: StateReader, classes: readonly Restorable[]): FittedCalibratedClassifier {
    const method = state.oneOf('method', [...CALIBRATION_METHODS, 'none']);
    const classifier = restorePart(state.child('classifier'), classes, 'classifier');
    const saved = state.children('calibrators');
    const expected = method === 'none' ? 0 : nCalibrators(method, classifier.classes.length);
    state.expect(saved.length === expected, 'calibrators', `${expected} of method ${method}`);
    const calibrators = method === 'none' ? [] : saved.map(restoredCalibrator[method]);
    const scale = state.has('scale') ? state.oneOf<ScoreScale>('scale', ['score', 'log-odds']) : 'score';
    return new FittedCalibratedClassifier(classifier, calibrators, scale);
  }

  /**
   * Sample weights apply to the classifier and to the calibration.
   *
   * @throws `invalid-target` if fewer than two classes have rows, or a class has fewer rows than there are folds; `invalid-data` if `y`
   * or the sample weights differ in length from `x`; and the errors of the classifier.
   */
  fit(x: Table, y: LabelsLike, options?: FitOptions): FittedCalibratedClassifier<F> {
    return this.fitMany(x, y, [this], options)[0];
  }

  /**
   * Specifications with the same folds fit their classifiers together, and the same classifier only once for all methods.
   *
   * @throws the errors of `fit`.
   */
  fitMany(
    x: Table,
    y: LabelsLike,
    specifications: readonly CalibratedClassifier<F>[],
    options: FitOptions = {},
  ): FittedCalibratedClassifier<F>[] {
    const labels = classLabels(y, x);
    const rows: TrainingTable<Labels> = { x, target: labels, weights: sampleWeights(options, x.nRows) };
    const fitted = new Map<CalibratedClassifier<F>, FittedCalibratedClassifier<F>>();
    for (const group of groupsOf(specifications)) {
      const { cv, seed } = group[0].options;
      const folds = classFolds(labels, { cv, seed }, CalibratedClassifier.type);
      const classifiers = [...new Set(group.map(({ classifier }) => classifier))];
      const needs = group.map(({ options }) => isOfProbabilities(options.method));
      const scores = outOfFoldScores(classifiers, rows, folds, cv, needs);
      const models = fitTogether(classifiers, rows);
      for (const specification of group) {
        const place = classifiers.indexOf(specification.classifier);
        const { calibrators, scale } = calibrationOf(specification.options, scores[place], rows);
        fitted.set(specification, new FittedCalibratedClassifier(models[place], calibrators, scale));
      }
    }
    return specifications.map((specification) => fitted.get(specification) as FittedCalibratedClassifier<F>);
  }
}

/** The distinct specifications that can share their fits. */
function groupsOf<F extends FittedClassifier>(
  specifications: readonly CalibratedClassifier<F>[],
): CalibratedClassifier<F>[][] {
  const groups: CalibratedClassifier<F>[][] = [];
  for (const specification of new Set(specifications)) {
    const { classifier, options } = specification;
    const group = groups.find(
      ([first]) =>
        // Two objects of one class share their methods.
        first.classifier.fitMany === classifier.fitMany &&
        first.options.cv === options.cv &&
        first.options.seed === options.seed,
    );
    if (group) group.push(specification);
    else groups.push([specification]);
  }
  return groups;
}

/** The scores of each row by a model fitted without its fold. */
interface OutOfFold {
  readonly scores: Float64Array[];
  /** One array per class. */
  readonly probabilities: Float64Array[];
}

/** Whether a method is fitted on probabilities, and not on raw scores. */
function isOfProbabilities(method: CalibratedClassifier['options']['method']): boolean {
  return method !== 'sigmoid' && method !== 'isotonic';
}

function outOfFoldScores<F extends FittedClassifier>(
  classifiers: readonly Classifier<F>[],
  { x, target: labels, weights }: TrainingTable<Labels>,
  folds: Int32Array,
  cv: number,
  needsProbabilities: readonly boolean[],
): OutOfFold[] {
  const nClasses = labels.classes.length;
  const arrays = (length: number) => Array.from({ length }, () => new Float64Array(x.nRows));
  const all = classifiers.map(() => ({
    scores: arrays(nClasses === 2 ? 1 : nClasses),
    probabilities: arrays(nClasses),
  }));
  for (let fold = 0; fold < cv; fold++) {
    const { inside, outside } = partedBy(folds, fold);
    const heldOut = x.take(inside);
    const models = fitTogether(classifiers, {
      x: x.take(outside),
      target: labels.take(outside),
      weights: weights && Float64Array.from(outside, (row) => weights[row]),
    });
    const put = (into: Float64Array[], columns: readonly Float64Array[]) =>
      columns.forEach((values, k) => {
        for (let i = 0; i < inside.length; i++) into[k][inside[i]] = values[i];
      });
    models.forEach((model, place) => {
      if (needsProbabilities.includes(false)) put(all[place].scores, classifierScores(model, heldOut));
      if (needsProbabilities.includes(true)) put(all[place].probabilities, model.predictProba(heldOut));
    });
  }
  return all;
}

/** Fits classifiers of one class, together if they can be. */
function fitTogether<F extends FittedClassifier>(
  classifiers: readonly Classifier<F>[],
  { x, target: labels, weights }: TrainingTable<Labels>,
): F[] {
  const options = weights && { sampleWeight: weights };
  const [first] = classifiers;
  return classifiers.length > 1 && first.fitMany
    ? first.fitMany(x, labels, classifiers, options)
    : classifiers.map((classifier) => classifier.fit(x, labels, options));
}

/** The calibration of a specification, fitted on the scores of its classifier. */
function calibrationOf(
  { method, cv, seed }: CalibratedClassifier['options'],
  { scores, probabilities }: OutOfFold,
  { target: labels, weights }: TrainingTable<Labels>,
): { readonly calibrators: readonly Calibrator[]; readonly scale: ScoreScale } {
  if (method === 'auto') {
    const best = bestCalibration(probabilities, labels, { cv, seed, sampleWeight: weights });
    return best ?? { calibrators: [], scale: 'score' };
  }
  const scale = isOfProbabilities(method) ? 'log-odds' : 'score';
  const read = scale === 'log-odds' ? scoresOf(probabilities) : scores;
  return { calibrators: fitCalibrators(method, read, labels, weights), scale };
}

/** A fitted calibrated classifier. */
export class FittedCalibratedClassifier<F extends FittedClassifier = FittedClassifier>
  implements FittedClassifier
{
  readonly role = 'classifier';
  readonly type = CalibratedClassifier.type;
  /**
   * The attributions of the classifier, rescaled row by row so that baseline and contributions add up to the calibrated log-odds or, with
   * isotonic calibration, to the probability; present for two classes if the classifier has attributions. Sigmoid and temperature scaling
   * of explained log-odds are linear, so that the contributions remain exact Shapley values; otherwise the sums are exact, and the
   * proportions are those before calibration.
   */
  readonly attributions?: (x: Table) => Attributions;
  /** The importances of the classifier, if it has them. */
  readonly importances?: () => Float64Array;

  constructor(
    /** The classifier, fitted on all rows. */
    readonly classifier: F,
    /**
     * The calibrators from scores to probabilities: one temperature for all classes, otherwise one for two classes, or one per class for
     * more; none without calibration.
     */
    readonly calibrators: readonly Calibrator[],
    /** The input of the calibrators: scores, or log-odds of probabilities. */
    readonly scale: ScoreScale = 'score',
  ) {
    const { attributions } = classifier;
    const ofClassifier = attributions && ((x: Table) => attributions.call(classifier, x));
    if (ofClassifier && calibrators.length === 0) this.attributions = ofClassifier;
    else if (ofClassifier && classifier.classes.length === 2) {
      this.attributions = (x) => this.#calibrated(ofClassifier(x));
    }
    if (classifier.importances) this.importances = classifier.importances.bind(classifier);
  }

  get state(): JsonObject {
    const { calibrators, scale } = this;
    return {
      method: calibrators.length > 0 ? methodOf(calibrators[0]) : 'none',
      ...(scale !== 'score' && { scale }),
      calibrators,
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

  predictProba(x: Table): ClassProbabilities {
    const { classifier, calibrators, scale, features } = this;
    if (calibrators.length === 0) return classifier.predictProba(x);
    const scores = scale === 'score' ? classifierScores(classifier, x) : scoresOf(classifier.predictProba(x));
    return checkedProbabilities(x, features, calibratedProbabilities(calibrators, scores, { x, features }));
  }

  predict(x: Table): ClassLabel[] {
    return likeliest(this.classes, this.predictProba(x));
  }

  /** @param explained whether attributions explain the score of two classes, its probability or its log-odds. */
  #calibrated({ unit, outputs }: Attributions): Attributions {
    const [calibrator] = this.calibrators;
    const ofProbability = (sums: Float64Array) => (unit === 'log-odds' ? sums.map(sigmoid) : sums);
    const scoresOfSums = (sums: Float64Array) => {
      if (this.scale === 'log-odds') return logOdds(ofProbability(sums));
      return isDecided(this.classifier) ? sums : ofProbability(sums);
    };
    const toLogOdds = calibratedLogOdds(calibrator);
    const calibrated = (sums: Float64Array) =>
      toLogOdds?.(scoresOfSums(sums)) ?? calibratedProbabilities([calibrator], [scoresOfSums(sums)])[1];
    return { unit: toLogOdds ? 'log-odds' : 'probability', outputs: [rescaled(outputs[0], calibrated)] };
  }
}
