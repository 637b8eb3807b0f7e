import type { Table } from '@churn/core';
import { logUniform, logWholeNumber, oneOf, uniform, wholeNumber } from '@churn/selection';
import type { ModelParameters } from '../config/model-config.js';
import { PRESETS, type Preset } from '../config/preset.js';
import { definitionOf } from './models.js';
import { type Processed, unsuitedProcessing } from './suited-processing.js';

/** How large the data may be for a setting to be worth its time. */
interface Limits {
  readonly rows?: number;
  /** Numbers that come of the columns, a level of a category counted as one. */
  readonly width?: number;
  readonly classes?: number;
}

/** A setting that is worth a try on data of any kind: what a configuration could say of a model. */
interface Setting {
  readonly name: string;
  /** The smallest preset that has it. */
  readonly preset: Preset;
  readonly model: { readonly type: string } & Partial<ModelParameters>;
  readonly atMost?: Limits;
  /** Rows below which others are quick enough. */
  readonly fromRows?: number;
}

const boosting = (parameters: Omit<Setting['model'], 'type'> = {}) => ({
  type: 'GradientBoostingClassifier',
  ...parameters,
});

/** Settings in order of value, each unlike those before it. A search that ends early has tried the first. */
export const PORTFOLIO: readonly Setting[] = [
  {
    // Of very many rows others may not be found in time.
    name: 'boosting_quick',
    preset: 'fast',
    model: boosting({ nEstimators: 100, learningRate: 0.15 }),
    fromRows: 20_000,
  },
  { name: 'boosting', preset: 'fast', model: boosting() },
  {
    name: 'logistic_regression',
    preset: 'fast',
    model: { type: 'LogisticRegression', splines: true, C: 0.1 },
    // Each number becomes seven.
    atMost: { width: 100 },
  },
  { name: 'boosting_smooth', preset: 'good', model: boosting({ bootstrap: 'bayesian', seed: 2 }) },
  {
    name: 'boosting_small_trees',
    preset: 'good',
    model: boosting({ growth: 'leaf', maxLeafNodes: 8, maxFeaturesPerNode: 0.5, subsample: 0.8 }),
  },
  {
    name: 'extra_trees',
    preset: 'good',
    model: { type: 'ExtraTreesClassifier', nEstimators: 300, maxFeatures: 0.5, criterion: 'entropy' },
  },
  { name: 'linear_regression', preset: 'good', model: { type: 'LogisticRegression', C: 0.1 } },
  {
    name: 'boosting_leaves',
    preset: 'good',
    model: boosting({ growth: 'leaf', maxFeaturesPerNode: 0.5 }),
  },
  {
    name: 'random_forest',
    preset: 'good',
    model: { type: 'RandomForestClassifier', nEstimators: 300, criterion: 'entropy', minSamplesLeaf: 2 },
  },
  {
    name: 'polynomial_regression',
    preset: 'good',
    model: { type: 'LogisticRegression', degree: 2, C: 0.1 },
    atMost: { rows: 50_000, width: 40, classes: 5 },
  },
  {
    name: 'support_vector_machine',
    preset: 'good',
    model: { type: 'SVC', encoding: 'ratio', C: 1 },
    atMost: { rows: 5000, width: 500, classes: 5 },
  },
  { name: 'boosting_deep', preset: 'best', model: boosting({ maxDepth: 7, seed: 3 }) },
  { name: 'boosting_seed_4', preset: 'best', model: boosting({ maxDepth: 6, learningRate: 0.04, seed: 4 }) },
  {
    name: 'nearest_neighbors',
    preset: 'best',
    model: { type: 'KNeighborsClassifier', nNeighbors: 25, weights: 'distance' },
    atMost: { rows: 20_000, width: 100 },
  },
  { name: 'naive_bayes', preset: 'best', model: { type: 'GaussianNB' } },
];

/** What the preset `best` goes on to try, by what was found before: boosting between few and many leaves, and more or less at random. */
export const TUNED = {
  model: 'boosting_tuned',
  type: 'GradientBoostingClassifier',
  degree: 1,
  growth: oneOf(['leaf', 'symmetric']),
  maxDepth: wholeNumber(3, 8),
  maxLeafNodes: logWholeNumber(4, 64),
  l2Regularization: logUniform(0.1, 20),
  subsample: uniform(0.5, 1),
  maxFeatures: uniform(0.3, 0.99),
  randomStrength: uniform(0, 2),
};

/** How many it tries at most, and how many of them before it learns from what it found. */
export const MOST_TUNED = 40;
export const TUNED_AT_RANDOM = 6;

/** A setting that is not tried, and why. */
interface LeftOut {
  readonly name: string;
  readonly reason: string;
}

/** The settings of a preset that suit the data and what is done to it, and those that do not. */
export function portfolioFor(
  preset: Preset,
  data: { readonly x: Table; readonly classes: number },
  processing: Processed,
): { readonly settings: readonly Setting[]; readonly leftOut: readonly LeftOut[] } {
  const settings: Setting[] = [];
  const leftOut: LeftOut[] = [];
  const sizes = { rows: data.x.nRows, width: widthOf(data.x), classes: data.classes };
  for (const setting of PORTFOLIO) {
    const { fromRows = 0 } = setting;
    if (PRESETS.indexOf(setting.preset) > PRESETS.indexOf(preset) || sizes.rows < fromRows) continue;
    const reason = tooLarge(sizes, setting.atMost) ?? unsuited(setting, processing);
    if (reason === undefined) settings.push(setting);
    else leftOut.push({ name: setting.name, reason });
  }
  return { settings, leftOut };
}

function tooLarge(sizes: Required<Limits>, atMost: Limits = {}): string | undefined {
  const names = { rows: 'rows', width: 'columns and levels', classes: 'classes' } as const;
  for (const key of Object.keys(names) as (keyof Limits)[]) {
    const most = atMost[key];
    if (most !== undefined && sizes[key] > most) {
      return `it takes too long with more than ${most.toLocaleString('en')} ${names[key]}, and there are ${sizes[key].toLocaleString('en')}`;
    }
  }
  return undefined;
}

function unsuited({ model }: Setting, processing: Processed): string | undefined {
  return unsuitedProcessing(definitionOf(model.type).accepts, processing, { degree: 1, ...model })?.message;
}

/** How many levels a category counts as at most: columns of more become ratios. */
const MOST_LEVELS = 20;

function widthOf(x: Table): number {
  let width = 0;
  for (const [, column] of x.entries()) {
    width += column.kind === 'category' && column.levels.length <= MOST_LEVELS ? column.levels.length : 1;
  }
  return width;
}
