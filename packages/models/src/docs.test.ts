import { join } from 'node:path';
import * as core from '@churn/core';
import SVM from 'libsvm-js/asm.js';
import LogisticRegression from 'ml-logistic-regression';
import * as mlMatrix from 'ml-matrix';
import * as mlRandomForest from 'ml-random-forest';
import { testClassPages } from '../../../docs/class-pages';
import * as models from './index';
import * as mljs from './mljs/index';

const defaultExport = (value: unknown) => ({ __esModule: true, default: value });

testClassPages({
  root: join(__dirname, '..'),
  exported: { ...models, ...mljs },
  modules: {
    '@churn/core': core,
    '@churn/models': models,
    '@churn/models/mljs': mljs,
    'libsvm-js/asm.js': defaultExport(SVM),
    'ml-logistic-regression': defaultExport(LogisticRegression),
    'ml-matrix': mlMatrix,
    'ml-random-forest': mlRandomForest,
  },
  groups: [
    'Boosting',
    'Trees and forests',
    'Linear classifiers',
    'Linear regressors',
    'Other classifiers',
    'Other regressors',
    'Ensembles',
    'Baselines',
    'Models of mljs',
  ],
});
