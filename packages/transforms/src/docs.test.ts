import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import * as core from '@churn/core';
import { pageOf, testClassPages } from '../../../docs/class-pages';
import * as transforms from './index';

testClassPages({
  root: join(__dirname, '..'),
  exported: transforms,
  modules: { '@churn/core': core, '@churn/transforms': transforms },
  elsewhere: ['@churn/models'],
  groups: [
    'Missing values',
    'Scale and shape of numbers',
    'Categories and bins',
    'Columns',
    'Putting together',
    'Rows',
  ],
});

const tests = readdirSync(__dirname)
  .filter((file) => file.endsWith('.test.ts'))
  .map((file) => readFileSync(join(__dirname, file), 'utf8'));
const exported: Readonly<Record<string, unknown>> = transforms;
const transformers = Object.keys(exported).filter((name) => isTransformerClass(exported[name]));

it.each(transformers)('%s has a test of its own', (name) => {
  // Some are made by a function of the same name.
  const maker = name === 'CustomTransformer' ? /\bcustom\(/ : new RegExp(`\\b${name}\\(`, 'i');
  if (tests.some((text) => maker.test(text))) return;
  const file = pageOf(name).replace('.md', '.test.ts');
  throw new Error(`write src/${file}, after the test of another transformer`);
});

function isTransformerClass(value: unknown): boolean {
  return typeof value === 'function' && typeof value.prototype?.fit === 'function';
}
