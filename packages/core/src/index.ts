export { type ArrowTableLike, type ArrowVectorLike, arrowValues } from './arrow.js';
export { checkedPredictions } from './checked-predictions.js';
export { checkedProbabilities } from './checked-probabilities.js';
export { classLabels, twoClassLabels } from './class-labels.js';
export {
  type Classifier,
  type ClassProbabilities,
  type FittedClassifier,
  likeliest,
  likeliestCodes,
} from './classifier.js';
export {
  type CategoryColumn,
  type Cell,
  type CellInput,
  type Column,
  type ColumnKind,
  categoryColumn,
  cellAt,
  columnLength,
  columnOf,
  countMissing,
  type NumericColumn,
  numericColumn,
  takeRows,
} from './column.js';
export { type DurationLists, Durations, type DurationsLike } from './durations.js';
export { binaryExponent } from './elementary/binary-exponent.js';
export { cos } from './elementary/cos.js';
export { exp, expm1 } from './elementary/exp.js';
export { log } from './elementary/log.js';
export { logGamma } from './elementary/log-gamma.js';
export { log1p } from './elementary/log1p.js';
export { nextAbove, nextBelow } from './elementary/next-number.js';
export { log2, log10, pow } from './elementary/pow.js';
export { powerOfTwo } from './elementary/powers-of-two.js';
export { square } from './elementary/square.js';
export { tanh } from './elementary/tanh.js';
export { ChurnError, type ErrorCode } from './error.js';
export { extremeColumn } from './extreme-column.js';
export { firstRepeated } from './first-repeated.js';
export { FittedPipeline, isPipeline, isTransformer } from './fitted-pipeline.js';
export { stratifiedFolds } from './folds.js';
export { allFinite, hasInfinite } from './infinite.js';
export { isList } from './is-list.js';
export { parseIsoDate } from './iso-date.js';
export { isoDay, isoInstant, isoTime } from './iso-time.js';
export { type Isolated, isolateFaults } from './isolate-faults.js';
export type { Json, JsonObject } from './json.js';
export {
  type ClassLabel,
  Labels,
  type LabelsLike,
  type LabelsOptions,
} from './labels.js';
export { lowerBound } from './lower-bound.js';
export { mean } from './mean.js';
export type { Attribution, Attributions, FitOptions, FittedModel, FittedPart, Model } from './model.js';
export type { AcceptedInput, ModelDefinition } from './model-definition.js';
export {
  type LoadedModel,
  MODEL_FORMAT_VERSION,
  parseModel,
  serializeModel,
  type TrainingRecord,
} from './model-file.js';
export { classifierParameter, modelParameter, regressorParameter } from './model-parameter.js';
export {
  NORMAL_QUANTILE_RATIOS,
  normalCdf,
  normalQuantile,
  type PolynomialRatio,
} from './normal-distribution.js';
export type { NumberRange } from './number-range.js';
export { isClassifier, outputColumns } from './output-columns.js';
export { refuseOverflow } from './overflow.js';
export { type PackedArray, packArray } from './packed-array.js';
export { requireParameter } from './parameter.js';
export {
  booleanParameter,
  callback,
  choicesOf,
  type DefaultParameter,
  eitherOf,
  integerParameter,
  listOf,
  numberParameter,
  type OptionsOf,
  oneOf,
  orNull,
  type Parameter,
  type ParameterRecord,
  parameter,
  type RequiredParameter,
  readOptions,
  recordOf,
  required,
  type SettingsOf,
  textParameter,
  withDefault,
  withGrid,
} from './parameters.js';
export { Pipeline } from './pipeline.js';
export { plainLetters } from './plain-letters.js';
export { QuantileSketch, type WeightedValues } from './quantile-sketch.js';
export { Random, type StreamKey } from './random.js';
export { rawColumns } from './raw-columns.js';
export { inRawRows, type RawRows } from './raw-faults.js';
export { dateColumns } from './raw-readings.js';
export type { FittedRegressor, Regressor } from './regressor.js';
export { requireTable } from './require-table.js';
export { type FittedByRole, type Restorable, restorePart, type SavedPart, savedPart } from './restore.js';
export { compileRow, positionOf, rowsToTable, rowValues } from './row.js';
export { checkedValues, type RowFault, rowFaultError } from './row-fault.js';
export type { RowFilter } from './row-numbers.js';
export type { RowStep, RowValue, RowValues } from './row-step.js';
export { checkedWeights, sampleWeights } from './sample-weights.js';
export { conformTo, restoreSchema, schemaOf, type TableSchema } from './schema.js';
export { type SeenLevels, type SeenNumbers, type SeenValues, seenValues } from './seen-values.js';
export { didYouMean, similarName } from './similar-name.js';
export { requireSpecification } from './specification.js';
export { spellingKey } from './spelling-key.js';
export {
  isBoolean,
  isClassLabel,
  isNumber,
  isNumberOrNull,
  isNumberRecord,
  isPlainObject,
  isString,
  StateReader,
} from './state-reader.js';
export {
  type CategorySummary,
  type ColumnSummary,
  type NumericSummary,
  summaryOf,
  type TableSummary,
} from './summary.js';
export type { FittedSurvivalModel, SurvivalModel } from './survival-model.js';
export { type ColumnData, type MatrixLike, missingColumn, type Row, Table } from './table.js';
export {
  MODEL_ROLES,
  type Role,
  type RoleOf,
  requireTargetPerRow,
  type Target,
  type TargetLike,
  targetFor,
} from './target.js';
export { TargetValues, type TargetValuesLike } from './target-values.js';
export {
  type FitTransformed,
  type FittedTransformer,
  fitThenTransform,
  type Transformer,
} from './transformer.js';
export { visibleLines, visibleText } from './visible-text.js';
export { wilsonInterval } from './wilson-interval.js';
