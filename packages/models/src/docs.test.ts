import { join } from 'node:path';
import * as core from '@churn/core';
import { testClassPages } from '../../../docs/class-pages';
import * as models from './index';

testClassPages({
  root: join(__dirname, '..'),
  exported: models,
  modules: { '@churn/core': core, '@churn/models': models },
  groups: [
    'Boosting',
    'Trees and forests',
    'Linear classifiers',
    'Linear regressors',
    'Other classifiers',
    'Other regressors',
    'Ensembles',
    'Baselines',
  ],
});
