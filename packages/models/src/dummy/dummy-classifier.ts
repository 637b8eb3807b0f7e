import {
  type Classifier,
  type ClassLabel,
  type ClassProbabilities,
  checkedProbabilities,
  classLabels,
  conformTo,
  type FitOptions,
  type FittedClassifier,
  isClassLabel,
  type LabelsLike,
  numberParameter,
  type OptionsOf,
  oneOf,
  parameter,
  Random,
  readOptions,
  requireParameter,
  restoreSchema,
  type SettingsOf,
  type StateReader,
  sampleWeights,
  schemaOf,
  type Table,
  type TableSchema,
  withDefault,
} from '@churn/core';
import { areShares } from '../shares.js';

/** How a `DummyClassifier` predicts. */
export type DummyStrategy = 'prior' | 'mostFrequent' | 'stratified' | 'uniform' | 'constant';

const STRATEGIES: readonly DummyStrategy[] = ['prior', 'mostFrequent', 'stratified', 'uniform', 'constant'];

const parameters = {
  /**
   * What to predict, ignoring the columns.
   *
   * - `'prior'` (default): the most frequent class, with the shares of the classes as probabilities;
   * - `'mostFrequent'`: the most frequent class, with probability 1;
   * - `'stratified'`: a class drawn at random by the class shares, with probability 1;
   * - `'uniform'`: a class drawn uniformly at random, with equal probabilities;
   * - `'constant'`: the class `constant`, with probability 1.
   */
  strategy: withDefault(oneOf(STRATEGIES), 'prior'),
  /** The class that the strategy `'constant'` predicts. */
  constant: parameter('the class to predict', isClassLabel),
  /** The seed of the draws. Default 0. */
  seed: withDefault(numberParameter(), 0),
};

export type DummyClassifierOptions = OptionsOf<typeof parameters>;

/**
 * A classifier that ignores the columns: the baseline that a real one has to beat. It behaves like scikit-learn's `DummyClassifier`,
 * except that the draw for a row depends only on the seed and the row index, so that `predict` and `predictProba` agree and repeated
 * calls give the same result.
 *
 * ```ts
 * const baseline = new DummyClassifier({ strategy: 'prior' }).fit(train, churned);
 * ```
 */
export class DummyClassifier implements Classifier<FittedDummyClassifier> {
  readonly role = 'classifier';
  static readonly type = 'DummyClassifier';
  static readonly parameters = parameters;
  static readonly accepts = { missing: true, categories: true, sampleWeight: true };
  readonly options: SettingsOf<typeof parameters>;

  /** @throws `invalid-parameter`, naming the parameter. */
  constructor(options?: DummyClassifierOptions) {
    this.options = readOptions(parameters, options);
    const { strategy, constant } = this.options;
    requireParameter(
      strategy !== 'constant' || constant !== undefined,
      'constant',
      'the class to predict',
      constant,
    );
  }

  /** @throws `model-file` if `state` is not a state of this class. */
  static restore(state: StateReader): FittedDummyClassifier {
    const classes = state.classes('classes');
    const shares = state.numbers('shares', { length: classes.length, from: 0, to: 1 });
    state.expect(areShares(shares), 'shares', 'shares that add up to 1');
    return new FittedDummyClassifier({
      strategy: state.oneOf('strategy', STRATEGIES),
      seed: state.number('seed'),
      classes,
      shares,
      chosen: state.integer('chosen', { from: 0, to: classes.length - 1 }),
      schema: restoreSchema(state, 'schema'),
    });
  }

  /**
   * The columns of `x` may be of any kind, with missing values.
   *
   * @throws `invalid-target` if fewer than two classes have rows; `invalid-data` if `y` or the sample weights differ in length from `x`;
   * `invalid-parameter` if `constant` is not a class.
   */
  fit(x: Table, y: LabelsLike, options: FitOptions = {}): FittedDummyClassifier {
    const labels = classLabels(y, x);
    const weights = sampleWeights(options, x.nRows);
    const { classes, codes } = labels;
    const totals = new Float64Array(classes.length);
    let all = 0;
    for (let row = 0; row < codes.length; row++) {
      const weight = weights ? weights[row] : 1;
      totals[codes[row]] += weight;
      all += weight;
    }
    const { strategy, seed } = this.options;
    return new FittedDummyClassifier({
      strategy,
      seed,
      classes,
      shares: Array.from(totals, (total) => total / all),
      chosen: strategy === 'constant' ? this.#constantCode(classes) : totals.indexOf(Math.max(...totals)),
      schema: schemaOf(x),
    });
  }

  #constantCode(classes: readonly ClassLabel[]): number {
    const { constant } = this.options;
    const code = constant === undefined ? -1 : classes.indexOf(constant);
    requireParameter(code >= 0, 'constant', `one of the classes ${JSON.stringify(classes)}`, constant);
    return code;
  }
}

export type DummyClassifierState = {
  readonly strategy: DummyStrategy;
  readonly seed: number;
  readonly classes: readonly ClassLabel[];
  /** The share of each class in the training rows, by their weights. */
  readonly shares: readonly number[];
  /** The class that is predicted if none is drawn, as an index into `classes`: the first of the most frequent ones, or `constant`. */
  readonly chosen: number;
  /** The columns of training. They are not used, but must exist. */
  readonly schema: TableSchema;
};

/** A fitted `DummyClassifier`. */
export class FittedDummyClassifier implements FittedClassifier {
  readonly role = 'classifier';
  readonly type = DummyClassifier.type;

  constructor(readonly state: DummyClassifierState) {}

  get classes(): readonly ClassLabel[] {
    return this.state.classes;
  }

  get features(): readonly string[] {
    return this.state.schema.map(({ name }) => name);
  }

  get schema(): TableSchema {
    return this.state.schema;
  }

  /** @throws `column-name` or `column-kind` if the columns are not those of training. */
  predictProba(x: Table): ClassProbabilities {
    conformTo(this.state.schema, x);
    return checkedProbabilities(x, this.features, this.#probabilities(x.nRows));
  }

  /** @throws `column-name` or `column-kind` if the columns are not those of training. */
  predict(x: Table): ClassLabel[] {
    conformTo(this.state.schema, x);
    return Array.from(this.#codes(x.nRows), (code) => this.classes[code]);
  }

  #probabilities(nRows: number): Float64Array[] {
    const { strategy, shares, classes } = this.state;
    if (strategy === 'prior') return shares.map((share) => new Float64Array(nRows).fill(share));
    if (strategy === 'uniform') return classes.map(() => new Float64Array(nRows).fill(1 / classes.length));
    const codes = this.#codes(nRows);
    return classes.map((_, k) => Float64Array.from(codes, (code) => (code === k ? 1 : 0)));
  }

  #codes(nRows: number): Int32Array {
    const { strategy, seed, shares, chosen } = this.state;
    const codes = new Int32Array(nRows).fill(chosen);
    if (strategy !== 'stratified' && strategy !== 'uniform') return codes;
    const random = new Random(seed).stream(DummyClassifier.type);
    // One random number per row, which does not depend on the number of rows.
    return codes.map(() =>
      strategy === 'uniform' ? random.int(shares.length) : drawn(shares, random.uniform()),
    );
  }
}

/** The class whose part of [0, 1) contains `at`; the length of each part is the share of its class. */
function drawn(shares: readonly number[], at: number): number {
  let last = 0;
  let end = 0;
  for (let code = 0; code < shares.length; code++) {
    if (shares[code] === 0) continue;
    last = code;
    end += shares[code];
    if (at < end) return code;
  }
  // By rounding, the shares may add up to slightly less than 1.
  return last;
}
