import type { ExportTarget } from './export-target.js';
import { javascript } from './javascript.js';
import { onnx } from './onnx.js';
import { sql } from './sql.js';
import { lightgbm, xgboost } from './trees.js';

/** All forms in which a model can be exported. */
export const exportTargets: readonly ExportTarget[] = [javascript, sql, onnx, lightgbm, xgboost];
