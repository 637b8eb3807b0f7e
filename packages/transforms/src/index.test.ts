import * as transforms from './index';

it('exports what it says, and nothing else', () => {
  expect(Object.keys(transforms).sort()).toEqual([
    'CategoryEncoder',
    'DropColumns',
    'FittedCategoryEncoder',
    'FittedDropColumns',
    'FittedMeanImputer',
    'FittedModeImputer',
    'FittedPolynomialFeatures',
    'FittedPowerTransformer',
    'FittedSkewCorrector',
    'FittedStandardScaler',
    'FittedValueMapper',
    'MeanImputer',
    'ModeImputer',
    'PolynomialFeatures',
    'PowerTransformer',
    'SkewCorrector',
    'StandardScaler',
    'ValueMapper',
    'dropDuplicateRows',
    'inverseYeoJohnson',
    'likeliestLambda',
    'mean',
    'skewness',
    'standardDeviation',
    'yeoJohnson',
  ]);
});
