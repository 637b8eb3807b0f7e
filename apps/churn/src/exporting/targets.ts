import type { ExportTarget } from './export-target.js';
import { javascript } from './javascript.js';
import { onnx } from './onnx.js';

/** All forms in which a model can be exported. */
export const exportTargets: readonly ExportTarget[] = [javascript, onnx];
