import {
  type Attributions,
  ChurnError,
  type FitOptions,
  type FittedRegressor,
  integerParameter,
  type JsonObject,
  numberParameter,
  type OptionsOf,
  Random,
  type Regressor,
  type Restorable,
  readOptions,
  regressorParameter,
  required,
  requireTargetPerRow,
  restorePart,
  type StateReader,
  sampleWeights,
  savedPart,
  Table,
  type TableSchema,
  TargetValues,
  type TargetValuesLike,
  withDefault,
} from '@churn/core';
import { partedBy } from '../class-folds.js';
import type { LinearTerm } from '../linear/linear-term.js';
import { Ridge } from '../linear-regression/ridge.js';
import { memberColumns, requireRegressors, restoredMembers } from './members.js';
import { regressorsParameter } from './members-parameter.js';
import { canExplain, regressorAttributions } from './regressor-attributions.js';
import { fitOn } from './rows.js';

const parameters = {
  /** The member regressors; pipelines with their own processing are allowed. */
  regressors: required(regressorsParameter()),
  /** The regressor fitted on their predictions. Default `new Ridge()`. */
  final: regressorParameter(),
  /** The number of folds, at least 2. Default 5. */
  cv: withDefault(integerParameter({ from: 2 }), 5),
  /** The seed of the folds. Default 0. */
  seed: withDefault(numberParameter(), 0),
};

export type StackingRegressorOptions = OptionsOf<typeof parameters>;

/**
 * Stacking: a regressor that learns how to combine others (Wolpert, "Stacked generalization", 1992; scikit-learn's `StackingRegressor`,
 * with shuffled folds).
 *
 * Each row is predicted by regressors fitted without its fold, a final regressor is fitted on these predictions, and the regressors are
 * refitted on all rows.
 *
 * ```ts
 * const stacked = new StackingRegressor({ regressors: [new Ridge(), new PoissonRegressor()] });
 * await loadModel(file, [StackingRegressor, Ridge, PoissonRegressor]);
 * ```
 */
export class StackingRegressor implements Regressor<FittedStackingRegressor> {
  readonly role = 'regressor';
  static readonly type = 'StackingRegressor';
  static readonly parameters = parameters;
  /** Everything that the inner regressors accept; sample weights are passed to those that support them. */
  static readonly accepts = { missing: true, categories: true, sampleWeight: true };
  readonly regressors: readonly Regressor[];
  readonly final: Regressor;
  readonly cv: number;
  readonly seed: number;

  /** @throws `invalid-parameter`, naming the parameter. */
  constructor(options: StackingRegressorOptions) {
    const { regressors, final, cv, seed } = readOptions(parameters, options);
    this.regressors = [...regressors];
    this.final = final ?? new Ridge();
    this.cv = cv;
    this.seed = seed;
  }

  /** @throws `model-file` if `state` is not a state of this class, or contains a class that was not given. */
  static restore(state: StateReader, classes: readonly Restorable[]): FittedStackingRegressor {
    const members = restoredMembers(state, classes, 'regressor');
    const final = restorePart(state.child('final'), classes, 'regressor');
    const names = columnNames(members.length);
    const areOfMembers =
      final.features.length === names.length && final.features.every((name, i) => name === names[i]);
    state.expect(areOfMembers, 'final', 'a regressor on the predictions of the members');
    return new FittedStackingRegressor(members, final);
  }

  /**
   * @throws `invalid-target` if a target value is missing or infinite; `invalid-data` if there are fewer rows than folds, or `y` or the
   * sample weights differ in length from `x`; and the errors of the regressors.
   */
  fit(x: Table, y: TargetValuesLike, options: FitOptions = {}): FittedStackingRegressor {
    const target = TargetValues.from(y);
    requireTargetPerRow(x, target);
    const table = { x, target, weights: sampleWeights(options, x.nRows) };
    const folds = this.#folds(x.nRows);
    const columns = this.regressors.map(() => new Float64Array(x.nRows));
    for (let fold = 0; fold < this.cv; fold++) {
      const { inside, outside } = partedBy(folds, fold);
      const heldOut = x.take(inside);
      this.regressors.forEach((each, j) => {
        fitOn(each, table, outside)
          .predict(heldOut)
          .forEach((amount, i) => {
            columns[j][inside[i]] = amount;
          });
      });
    }
    const final = fitOn(this.final, { ...table, x: memberTable(columns) });
    return new FittedStackingRegressor(
      this.regressors.map((each) => fitOn(each, table)),
      final,
    );
  }

  /** The fold of each row, drawn at random; their sizes differ by at most one. */
  #folds(nRows: number): Int32Array {
    if (nRows < this.cv) {
      throw new ChurnError('invalid-data', `expected at least ${this.cv} rows, one per fold, got ${nRows}`);
    }
    const folds = Int32Array.from({ length: nRows }, (_, row) => row % this.cv);
    new Random(this.seed).stream(StackingRegressor.type).shuffle(folds);
    return folds;
  }
}

function columnNames(nMembers: number): string[] {
  return Array.from({ length: nMembers }, (_, i) => `member ${i + 1}`);
}

function memberTable(columns: readonly Float64Array[]): Table {
  return Table.fromColumns(
    columnNames(columns.length).map((name, j): [string, Float64Array] => [name, columns[j]]),
  );
}

/** A fitted stacking regressor. */
export class FittedStackingRegressor implements FittedRegressor {
  readonly role = 'regressor';
  readonly type = StackingRegressor.type;
  /** The columns of all members, in order of first appearance. */
  readonly features: readonly string[];
  /** Present if the members know the kinds of all their columns. */
  readonly schema?: TableSchema;
  /**
   * The exact contributions of the raw columns to the prediction; present if a linear model combines members that all have attributions.
   */
  readonly attributions?: (x: Table) => Attributions;

  /**
   * @param members shared columns must be of the same kind.
   * @param final the regressor fitted on their predictions.
   * @throws `invalid-parameter`, naming the member.
   */
  constructor(
    readonly members: readonly FittedRegressor[],
    readonly final: FittedRegressor,
  ) {
    requireRegressors(members);
    const { features, schema } = memberColumns(members);
    this.features = features;
    if (schema) this.schema = schema;
    // Not instanceof: it may come from the other build (ESM or CommonJS) of this package.
    const [term] = (final as Partial<{ readonly terms: readonly LinearTerm[] }>).terms ?? [];
    if (term && canExplain([...members, final])) {
      this.attributions = (x) => regressorAttributions(this, term.intercept, term.coefficients, x);
    }
  }

  get state(): JsonObject {
    return { members: this.members.map(savedPart), final: savedPart(this.final) };
  }

  /** @throws the errors of the members. */
  predict(x: Table): Float64Array {
    return this.final.predict(memberTable(this.members.map((member) => member.predict(x))));
  }
}
