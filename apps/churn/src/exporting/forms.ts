/** What `--to` calls the forms, each of which has its target in `targets.ts`: the command line is read without loading those. */
export const EXPORT_FORMS = ['js', 'sql', 'onnx', 'lightgbm', 'xgboost'] as const;
