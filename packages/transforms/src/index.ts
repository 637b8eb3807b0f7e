export { mean, NORMAL_QUANTILE_RATIOS, normalQuantile, type PolynomialRatio } from '@churn/core';
export { type Extrapolation, type SplineBasis, splineBasis } from './b-spline.js';
export { type BinStrategy, binLabels } from './bin-edges.js';
export {
  type BinEncoding,
  Binner,
  type BinnerOptions,
  type BinnerState,
  type FittedBinner,
} from './binner.js';
export {
  CategoryEncoder,
  type CategoryEncoderOptions,
  type CategoryEncoderState,
  type ClassShares,
  type FittedCategoryEncoder,
} from './category-encoder.js';
export type { ColumnsOption } from './chosen-columns.js';
export { Clip, type ClipLimits, type ClipOptions, type ClipState, type FittedClip } from './clip.js';
export type { ColumnSelector } from './column-selector.js';
export {
  ConstantImputer,
  type ConstantImputerOptions,
  type ConstantImputerState,
  type FittedConstantImputer,
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
  type FittedDateParts,
} from './date-parts.js';
export { DropColumns, type DropColumnsState, type FittedDropColumns } from './drop-columns.js';
export {
  DropConstantColumns,
  type DropConstantColumnsState,
  type FittedDropConstantColumns,
} from './drop-constant-columns.js';
export {
  type CorrelatedWith,
  DropCorrelatedColumns,
  type DropCorrelatedColumnsOptions,
  type DropCorrelatedColumnsState,
  type FittedDropCorrelatedColumns,
} from './drop-correlated-columns.js';
export {
  DropDuplicateColumns,
  type DropDuplicateColumnsState,
  type FittedDropDuplicateColumns,
} from './drop-duplicate-columns.js';
export { dropDuplicateRows } from './drop-duplicate-rows.js';
export type { FeatureSelection, FeatureSelectionState } from './feature-selection.js';
export { FeatureUnion, FittedFeatureUnion } from './feature-union.js';
export type { FillExtras, GroupFills } from './fills.js';
export {
  type FittedFrequencyEncoder,
  FrequencyEncoder,
  type FrequencyEncoderOptions,
  type FrequencyEncoderState,
} from './frequency-encoder.js';
export type { ImputerOptions, IndicatorOption } from './imputer-options.js';
export {
  type FittedLog1pTransformer,
  Log1pTransformer,
  type Log1pTransformerState,
} from './log1p-transformer.js';
export { type FittedMaxAbsScaler, MaxAbsScaler, type MaxAbsScalerState } from './max-abs-scaler.js';
export { type FittedMeanImputer, MeanImputer, type MeanImputerState } from './mean-imputer.js';
export { type FittedMedianImputer, MedianImputer, type MedianImputerState } from './median-imputer.js';
export {
  type FittedMinMaxScaler,
  MinMaxScaler,
  type MinMaxScalerOptions,
  type MinMaxScalerState,
} from './min-max-scaler.js';
export { type FittedModeImputer, ModeImputer, type ModeImputerState } from './mode-imputer.js';
export {
  type FittedNystroem,
  Nystroem,
  type NystroemKernel,
  type NystroemOptions,
  type NystroemState,
} from './nystroem.js';
export { FittedOnColumns, OnColumns, onColumns } from './on-columns.js';
export {
  type FittedOneHotEncoder,
  type OneHotDrop,
  OneHotEncoder,
  type OneHotEncoderOptions,
  type OneHotEncoderState,
  type OneHotLevels,
} from './one-hot-encoder.js';
export {
  type FittedOrdinalEncoder,
  OrdinalEncoder,
  type OrdinalEncoderOptions,
  type OrdinalEncoderState,
} from './ordinal-encoder.js';
export { type FittedPCA, PCA, type PCAOptions, type PCAState } from './pca.js';
export {
  type FittedPolynomialFeatures,
  PolynomialFeatures,
  type PolynomialFeaturesOptions,
  type PolynomialFeaturesState,
} from './polynomial-features.js';
export { type PolynomialTerm, polynomialTerms } from './polynomial-terms.js';
export {
  type FittedPowerTransformer,
  type PowerMethod,
  PowerTransformer,
  type PowerTransformerOptions,
  type PowerTransformerState,
} from './power-transformer.js';
export {
  type FittedQuantileTransformer,
  type OutputDistribution,
  QuantileTransformer,
  type QuantileTransformerOptions,
  type QuantileTransformerState,
} from './quantile-transformer.js';
export {
  type FittedRBFSampler,
  RBFSampler,
  type RBFSamplerOptions,
  type RBFSamplerState,
} from './rbf-sampler.js';
export {
  type FittedRecursiveFeatureElimination,
  RecursiveFeatureElimination,
  type RecursiveFeatureEliminationOptions,
} from './recursive-feature-elimination.js';
export { type FittedRenameColumns, RenameColumns, type RenameColumnsState } from './rename-columns.js';
export {
  type FittedRobustScaler,
  RobustScaler,
  type RobustScalerOptions,
  type RobustScalerState,
} from './robust-scaler.js';
export { type FittedSelectColumns, SelectColumns, type SelectColumnsState } from './select-columns.js';
export {
  type FittedSelectFromModel,
  SelectFromModel,
  type SelectFromModelOptions,
} from './select-from-model.js';
export { type FittedSelectKBest, SelectKBest, type SelectKBestOptions } from './select-k-best.js';
export {
  type FittedSkewCorrector,
  SkewCorrector,
  type SkewCorrectorOptions,
  type SkewCorrectorState,
} from './skew-corrector.js';
export type { Smoothing } from './smoothed-share.js';
export { type SnapshotOptions, snapshots } from './snapshots.js';
export {
  type FittedSplineTransformer,
  type KnotPlacing,
  SplineTransformer,
  type SplineTransformerOptions,
  type SplineTransformerState,
} from './spline-transformer.js';
export {
  type FittedStandardScaler,
  StandardScaler,
  type StandardScalerOptions,
  type StandardScalerState,
} from './standard-scaler.js';
export { correlation } from './statistics/correlation.js';
export { skewness } from './statistics/skewness.js';
export { standardDeviation } from './statistics/standard-deviation.js';
export {
  type FittedValueMapper,
  type LevelMapping,
  ValueMapper,
  type ValueMapperState,
} from './value-mapper.js';
export {
  type FittedVarianceThreshold,
  VarianceThreshold,
  type VarianceThresholdOptions,
  type VarianceThresholdState,
} from './variance-threshold.js';
export {
  type FittedWeightOfEvidenceEncoder,
  WeightOfEvidenceEncoder,
  type WeightOfEvidenceEncoderOptions,
  type WeightOfEvidenceEncoderState,
} from './weight-of-evidence-encoder.js';
export {
  type ColumnBounds,
  type FittedWinsorizer,
  Winsorizer,
  type WinsorizerOptions,
  type WinsorizerState,
} from './winsorizer.js';
export { inverseYeoJohnson, yeoJohnson } from './yeo-johnson.js';
export { likeliestLambda } from './yeo-johnson-likelihood.js';
