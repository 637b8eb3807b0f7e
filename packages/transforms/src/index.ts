export {
  CategoryEncoder,
  type CategoryEncoderOptions,
  type CategoryEncoderState,
  FittedCategoryEncoder,
} from './category-encoder.js';
export type { ColumnsOption } from './chosen-columns.js';
export { DropColumns, type DropColumnsState, FittedDropColumns } from './drop-columns.js';
export { dropDuplicateRows } from './drop-duplicate-rows.js';
export { FittedMeanImputer, MeanImputer, type MeanImputerState } from './mean-imputer.js';
export { FittedModeImputer, ModeImputer, type ModeImputerState } from './mode-imputer.js';
export {
  FittedPolynomialFeatures,
  PolynomialFeatures,
  type PolynomialFeaturesOptions,
  type PolynomialFeaturesState,
} from './polynomial-features.js';
export {
  FittedPowerTransformer,
  type PowerMethod,
  PowerTransformer,
  type PowerTransformerOptions,
  type PowerTransformerState,
} from './power-transformer.js';
export {
  FittedSkewCorrector,
  SkewCorrector,
  type SkewCorrectorOptions,
  type SkewCorrectorState,
} from './skew-corrector.js';
export { FittedStandardScaler, StandardScaler, type StandardScalerState } from './standard-scaler.js';
export { mean } from './statistics/mean.js';
export { skewness } from './statistics/skewness.js';
export { standardDeviation } from './statistics/standard-deviation.js';
export { FittedValueMapper, type LevelMapping, ValueMapper, type ValueMapperState } from './value-mapper.js';
export { inverseYeoJohnson, yeoJohnson } from './yeo-johnson.js';
export { likeliestLambda } from './yeo-johnson-likelihood.js';
