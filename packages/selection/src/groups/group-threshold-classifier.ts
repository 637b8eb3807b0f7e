import {
  type CategoryColumn,
  ChurnError,
  type Classifier,
  type FitOptions,
  type FittedClassifier,
  integerParameter,
  type JsonObject,
  type LabelsLike,
  numberParameter,
  oneOf,
  orNull,
  parameter,
  type Restorable,
  readOptions,
  required,
  requireParameter,
  requireSpecification,
  restorePart,
  type StateReader,
  savedPart,
  type Table,
  type TableSchema,
  textParameter,
  twoClassLabels,
  withDefault,
} from '@churn/core';
import { isAnything } from '../cross-val-options.js';
import { FittedDecidingClassifier, heldOutProbabilities, withoutThresholds } from '../deciding-classifier.js';
import { NOBODY } from '../nobody.js';
import {
  type DecisionThresholds,
  decisionThresholds,
  type GroupThresholdRule,
  PARITIES,
  type Parity,
  requireGroupRule,
  thresholdsByGroup,
} from './thresholds-by-group.js';

const parameters = {
  classifier: required(parameter<Classifier>('an unfitted classifier', isAnything)),
  by: required(textParameter()),
  rule: withDefault(parameter<GroupThresholdRule>('a rule', isAnything), { maximise: 'f1' }),
  parity: withDefault(orNull(oneOf(PARITIES)), null),
  minRows: withDefault(integerParameter({ from: 1 }), 50),
  cv: withDefault(integerParameter({ from: 2 }), 5),
  seed: withDefault(numberParameter(), 0),
};

export interface GroupThresholdClassifierOptions<F extends FittedClassifier = FittedClassifier> {
  /** The inner classifier; a `Pipeline` is allowed. */
  readonly classifier: Classifier<F>;
  /** The category column of the groups; the classifier need not use it. */
  readonly by: string;
  /** The rule by which thresholds are chosen; see `thresholdsByGroup`. Default `{ maximise: 'f1' }`. */
  readonly rule?: GroupThresholdRule;
  /** The rate to equalise between groups; `null` (default) to apply the rule to each group separately. */
  readonly parity?: Parity | null;
  /** The minimum number of rows for a category to have its own threshold. Default 50. */
  readonly minRows?: number;
  /** The number of folds, at least 2. Default 5. */
  readonly cv?: number;
  /** The seed of the folds. Default 0. */
  readonly seed?: number;
}

/**
 * A two-class classifier with a decision threshold per group (Hardt, Price and Srebro, "Equality of opportunity in supervised learning",
 * 2016). Thresholds are chosen by `thresholdsByGroup` on out-of-fold probabilities, as `ThresholdClassifier` chooses a single one.
 *
 * ```ts
 * new GroupThresholdClassifier({ classifier: pipeline, by: 'Gender', parity: 'equalOpportunity' }).fit(customers, churned);
 * ```
 *
 * Rows of rare and unseen categories, and those without a value, use the overall threshold.
 */
export class GroupThresholdClassifier<F extends FittedClassifier = FittedClassifier>
  implements Classifier<FittedGroupThresholdClassifier<F>>
{
  readonly role = 'classifier';
  static readonly type = 'GroupThresholdClassifier';
  static readonly parameters = parameters;
  readonly classifier: Classifier<F>;
  readonly by: string;
  readonly rule: GroupThresholdRule;
  readonly parity: Parity | null;
  readonly minRows: number;
  readonly cv: number;
  readonly seed: number;

  /** @throws `invalid-parameter`, naming the parameter; the numbers of a rule are read when it is used. */
  constructor(options: GroupThresholdClassifierOptions<F>) {
    const { classifier, by, rule, parity, minRows, cv, seed } = readOptions(parameters, options);
    requireSpecification(classifier, 'classifier', ['classifier']);
    requireGroupRule(rule);
    this.classifier = classifier as Classifier<F>;
    this.by = by;
    this.rule = rule;
    this.parity = parity;
    this.minRows = minRows;
    this.cv = cv;
    this.seed = seed;
  }

  /** @throws `model-file` if the state is not one of this classifier, or contains a class that was not given. */
  static restore(state: StateReader, classes: readonly Restorable[]): FittedGroupThresholdClassifier {
    const classifier = restorePart(state.child('classifier'), classes, 'classifier');
    state.expect(classifier.classes.length === 2, 'classifier', 'a classifier of two classes');
    const range = { from: 0, to: NOBODY };
    const groups = state.names('groups');
    const thresholds = state.numbers('thresholds', { ...range, length: groups.length });
    return new FittedGroupThresholdClassifier(classifier, state.string('by'), {
      overall: state.number('overall', range),
      groups: new Map(groups.map((group, i) => [group, thresholds[i]])),
    });
  }

  /** Without the thresholds, which probabilities do not depend on. */
  forOrder(): Classifier {
    return withoutThresholds(this.classifier);
  }

  /**
   * Sample weights apply to the classifier and to the choice of thresholds; `minRows` counts rows.
   *
   * @throws `column-name` if there is no column `by`, and `column-kind` if it has numbers; `invalid-target` unless there are rows of two
   * classes, and enough for the folds; `invalid-parameter` if no threshold meets the rule, or it cannot be read; and the errors of the
   * classifier.
   */
  fit(x: Table, y: LabelsLike, options: FitOptions = {}): FittedGroupThresholdClassifier<F> {
    const labels = twoClassLabels(y, x);
    const column = categoriesOf(x, this.by);
    const probabilities = heldOutProbabilities(this, x, labels, options);
    const { parity, minRows } = this;
    const found = thresholdsByGroup(labels, probabilities, column, this.rule, {
      ...options,
      ...{ parity, minRows },
    });
    const classifier = this.classifier.fit(x, labels, options);
    return new FittedGroupThresholdClassifier(classifier, this.by, decisionThresholds(found));
  }
}

/** @throws `column-name` if there is no such column; `column-kind` if it has numbers. */
function categoriesOf(x: Table, name: string): CategoryColumn {
  const column = x.column(name);
  if (column.kind === 'category') return column;
  throw new ChurnError('column-kind', `column "${name}": expected categories for the groups, got numbers`);
}

/** A fitted two-class classifier with a decision threshold per group. */
export class FittedGroupThresholdClassifier<
  F extends FittedClassifier = FittedClassifier,
> extends FittedDecidingClassifier<F> {
  readonly type = GroupThresholdClassifier.type;

  constructor(
    /** Fitted on all rows. */
    classifier: F,
    /** The column of the groups. */
    readonly by: string,
    readonly thresholds: DecisionThresholds,
  ) {
    super(classifier, classifier?.features?.includes(by));
    requireParameter(typeof by === 'string', 'by', 'the name of a column', by);
    const isRead = typeof thresholds?.overall === 'number' && typeof thresholds.groups?.get === 'function';
    requireParameter(isRead, 'thresholds', '{ overall, groups }, groups a map', thresholds);
  }

  get state(): JsonObject {
    const { overall, groups } = this.thresholds;
    return {
      ...{ by: this.by, overall, groups: [...groups.keys()], thresholds: [...groups.values()] },
      classifier: savedPart(this.classifier),
    };
  }

  /** Those of the classifier, and the column of the groups. */
  override get features(): readonly string[] {
    const { features } = this.classifier;
    return features.includes(this.by) ? features : [...features, this.by];
  }

  override get schema(): TableSchema | undefined {
    const { schema } = this.classifier;
    if (!schema || schema.some(({ name }) => name === this.by)) return schema;
    return [...schema, { name: this.by, kind: 'category' }];
  }

  /**
   * The threshold of the group of each row; the overall one for rows without a group.
   * @throws `column-name` and `column-kind` for the column of the groups, which is all that is read.
   */
  thresholdsOf(x: Table): Float64Array {
    const { codes, levels } = categoriesOf(x, this.by);
    const { overall, groups } = this.thresholds;
    const ofLevels = levels.map((level) => groups.get(level) ?? overall);
    return Float64Array.from(codes, (code) => ofLevels[code] ?? overall);
  }
}
