import {
  ChurnError,
  type Classifier,
  classLabels,
  type FitOptions,
  type Labels,
  type LabelsLike,
  type OptionsOf,
  readOptions,
  type SettingsOf,
  type StateReader,
  type Table,
} from '@churn/core';
import { classWeightParameter, rowWeights } from '../class-weight.js';
import { requireFeatures } from '../trees/require-features.js';
import { MAX_CLASSES } from '../trees/tree-grower.js';
import { binBatches, surveyBatches } from './bin-batches.js';
import type { Boosted, BoostRows } from './boosting-run.js';
import {
  type FullSettings as BoostingSettings,
  boostingParameters,
  fitInGroups,
  forRows,
  nWeighted,
  roundsKey,
} from './boosting-settings.js';
import { fitBoosting, goneOnFrom, notGoneOnFrom } from './fit-boosting.js';
import { FittedGradientBoosting } from './fitted-gradient-boosting.js';
import { interactionGroups } from './interaction-groups.js';
import { logLoss } from './log-loss.js';
import type { TrainingBatches } from './training-batches.js';

const parameters = {
  ...boostingParameters,
  /** `'balanced'`, or the weight of each class by its label; `null` (default) for 1 each. */
  classWeight: classWeightParameter(),
};

export type GradientBoostingOptions = OptionsOf<typeof parameters>;

/** The options of `fit`, besides rows and target. */
export interface BoostingFitOptions extends FitOptions {
  /**
   * A model to continue from (warm start): its bins and trees are kept, and rounds are added. If it was trained on the same rows, set
   * `nEstimators` to the number of rounds to add.
   */
  readonly from?: FittedGradientBoosting;
}

type Settings = SettingsOf<typeof parameters>;

/**
 * Gradient boosting: each tree is a Newton step on the log loss after the trees before it (Friedman, "Greedy function approximation",
 * 2001), grown on histograms of binned columns (Ke et al., "LightGBM", 2017), with one split per level (Prokhorenkova et al., "CatBoost",
 * 2018) unless it grows leaf by leaf.
 *
 * It supports missing values, which each split sends to the better side, and category columns, for which each split finds the best set of
 * levels; columns with many levels are encoded by statistics. The defaults minimise the cross-validated log loss over about thirty data
 * sets.
 *
 * ```ts
 * const model = new GradientBoostingClassifier().fit(x, churned);
 * const [stays, churns] = model.predictProba(x);
 * ```
 */
export class GradientBoostingClassifier implements Classifier<FittedGradientBoosting> {
  readonly role = 'classifier';
  static readonly type = 'GradientBoostingClassifier';
  static readonly parameters = parameters;
  static readonly accepts = { missing: true, categories: true, sampleWeight: true };
  readonly options: Settings;

  /** @throws `invalid-parameter`, naming the parameter. */
  constructor(options?: GradientBoostingOptions) {
    this.options = readOptions(parameters, options);
  }

  /** @throws `model-file` if `state` is not a state of this class. */
  static restore(state: StateReader): FittedGradientBoosting {
    return FittedGradientBoosting.restore(state);
  }

  /**
   * @throws `invalid-target` if fewer than two classes have rows; `invalid-data` if `x` has infinite values, no columns or more than
   * 32,767, or differs in length from `y`; `column-name` or `column-kind` if `monotone` or `interactions` name unsuitable columns;
   * `invalid-parameter` if `monotone` is given for more than two classes, or `from` is not suitable.
   */
  fit(x: Table, y: LabelsLike, options?: BoostingFitOptions): FittedGradientBoosting {
    const group = [forRows(this.options, nWeighted(x, options))];
    return fitTogether(x, y, { group, classWeight: this.options.classWeight }, options)[0];
  }

  /**
   * Fits, like `fit`, on rows that need not be in memory together; one byte is kept per value. The batches are read twice: first to find
   * the bins, which are those of `fit` if a column has at most `maxBins` distinct values, or at most 4,095 values in all, and otherwise
   * contain about equally many rows each, by ranks of a `QuantileSketch`; then to bin each value. Rows held out by early stopping take
   * part in finding the bins. Statistics of categories are computed from up to 200,000 rows drawn at random.
   *
   * ```ts
   * const batches = { async *[Symbol.asyncIterator]() { for (const part of parts) yield { x: part.table, y: part.labels }; } };
   * const model = await new GradientBoostingClassifier().fitBatches(batches);
   * ```
   * @throws as `fit`, naming the batch; and `invalid-data` if the columns of batches differ, or the rows are not the same both times.
   */
  async fitBatches(batches: TrainingBatches): Promise<FittedGradientBoosting> {
    const { options } = this;
    const survey = await surveyBatches(batches, options, (x) => {
      for (const name of Object.keys(options.monotone)) x.numeric(name);
      interactionGroups(x.names, options.interactions);
    });
    const labels = classLabels(survey.labels);
    const settings = forRows(options, nWeighted({ nRows: labels.length }, survey));
    const weights = requiredWeights(labels, options, survey);
    const x = await binBatches(batches, survey, weights, settings);
    return fitRows({ x, labels, weights }, [settings])[0];
  }

  /** All settings except the number of rounds; all settings if it is to be found. */
  fitManyKey(): string {
    return roundsKey(this.options);
  }

  /** Specifications that differ only in `nEstimators`, and do not stop early, share their trees. */
  fitMany(
    x: Table,
    y: LabelsLike,
    specifications: readonly GradientBoostingClassifier[],
    options?: BoostingFitOptions,
  ): FittedGradientBoosting[] {
    return fitInGroups(specifications, nWeighted(x, options), (group, { options: { classWeight } }) =>
      fitTogether(x, y, { group, classWeight }, options),
    );
  }
}

/** Settings that differ only in the number of rounds. */
interface Group {
  readonly group: readonly BoostingSettings[];
  readonly classWeight: Settings['classWeight'];
}

/** Fits settings that differ only in the number of rounds. */
function fitTogether(
  x: Table,
  y: LabelsLike,
  { group, classWeight }: Group,
  options: BoostingFitOptions | undefined,
): FittedGradientBoosting[] {
  const labels = classLabels(y, x);
  requireFeatures(x);
  const from = options?.from && withClasses(options.from, x, labels);
  const weights = requiredWeights(labels, { classWeight, monotone: group[0].monotone }, options);
  return fitRows({ x, labels, weights, from }, group);
}

/**
 * The weight of each row.
 * @throws as `rowWeights`, and if the settings do not suit the classes.
 */
function requiredWeights(
  labels: Labels,
  { classWeight, monotone }: Pick<Settings, 'classWeight' | 'monotone'>,
  options: FitOptions | undefined,
): Float64Array {
  const { classes } = labels;
  if (classes.length > MAX_CLASSES) {
    throw new ChurnError('invalid-target', `expected up to ${MAX_CLASSES} classes, got ${classes.length}`);
  }
  requireOneScore(monotone, labels);
  return rowWeights(labels, classWeight, options) ?? new Float64Array(labels.length).fill(1);
}

function fitRows(
  { labels, ...rows }: Omit<BoostRows, 'loss'> & { readonly labels: Labels },
  group: readonly BoostingSettings[],
): FittedGradientBoosting[] {
  const { classes, codes } = labels;
  const strata = { codes, nStrata: classes.length };
  const boosted = fitBoosting({ ...rows, loss: logLoss(labels) }, strata, group);
  return boosted.map((each) => new FittedGradientBoosting({ classes, ...each }));
}

/** The model to continue from. @throws as `goneOnFrom`, and if it has other classes. */
function withClasses(from: FittedGradientBoosting, x: Table, { classes }: Labels): Boosted {
  if (JSON.stringify(from.classes) !== JSON.stringify(classes)) {
    throw notGoneOnFrom(
      `of the classes ${classes.map(String).join(', ')}`,
      `one of ${from.classes.map(String).join(', ')}`,
    );
  }
  return goneOnFrom(from, x);
}

/** @throws `invalid-parameter` if there are monotonic constraints but several scores. */
function requireOneScore(monotone: Settings['monotone'], { classes }: Labels): void {
  if (classes.length === 2 || Object.values(monotone).every((direction) => direction === 0)) return;
  throw new ChurnError('invalid-parameter', `monotone: expected two classes, got ${classes.length}`);
}
