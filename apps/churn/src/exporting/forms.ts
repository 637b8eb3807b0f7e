/** What `--to` calls the forms, each of which has its target in `targets.ts`: the command line is read without loading those. */
export const EXPORT_FORMS = ['js', 'lightgbm', 'xgboost'] as const;
