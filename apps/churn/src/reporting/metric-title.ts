const TITLES: Readonly<Record<string, string>> = {
  rocAuc: 'ROC AUC',
  logLoss: 'log loss',
  averagePrecision: 'average precision',
  brierScore: 'Brier score',
  f1: 'F1',
  calibrationError: 'calibration error',
  profit: 'profit a row',
  rootMeanSquaredError: 'RMSE',
  meanAbsoluteError: 'mean absolute error',
  medianAbsoluteError: 'median absolute error',
  integratedBrierScore: 'integrated Brier score',
};

/** What people call a metric. */
export function metricTitle(metric: string): string {
  return TITLES[metric] ?? metric;
}
