/** The quality of classification: AUC (one-vs-rest mean for several classes) and log loss. Prints Markdown. */
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { qualityReport } from './quality-report.js';

/** The time limit of AutoGluon per split. */
const AUTOGLUON_SECONDS = process.env.BENCH_AUTOGLUON ?? '60';

process.stdout.write(
  qualityReport(
    process.env.BENCH_QUALITY ?? join(tmpdir(), 'churn-quality'),
    'quality_sets.py',
    [
      { figure: 'auc', title: 'AUC', greaterIsBetter: true },
      { figure: 'logLoss', title: 'log loss', greaterIsBetter: false },
    ],
    {
      ours: {
        names: ['GradientBoostingClassifier', 'preset good', 'preset best'],
        script: './quality-ours.js',
      },
      peers: {
        names: ['AutoGluon', 'CatBoost', 'HistGradientBoosting', 'LightGBM', 'XGBoost'],
        script: 'quality.py',
        args: [AUTOGLUON_SECONDS],
      },
    },
  ),
);
