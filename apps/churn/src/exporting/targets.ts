import type { ExportTarget } from './export-target.js';
import { javascript } from './javascript.js';
import { onnx } from './onnx.js';
import { sql } from './sql.js';
import { lightgbm, xgboost } from './trees.js';

/** All export targets. */
export const exportTargets: readonly ExportTarget[] = [javascript, sql, onnx, lightgbm, xgboost];
