/** The names of the targets in `targets.ts`, for the command line, which is parsed without loading them. */
export const EXPORT_FORMS = ['js', 'sql', 'onnx', 'lightgbm', 'xgboost'] as const;
