/** A task timed at several sizes, with its peers, the first of which is always included. */
export interface ScaleTask {
  readonly name: string;
  readonly peers: readonly string[];
  /** The name of the first of the two times. */
  readonly fit: string;
  /** The name of the second; missing if it is too short to measure. */
  readonly scoring?: string;
  readonly maxRows?: number;
}

export const SCALE_TASKS: readonly ScaleTask[] = [
  {
    name: 'boosting',
    peers: ['LightGBM', 'XGBoost', 'CatBoost', 'scikit-learn', 'ydf'],
    fit: 'boosting, 300 rounds, 31 leaves',
    scoring: 'boosting: scoring',
  },
  {
    name: 'forest',
    peers: ['scikit-learn-intelex', 'ydf'],
    fit: 'forest, 100 trees',
    scoring: 'forest: scoring',
  },
  {
    name: 'logistic regression, l2',
    peers: ['lbfgs', 'newton-cholesky', 'scikit-learn-intelex', 'glmnet'],
    fit: 'logistic regression, l2',
  },
  {
    name: 'logistic regression, l1',
    peers: ['skglm', 'glmnet', 'liblinear', 'saga'],
    fit: 'logistic regression, l1',
  },
  { name: 'SVC', peers: ['scikit-learn-intelex', 'scikit-learn'], fit: 'SVC, rbf, C = 10', maxRows: 10_000 },
  {
    name: 'CSV',
    peers: ['polars', 'DuckDB', 'pyarrow'],
    fit: 'CSV: file to table',
    scoring: 'CSV: table to file',
  },
];
