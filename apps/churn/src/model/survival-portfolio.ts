import { BASELINE, type Portfolio, type Setting } from './portfolio.js';

const boosting = (parameters: Omit<Setting['model'], 'type'> = {}) => ({
  type: 'GradientBoostingClassifier',
  ...parameters,
});

/** Each row becomes up to 20, one per interval. */
const settings: readonly Setting[] = [
  { name: BASELINE, preset: 'fast', model: { type: 'DummyClassifier' } },
  {
    name: 'cox_regression',
    preset: 'fast',
    // Encoded categories may be collinear, which a penalty handles.
    model: { type: 'CoxRegression', alpha: 0.001 },
    atMost: { width: 200 },
  },
  { name: 'boosting', preset: 'fast', model: boosting({ nEstimators: 100 }), atMost: { rows: 500_000 } },
  {
    name: 'cox_splines',
    preset: 'good',
    model: { type: 'CoxRegression', splines: true, alpha: 0.01 },
    // Splines expand each number to seven.
    atMost: { width: 40 },
  },
  {
    name: 'logistic_hazards',
    preset: 'good',
    model: { type: 'LogisticRegression' },
    atMost: { rows: 100_000, width: 200 },
  },
  {
    name: 'boosting_small_trees',
    preset: 'good',
    model: boosting({ growth: 'leaf', maxLeafNodes: 8, maxFeaturesPerNode: 0.5, subsample: 0.8 }),
    atMost: { rows: 200_000 },
  },
  {
    name: 'random_forest',
    preset: 'best',
    model: { type: 'RandomForestClassifier', nEstimators: 200, minSamplesLeaf: 20 },
    atMost: { rows: 20_000 },
  },
];

/** The portfolio for survival. */
export const survivalPortfolio: Portfolio = { settings };
