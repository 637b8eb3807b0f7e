import {
  type Attributions,
  type Classifier,
  type ClassLabel,
  type ClassProbabilities,
  classifierParameter,
  classLabels,
  type FitOptions,
  type FittedClassifier,
  integerParameter,
  type JsonObject,
  type LabelsLike,
  numberParameter,
  type OptionsOf,
  type Restorable,
  readOptions,
  required,
  restorePart,
  type StateReader,
  sampleWeights,
  savedPart,
  Table,
  type TableSchema,
  withDefault,
} from '@churn/core';
import { scoresOf } from '../calibration/best-calibration.js';
import { logOdds } from '../calibration/log-odds.js';
import { classFolds, partedBy } from '../class-folds.js';
import { rescaled } from '../explanation/probability-attributions.js';
import type { LinearTerm } from '../linear/linear-term.js';
import { sigmoid } from '../linear/logistic-loss.js';
import { LogisticRegression } from '../linear/logistic-regression.js';
import { addAttribution, noAttribution } from './member-sums.js';
import { memberColumns, requireMembers, restoredMembers } from './members.js';
import { classifiersParameter } from './members-parameter.js';
import { fitOn } from './rows.js';

const parameters = {
  /** The member classifiers; pipelines with their own processing are allowed. */
  classifiers: required(classifiersParameter()),
  /** The classifier fitted on the log-odds of their probabilities. Default `new LogisticRegression()`. */
  final: classifierParameter(),
  /** The number of folds, at least 2. Default 5. */
  cv: withDefault(integerParameter({ from: 2 }), 5),
  /** The seed of the folds. Default 0. */
  seed: withDefault(numberParameter(), 0),
};

export type StackingClassifierOptions = OptionsOf<typeof parameters>;

/**
 * Stacking: a classifier that learns how to combine others (Wolpert, "Stacked generalization", 1992; scikit-learn's
 * `StackingClassifier`).
 *
 * Each row is predicted by classifiers fitted without its fold, a final classifier is fitted on the log-odds of these probabilities, and
 * the classifiers are refitted on all rows. So the final one never sees a probability of a model that was fitted on the same row.
 *
 * ```ts
 * const stacked = new StackingClassifier({ classifiers: [new RandomForestClassifier(), new LogisticRegression()] });
 * await loadModel(file, [StackingClassifier, RandomForestClassifier, LogisticRegression]);
 * ```
 */
export class StackingClassifier implements Classifier<FittedStackingClassifier> {
  readonly role = 'classifier';
  static readonly type = 'StackingClassifier';
  static readonly parameters = parameters;
  /** Everything that the inner classifiers accept; sample weights are passed to those that support them. */
  static readonly accepts = { missing: true, categories: true, sampleWeight: true };
  readonly classifiers: readonly Classifier[];
  readonly final: Classifier;
  readonly cv: number;
  readonly seed: number;

  /** @throws `invalid-parameter`, naming the parameter. */
  constructor(options: StackingClassifierOptions) {
    const { classifiers, final, cv, seed } = readOptions(parameters, options);
    this.classifiers = [...classifiers];
    this.final = final ?? new LogisticRegression();
    this.cv = cv;
    this.seed = seed;
  }

  /** @throws `model-file` if the state is not one of a stacking classifier, or contains a class that was not given. */
  static restore(state: StateReader, classes: readonly Restorable[]): FittedStackingClassifier {
    const members = restoredMembers(state, classes, 'classifier');
    const final = restorePart(state.child('final'), classes, 'classifier');
    const areOfMembers =
      sameList(final.classes, members[0].classes) &&
      sameList(final.features, columnNames(members.length, final.classes));
    state.expect(areOfMembers, 'final', 'a classifier of the log-odds of the members, of the same classes');
    return new FittedStackingClassifier(members, final);
  }

  /**
   * @throws `invalid-target` if fewer than two classes have rows, or a class has fewer rows than there are folds; `invalid-data` if `y`
   * or the sample weights differ in length from `x`; and the errors of the classifiers.
   */
  fit(x: Table, y: LabelsLike, options: FitOptions = {}): FittedStackingClassifier {
    const labels = classLabels(y, x);
    const table = { x, target: labels, weights: sampleWeights(options, x.nRows) };
    const folds = classFolds(labels, this, StackingClassifier.type);
    const names = columnNames(this.classifiers.length, labels.classes);
    const columns = names.map((name): [string, Float64Array] => [name, new Float64Array(x.nRows)]);
    for (let fold = 0; fold < this.cv; fold++) {
      const { inside, outside } = partedBy(folds, fold);
      const heldOut = x.take(inside);
      const members = this.classifiers.map((each) => fitOn(each, table, outside));
      columnsOf(members, heldOut).forEach((values, j) => {
        for (let i = 0; i < inside.length; i++) columns[j][1][inside[i]] = values[i];
      });
    }
    const final = fitOn(this.final, { ...table, x: Table.fromColumns(columns) });
    return new FittedStackingClassifier(
      this.classifiers.map((each) => fitOn(each, table)),
      final,
    );
  }
}

/** A column a member for two classes, else one a member and class. */
function columnNames(nMembers: number, classes: readonly ClassLabel[]): string[] {
  return Array.from({ length: nMembers }, (_, i) => i + 1).flatMap((member) =>
    classes.length === 2 ? [`member ${member}`] : classes.map((label) => `member ${member}: ${label}`),
  );
}

function columnsOf(members: readonly FittedClassifier[], x: Table): Float64Array[] {
  return members.flatMap((member) => scoresOf(member.predictProba(x)));
}

function sameList(a: readonly unknown[], b: readonly unknown[]): boolean {
  return a.length === b.length && a.every((each, i) => each === b[i]);
}

/** A fitted stacking classifier. */
export class FittedStackingClassifier implements FittedClassifier {
  readonly role = 'classifier';
  readonly type = StackingClassifier.type;
  /** The columns of all members, in order of first appearance. */
  readonly features: readonly string[];
  /** Present if the members know the kinds of all their columns. */
  readonly schema?: TableSchema;
  /**
   * The contributions of the raw columns to the final log-odds; present for two classes if a logistic regression combines members that
   * all have attributions. The log-odds of the members count exactly by their coefficients; members that explain probabilities, such as
   * forests, are rescaled to log-odds row by row, so that their sums are exact.
   */
  readonly attributions?: (x: Table) => Attributions;

  /**
   * @param members with the same classes in the same order; shared columns must be of the same kind.
   * @param final the classifier fitted on the log-odds of their probabilities.
   * @throws `invalid-parameter`, naming the member.
   */
  constructor(
    readonly members: readonly FittedClassifier[],
    readonly final: FittedClassifier,
  ) {
    requireMembers(members);
    const { features, schema } = memberColumns(members);
    this.features = features;
    if (schema) this.schema = schema;
    const [term, ...others] = (final as Partial<{ readonly terms: readonly LinearTerm[] }>).terms ?? [];
    if (term && others.length === 0 && members.every((member) => member.attributions)) {
      this.attributions = (x) => this.#attributions(x, term);
    }
  }

  get state(): JsonObject {
    return { members: this.members.map(savedPart), final: savedPart(this.final) };
  }

  get classes(): readonly ClassLabel[] {
    return this.final.classes;
  }

  /** @throws the errors of the members. */
  predictProba(x: Table): ClassProbabilities {
    return this.final.predictProba(this.#logOdds(x));
  }

  /** @throws the errors of the members. */
  predict(x: Table): ClassLabel[] {
    return this.final.predict(this.#logOdds(x));
  }

  #logOdds(x: Table): Table {
    const columns = columnsOf(this.members, x);
    const names = columnNames(this.members.length, this.classes);
    return Table.fromColumns(names.map((name, j): [string, Float64Array] => [name, columns[j]]));
  }

  #attributions(x: Table, { coefficients, intercept }: LinearTerm): Attributions {
    const sum = noAttribution(this.features, x.nRows);
    sum.baseline = intercept;
    this.members.forEach((member, i) => {
      const { unit, outputs } = (member as Required<FittedClassifier>).attributions(x);
      const own = rescaled(outputs[0], (sums) => logOdds(unit === 'log-odds' ? sums.map(sigmoid) : sums));
      addAttribution(sum, this.features, member, coefficients[i], own);
    });
    return { unit: 'log-odds', outputs: [sum] };
  }
}
