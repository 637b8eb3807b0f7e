const TITLES: Readonly<Record<string, string>> = {
  rocAuc: 'ROC AUC',
  logLoss: 'log loss',
  averagePrecision: 'average precision',
  brierScore: 'Brier score',
  f1: 'F1',
  calibrationError: 'calibration error',
  profit: 'profit per row',
  rootMeanSquaredError: 'RMSE',
  meanAbsoluteError: 'mean absolute error',
  medianAbsoluteError: 'median absolute error',
  calibration: 'predicted minus observed share',
  integratedBrierScore: 'integrated Brier score',
};

/** The title of a metric; survival metrics include their horizon. */
export function metricTitle(metric: string): string {
  const [name, ...horizon] = metric.split(' ');
  return [TITLES[name] ?? name, ...horizon].join(' ');
}
