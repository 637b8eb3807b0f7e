export { type JavaScriptModule, type JavaScriptOptions, toJavaScript } from './javascript/to-javascript.js';
export { type OnnxOptions, toOnnx } from './onnx/to-onnx.js';
export type { Condition, Expression, ProgramDatePart, UnaryFunction } from './program/expression.js';
export { lower } from './program/lowering/lower.js';
export { type Remaining, remainingOf, type SurvivalLoweringOptions } from './program/lowering/survival.js';
export type {
  ColumnId,
  ComputeStep,
  CouplingStep,
  KernelStep,
  NeighborsStep,
  Program,
  ProgramCheck,
  ProgramColumn,
  ProgramKernel,
  ProgramNode,
  ProgramOutput,
  ProgramStep,
  ProgramTree,
  TreesStep,
} from './program/program.js';
export { SQL_DIALECTS, type SqlDialectName } from './sql/sql-dialects.js';
export { type SqlOptions, toSql } from './sql/to-sql.js';
export { fromCatBoost } from './trees/from-catboost.js';
export { fromLightGBM } from './trees/from-lightgbm.js';
export { fromOnnx } from './trees/from-onnx.js';
export { fromXGBoost, type XGBoostImportOptions } from './trees/from-xgboost.js';
export type { ImportedTrees, ImportOptions } from './trees/imported-trees.js';
export { toLightGBM } from './trees/to-lightgbm.js';
export { toXGBoost } from './trees/to-xgboost.js';
