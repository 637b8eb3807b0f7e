import { join } from 'node:path';
import * as core from '@churn/core';
import * as models from '@churn/models';
import { testClassPages } from '../../../docs/class-pages';
import * as survival from './index';

testClassPages({
  root: join(__dirname, '..'),
  exported: survival,
  modules: { '@churn/core': core, '@churn/models': models, '@churn/survival': survival },
  groups: ['Models'],
});
