import {
  type Attributions,
  type Classifier,
  type ClassLabel,
  type ClassProbabilities,
  checkedProbabilities,
  classLabels,
  type FitOptions,
  type FittedClassifier,
  type JsonObject,
  type LabelsLike,
  likeliest,
  listOf,
  numberParameter,
  type OptionsOf,
  type Restorable,
  readOptions,
  required,
  requireParameter,
  type StateReader,
  sampleWeights,
  savedPart,
  type Table,
  type TableSchema,
} from '@churn/core';
import { probabilityAttributions } from '../explanation/probability-attributions.js';
import { areShares } from '../shares.js';
import { acceptedOptions } from './accepted-options.js';
import { addAttribution, meanImportances, noAttribution, sharesOf } from './member-sums.js';
import { memberColumns, requireMembers, restoredMembers } from './members.js';
import { classifiersParameter } from './members-parameter.js';

const parameters = {
  /** The classifiers whose probabilities are averaged; pipelines with their own processing are allowed. */
  classifiers: required(classifiersParameter()),
  /** The weight of each classifier, at least 0. Default: equal weights. */
  weights: listOf(numberParameter({ from: 0 })),
};

export type VotingClassifierOptions = OptionsOf<typeof parameters>;

/**
 * The weighted mean of the probabilities of several classifiers: scikit-learn's `VotingClassifier(voting="soft")`. Models that err in
 * different ways are often better together than the best of them.
 *
 * ```ts
 * const forest = new RandomForestClassifier();
 * const linear = new Pipeline([new StandardScaler()], new LogisticRegression());
 * new VotingClassifier({ classifiers: [forest, linear], weights: [2, 1] }).fit(x, y);
 *
 * // One specification with several seeds varies less than with any one of them.
 * const seeds = [1, 2, 3].map((seed) => new GradientBoostingClassifier({ subsample: 0.8, seed }));
 * new VotingClassifier({ classifiers: seeds }).fit(x, y);
 * ```
 */
export class VotingClassifier implements Classifier<FittedVotingClassifier> {
  readonly role = 'classifier';
  static readonly type = 'VotingClassifier';
  static readonly parameters = parameters;
  /** Everything that the inner classifiers accept; sample weights are passed to those that support them. */
  static readonly accepts = { missing: true, categories: true, sampleWeight: true };
  readonly classifiers: readonly Classifier[];
  /** The normalized weights, which add up to 1. */
  readonly weights: readonly number[];

  /** @throws `invalid-parameter`, naming the parameter. */
  constructor(options: VotingClassifierOptions) {
    const { classifiers, weights } = readOptions(parameters, options);
    this.classifiers = [...classifiers];
    const shares = sharesOf(weights, classifiers.length);
    requireParameter(
      shares !== undefined,
      'weights',
      `${classifiers.length} non-negative numbers, not all 0`,
      weights,
    );
    this.weights = shares ?? [];
  }

  /** @throws `model-file` if `state` is not a state of this class, or contains a class that was not given. */
  static restore(state: StateReader, classes: readonly Restorable[]): FittedVotingClassifier {
    const members = restoredMembers(state, classes, 'classifier');
    const weights = state.numbers('weights', { length: members.length, from: 0, to: 1 });
    state.expect(areShares(weights), 'weights', 'numbers that add up to 1');
    return new FittedVotingClassifier(members, weights);
  }

  /** @throws `invalid-target` if there are fewer than two classes; and the errors of the classifiers. */
  fit(x: Table, y: LabelsLike, options: FitOptions = {}): FittedVotingClassifier {
    const labels = classLabels(y, x);
    sampleWeights(options, x.nRows);
    const members = this.classifiers.map((each) => each.fit(x, labels, acceptedOptions(each, options)));
    return new FittedVotingClassifier(members, this.weights);
  }
}

/** Fitted classifiers whose probabilities are averaged. */
export class FittedVotingClassifier implements FittedClassifier {
  readonly role = 'classifier';
  readonly type: string = VotingClassifier.type;
  /** The columns of all members, in order of first appearance. */
  readonly features: readonly string[];
  /** Present if the members know the kinds of all their columns. */
  readonly schema?: TableSchema;
  /**
   * The weighted sums of the members' attributions, on the scale of probabilities; present only if all members have them. A baseline and
   * the contributions to a row always add up to its probability. Attributions of probabilities, as of forests, remain exact; attributions
   * of log-odds are rescaled row by row.
   */
  readonly attributions?: (x: Table) => Attributions;
  /** The weighted mean of the members' importances; present only if all members have them. */
  readonly importances?: () => Float64Array;

  /**
   * @param members with the same classes in the same order; shared columns must be of the same kind.
   * @param weights one non-negative number per member; they add up to 1.
   * @throws `invalid-parameter`, naming the member or the weights.
   */
  constructor(
    readonly members: readonly FittedClassifier[],
    readonly weights: readonly number[],
  ) {
    requireMembers(members);
    const areRight =
      Array.isArray(weights) &&
      weights.length === members.length &&
      weights.every((weight) => weight >= 0) &&
      areShares(weights);
    requireParameter(areRight, 'weights', `${members.length} non-negative numbers that add up to 1`, weights);
    const { features, schema } = memberColumns(members);
    this.features = features;
    if (schema) this.schema = schema;
    if (members.every((member) => member.attributions)) this.attributions = (x) => this.#attributions(x);
    if (members.every((member) => member.importances)) {
      this.importances = () => meanImportances(members, weights, features);
    }
  }

  get state(): JsonObject {
    return { weights: this.weights, members: this.members.map(savedPart) };
  }

  get classes(): readonly ClassLabel[] {
    return this.members[0].classes;
  }

  /** @throws the errors of the members. */
  predictProba(x: Table): ClassProbabilities {
    const sums = this.classes.map(() => new Float64Array(x.nRows));
    this.members.forEach((member, i) => {
      const weight = this.weights[i];
      member.predictProba(x).forEach((column, k) => {
        const sum = sums[k];
        for (let row = 0; row < sum.length; row++) sum[row] += weight * column[row];
      });
    });
    // Rounding may raise a probability above 1.
    for (const sum of sums) for (let row = 0; row < sum.length; row++) if (sum[row] > 1) sum[row] = 1;
    return checkedProbabilities(x, this.features, sums);
  }

  predict(x: Table): ClassLabel[] {
    return likeliest(this.classes, this.predictProba(x));
  }

  #attributions(x: Table): Attributions {
    const nOutputs = this.classes.length === 2 ? 1 : this.classes.length;
    const outputs = Array.from({ length: nOutputs }, () => noAttribution(this.features, x.nRows));
    this.members.forEach((member, i) => {
      const own = probabilityAttributions((member as Required<FittedClassifier>).attributions(x));
      own.outputs.forEach((output, k) => {
        addAttribution(outputs[k], this.features, member, this.weights[i], output);
      });
    });
    return { unit: 'probability', outputs };
  }
}
