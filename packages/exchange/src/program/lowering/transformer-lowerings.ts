import type { TransformerLowering } from './transformer-lowering.js';
import { choosing } from './transformer-lowering.js';
import { binner } from './transformers/binner.js';
import { scaler, standardScaler } from './transformers/centring.js';
import { dateParts } from './transformers/date-parts.js';
import { imputer } from './transformers/imputers.js';
import { nystroem, pca, rbfSampler } from './transformers/joint.js';
import {
  categoryEncoder,
  levelEncoder,
  oneHotEncoder,
  ordinalEncoder,
  valueMapper,
} from './transformers/levels.js';
import { clip, winsorizer } from './transformers/limits.js';
import { featureUnion, onColumns, pipeline } from './transformers/nested.js';
import { polynomialFeatures } from './transformers/polynomial-features.js';
import { log1pTransformer, powerTransformer, skewCorrector } from './transformers/powers.js';
import { quantileTransformer } from './transformers/quantile-transformer.js';
import { renameColumns } from './transformers/rename-columns.js';
import { splineTransformer } from './transformers/spline-transformer.js';

/** The lowerings of fitted transformers, by class name in model files. */
export const transformerLowerings: Readonly<Record<string, TransformerLowering>> = {
  Binner: binner,
  CategoryEncoder: categoryEncoder,
  Clip: clip,
  ConstantImputer: imputer('values'),
  DateParts: dateParts,
  DropColumns: choosing,
  DropConstantColumns: choosing,
  DropCorrelatedColumns: choosing,
  DropDuplicateColumns: choosing,
  FeatureUnion: featureUnion,
  FrequencyEncoder: levelEncoder('frequencies', { unseen: 0, missing: NaN }),
  Log1pTransformer: log1pTransformer,
  MaxAbsScaler: scaler,
  MeanImputer: imputer('means'),
  MedianImputer: imputer('medians'),
  MinMaxScaler: scaler,
  ModeImputer: imputer('modes'),
  Nystroem: nystroem,
  OnColumns: onColumns,
  OneHotEncoder: oneHotEncoder,
  OrdinalEncoder: ordinalEncoder,
  PCA: pca,
  Pipeline: pipeline,
  PolynomialFeatures: polynomialFeatures,
  PowerTransformer: powerTransformer,
  QuantileTransformer: quantileTransformer,
  RBFSampler: rbfSampler,
  RecursiveFeatureElimination: choosing,
  RenameColumns: renameColumns,
  RobustScaler: scaler,
  SelectColumns: choosing,
  SelectFromModel: choosing,
  SelectKBest: choosing,
  SkewCorrector: skewCorrector,
  SplineTransformer: splineTransformer,
  StandardScaler: standardScaler,
  ValueMapper: valueMapper,
  VarianceThreshold: choosing,
  WeightOfEvidenceEncoder: levelEncoder('weights', { unseen: 0, missing: 0 }),
  Winsorizer: winsorizer,
};
