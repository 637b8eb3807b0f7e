/**
 * The quality of regression: root mean squared error and mean absolute error, both divided by the standard deviation of the test target, so
 * that data sets are comparable. Prints Markdown.
 */
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { qualityReport } from './quality-report.js';

process.stdout.write(
  qualityReport(
    process.env.BENCH_AMOUNTS ?? join(tmpdir(), 'churn-amounts'),
    'amount_sets.py',
    [
      { figure: 'rmse', title: 'root mean squared error', greaterIsBetter: false },
      { figure: 'mae', title: 'mean absolute error', greaterIsBetter: false },
    ],
    {
      ours: { names: ['GradientBoostingRegressor', 'RandomForestRegressor'], script: './amounts-ours.js' },
      peers: {
        names: ['CatBoost', 'HistGradientBoosting', 'LightGBM', 'XGBoost'],
        script: 'amounts.py',
      },
    },
  ),
);
