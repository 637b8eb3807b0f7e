import { integer, logInteger, logUniform, oneOf, uniform } from '@churn/selection';
import { BASELINE, type Portfolio, type Setting } from './portfolio.js';

const boosting = (parameters: Omit<Setting['model'], 'type'> = {}) => ({
  type: 'GradientBoostingRegressor',
  ...parameters,
});

const settings: readonly Setting[] = [
  { name: BASELINE, preset: 'fast', model: { type: 'DummyRegressor' } },
  {
    // With very many rows, others may not finish in time.
    name: 'boosting_quick',
    preset: 'fast',
    model: boosting({ nEstimators: 100, learningRate: 0.15 }),
    fromRows: 20_000,
  },
  { name: 'boosting', preset: 'fast', model: boosting() },
  {
    name: 'spline_regression',
    preset: 'fast',
    model: { type: 'Ridge', splines: true, alpha: 1 },
    // Splines expand each number to seven.
    atMost: { width: 100 },
  },
  {
    name: 'boosting_small_trees',
    preset: 'good',
    model: boosting({ growth: 'leaf', maxLeafNodes: 8, maxFeaturesPerNode: 0.5, subsample: 0.8 }),
  },
  {
    name: 'extra_trees',
    preset: 'good',
    model: { type: 'ExtraTreesRegressor', nEstimators: 300, maxFeatures: 0.5 },
  },
  { name: 'linear_regression', preset: 'good', model: { type: 'Ridge', alpha: 1 } },
  {
    name: 'random_forest',
    preset: 'good',
    model: { type: 'RandomForestRegressor', nEstimators: 300, minSamplesLeaf: 2 },
  },
  {
    name: 'polynomial_regression',
    preset: 'good',
    model: { type: 'Ridge', degree: 2, alpha: 10 },
    atMost: { rows: 50_000, width: 40 },
  },
  { name: 'boosting_deep', preset: 'best', model: boosting({ maxDepth: 7, seed: 3 }) },
  { name: 'elastic_net', preset: 'best', model: { type: 'ElasticNet', alpha: 0.01 } },
  {
    name: 'support_vector_machine',
    preset: 'best',
    model: { type: 'SVR', encoding: 'ratio' },
    atMost: { rows: 5000, width: 500 },
  },
];

/** Boosting with few to many leaves, and more or less randomness. */
const tuned = {
  model: 'boosting_tuned',
  type: 'GradientBoostingRegressor',
  degree: 1,
  growth: oneOf(['leaf', 'symmetric']),
  maxDepth: integer(3, 8),
  maxLeafNodes: logInteger(4, 64),
  l2Regularization: logUniform(0.1, 20),
  subsample: uniform(0.5, 1),
  maxFeatures: uniform(0.3, 0.99),
};

/** The portfolio for regression. */
export const valuePortfolio: Portfolio = { settings, tuned };
