export type { BinStrategy } from './bin-edges.js';
export { type BinEncoding, Binner, type BinnerOptions, type BinnerState, FittedBinner } from './binner.js';
export {
  CategoryEncoder,
  type CategoryEncoderOptions,
  type CategoryEncoderState,
  type ClassShares,
  FittedCategoryEncoder,
} from './category-encoder.js';
export type { ColumnsOption } from './chosen-columns.js';
export type { ColumnSelector } from './column-selector.js';
export {
  ConstantImputer,
  type ConstantImputerOptions,
  type ConstantImputerState,
  FittedConstantImputer,
} from './constant-imputer.js';
export {
  type CustomDefinition,
  CustomTransformer,
  type CustomTransformerState,
  custom,
  FittedCustomTransformer,
} from './custom.js';
export {
  DATE_PARTS,
  type DatePart,
  DateParts,
  type DatePartsOptions,
  type DatePartsState,
  FittedDateParts,
} from './date-parts.js';
export { DropColumns, type DropColumnsState, FittedDropColumns } from './drop-columns.js';
export {
  DropConstantColumns,
  type DropConstantColumnsState,
  FittedDropConstantColumns,
} from './drop-constant-columns.js';
export {
  type CorrelatedWith,
  DropCorrelatedColumns,
  type DropCorrelatedColumnsOptions,
  type DropCorrelatedColumnsState,
  FittedDropCorrelatedColumns,
} from './drop-correlated-columns.js';
export {
  DropDuplicateColumns,
  type DropDuplicateColumnsState,
  FittedDropDuplicateColumns,
} from './drop-duplicate-columns.js';
export { dropDuplicateRows } from './drop-duplicate-rows.js';
export { type FeatureSelectionState, FittedFeatureSelection } from './feature-selection.js';
export { FeatureUnion, FittedFeatureUnion } from './feature-union.js';
export type { FillExtras, GroupFills } from './fills.js';
export {
  FittedFrequencyEncoder,
  FrequencyEncoder,
  type FrequencyEncoderOptions,
  type FrequencyEncoderState,
} from './frequency-encoder.js';
export type { ImputerOptions, IndicatorOption } from './imputer-options.js';
export { parseIsoDate } from './iso-date.js';
export { FittedLog1pTransformer, Log1pTransformer, type Log1pTransformerState } from './log1p-transformer.js';
export { FittedMaxAbsScaler, MaxAbsScaler, type MaxAbsScalerState } from './max-abs-scaler.js';
export { FittedMeanImputer, MeanImputer, type MeanImputerState } from './mean-imputer.js';
export { FittedMedianImputer, MedianImputer, type MedianImputerState } from './median-imputer.js';
export {
  FittedMinMaxScaler,
  MinMaxScaler,
  type MinMaxScalerOptions,
  type MinMaxScalerState,
} from './min-max-scaler.js';
export { FittedModeImputer, ModeImputer, type ModeImputerState } from './mode-imputer.js';
export { FittedOnColumns, OnColumns, onColumns } from './on-columns.js';
export {
  FittedOneHotEncoder,
  type OneHotDrop,
  OneHotEncoder,
  type OneHotEncoderOptions,
  type OneHotEncoderState,
  type OneHotLevels,
} from './one-hot-encoder.js';
export {
  FittedOrdinalEncoder,
  OrdinalEncoder,
  type OrdinalEncoderOptions,
  type OrdinalEncoderState,
} from './ordinal-encoder.js';
export { FittedPCA, PCA, type PCAOptions, type PCAState } from './pca.js';
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
  FittedQuantileTransformer,
  type OutputDistribution,
  QuantileTransformer,
  type QuantileTransformerOptions,
  type QuantileTransformerState,
} from './quantile-transformer.js';
export {
  RecursiveFeatureElimination,
  type RecursiveFeatureEliminationOptions,
} from './recursive-feature-elimination.js';
export { FittedRenameColumns, RenameColumns, type RenameColumnsState } from './rename-columns.js';
export {
  FittedRobustScaler,
  RobustScaler,
  type RobustScalerOptions,
  type RobustScalerState,
} from './robust-scaler.js';
export { FittedSelectColumns, SelectColumns, type SelectColumnsState } from './select-columns.js';
export { SelectFromModel, type SelectFromModelOptions } from './select-from-model.js';
export { SelectKBest, type SelectKBestOptions } from './select-k-best.js';
export {
  FittedSkewCorrector,
  SkewCorrector,
  type SkewCorrectorOptions,
  type SkewCorrectorState,
} from './skew-corrector.js';
export type { Smoothing } from './smoothed-share.js';
export { FittedStandardScaler, StandardScaler, type StandardScalerState } from './standard-scaler.js';
export { mean } from './statistics/mean.js';
export { skewness } from './statistics/skewness.js';
export { standardDeviation } from './statistics/standard-deviation.js';
export { FittedValueMapper, type LevelMapping, ValueMapper, type ValueMapperState } from './value-mapper.js';
export {
  FittedVarianceThreshold,
  VarianceThreshold,
  type VarianceThresholdOptions,
  type VarianceThresholdState,
} from './variance-threshold.js';
export {
  FittedWeightOfEvidenceEncoder,
  WeightOfEvidenceEncoder,
  type WeightOfEvidenceEncoderOptions,
  type WeightOfEvidenceEncoderState,
} from './weight-of-evidence-encoder.js';
export {
  type ColumnBounds,
  FittedWinsorizer,
  Winsorizer,
  type WinsorizerOptions,
  type WinsorizerState,
} from './winsorizer.js';
export { inverseYeoJohnson, yeoJohnson } from './yeo-johnson.js';
export { likeliestLambda } from './yeo-johnson-likelihood.js';
