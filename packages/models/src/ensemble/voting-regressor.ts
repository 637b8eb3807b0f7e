import {
  type Attributions,
  checkedPredictions,
  type FitOptions,
  type FittedRegressor,
  type JsonObject,
  listOf,
  numberParameter,
  type OptionsOf,
  type Regressor,
  type Restorable,
  readOptions,
  required,
  requireParameter,
  requireTargetPerRow,
  type StateReader,
  sampleWeights,
  savedPart,
  type Table,
  type TableSchema,
  TargetValues,
  type TargetValuesLike,
} from '@churn/core';
import { addScaled } from '../linear/loss.js';
import { areShares } from '../shares.js';
import { meanImportances, sharesOf } from './member-sums.js';
import { memberColumns, requireRegressors, restoredMembers } from './members.js';
import { regressorsParameter } from './members-parameter.js';
import { canExplain, regressorAttributions } from './regressor-attributions.js';
import { fitOn } from './rows.js';

const parameters = {
  /** The regressors whose predictions are averaged; pipelines with their own processing are allowed. */
  regressors: required(regressorsParameter()),
  /** The weight of each regressor, at least 0. Default: equal weights. */
  weights: listOf(numberParameter({ from: 0 })),
};

export type VotingRegressorOptions = OptionsOf<typeof parameters>;

/**
 * The weighted mean of the predictions of several regressors: scikit-learn's `VotingRegressor`.
 *
 * ```ts
 * const linear = new Pipeline([new StandardScaler()], new Ridge());
 * new VotingRegressor({ regressors: [linear, new PoissonRegressor()], weights: [2, 1] }).fit(x, y);
 * ```
 */
export class VotingRegressor implements Regressor<FittedVotingRegressor> {
  readonly role = 'regressor';
  static readonly type = 'VotingRegressor';
  static readonly parameters = parameters;
  /** Everything that the inner regressors accept; sample weights are passed to those that support them. */
  static readonly accepts = { missing: true, categories: true, sampleWeight: true };
  readonly regressors: readonly Regressor[];
  /** The normalized weights, which add up to 1. */
  readonly weights: readonly number[];

  /** @throws `invalid-parameter`, naming the parameter. */
  constructor(options: VotingRegressorOptions) {
    const { regressors, weights } = readOptions(parameters, options);
    this.regressors = [...regressors];
    const shares = sharesOf(weights, regressors.length);
    requireParameter(
      shares !== undefined,
      'weights',
      `${regressors.length} non-negative numbers, not all 0`,
      weights,
    );
    this.weights = shares ?? [];
  }

  /** @throws `model-file` if `state` is not a state of this class, or contains a class that was not given. */
  static restore(state: StateReader, classes: readonly Restorable[]): FittedVotingRegressor {
    const members = restoredMembers(state, classes, 'regressor');
    const weights = state.numbers('weights', { length: members.length, from: 0, to: 1 });
    state.expect(areShares(weights), 'weights', 'numbers that add up to 1');
    return new FittedVotingRegressor(members, weights);
  }

  /** @throws `invalid-target` if a target value is missing or infinite; and the errors of the regressors. */
  fit(x: Table, y: TargetValuesLike, options: FitOptions = {}): FittedVotingRegressor {
    const target = TargetValues.from(y);
    requireTargetPerRow(x, target);
    const table = { x, target, weights: sampleWeights(options, x.nRows) };
    return new FittedVotingRegressor(
      this.regressors.map((each) => fitOn(each, table)),
      this.weights,
    );
  }
}

/** Fitted regressors whose predictions are averaged. */
export class FittedVotingRegressor implements FittedRegressor {
  readonly role = 'regressor';
  readonly type = VotingRegressor.type;
  /** The columns of all members, in order of first appearance. */
  readonly features: readonly string[];
  /** Present if the members know the kinds of all their columns. */
  readonly schema?: TableSchema;
  /** The weighted sums of the members' attributions, exactly; present only if all members have some. */
  readonly attributions?: (x: Table) => Attributions;
  /** The weighted mean of the members' importances; present only if all members have them. */
  readonly importances?: () => Float64Array;

  /**
   * @param members shared columns must be of the same kind.
   * @param weights one non-negative number per member; they add up to 1.
   * @throws `invalid-parameter`, naming the member or the weights.
   */
  constructor(
    readonly members: readonly FittedRegressor[],
    readonly weights: readonly number[],
  ) {
    requireRegressors(members);
    const areRight =
      Array.isArray(weights) &&
      weights.length === members.length &&
      weights.every((weight) => weight >= 0) &&
      areShares(weights);
    requireParameter(areRight, 'weights', `${members.length} non-negative numbers that add up to 1`, weights);
    const { features, schema } = memberColumns(members);
    this.features = features;
    if (schema) this.schema = schema;
    if (canExplain(members)) this.attributions = (x) => regressorAttributions(this, 0, weights, x);
    if (members.every((member) => member.importances)) {
      this.importances = () => meanImportances(members, weights, features);
    }
  }

  get state(): JsonObject {
    return { weights: this.weights, members: this.members.map(savedPart) };
  }

  /** @throws the errors of the members. */
  predict(x: Table): Float64Array {
    const sum = new Float64Array(x.nRows);
    this.members.forEach((member, i) => {
      addScaled(sum, this.weights[i], member.predict(x));
    });
    return checkedPredictions(x, this.features, sum);
  }
}
