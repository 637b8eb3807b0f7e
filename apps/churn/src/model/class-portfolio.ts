import { integer, logInteger, logUniform, oneOf, uniform } from '@churn/selection';
import type { Portfolio, Setting } from './portfolio.js';

const boosting = (parameters: Omit<Setting['model'], 'type'> = {}) => ({
  type: 'GradientBoostingClassifier',
  ...parameters,
});

const settings: readonly Setting[] = [
  {
    // With very many rows, others may not finish in time.
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
    // Splines expand each number to seven.
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

/** Boosting with few to many leaves, and more or less randomness. */
const tuned = {
  model: 'boosting_tuned',
  type: 'GradientBoostingClassifier',
  degree: 1,
  growth: oneOf(['leaf', 'symmetric']),
  maxDepth: integer(3, 8),
  maxLeafNodes: logInteger(4, 64),
  l2Regularization: logUniform(0.1, 20),
  subsample: uniform(0.5, 1),
  maxFeatures: uniform(0.3, 0.99),
  randomStrength: uniform(0, 2),
};

/** The portfolio for classification. */
export const classPortfolio = { settings, tuned } satisfies Portfolio;
