import { readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join, relative } from 'node:path';
import Ajv from 'ajv';
import { parse } from 'yaml';
import { checkedConfig } from './config';
import { DESCRIPTIONS } from './descriptions';
import { configurationSchema, keysOf } from './json-schema';

const FILE = join(__dirname, '../../schema.json');
const ROOT = join(__dirname, '../../../..');
const schema = configurationSchema();
const isValid = new Ajv({
  allErrors: false,
  strictTypes: false,
  allowUnionTypes: true,
  formats: { uri: true },
}).compile(schema);

/** Every configuration of the repository. */
const configurations = ['config', 'examples', 'apps/churn/test'].flatMap((folder) =>
  readdirSync(join(ROOT, folder), { recursive: true, encoding: 'utf8' })
    .filter((file) => file.endsWith('.yaml') && !file.includes('node_modules'))
    .map((file) => join(ROOT, folder, file))
    .filter((file) => /^(data|extends):/m.test(readFileSync(file, 'utf8'))),
);

it('is the published schema; UPDATE_SCHEMA=1 writes it', () => {
  const current = `${JSON.stringify(schema)}\n`;
  if (process.env.UPDATE_SCHEMA) writeFileSync(FILE, current);
  expect(readFileSync(FILE, 'utf8')).toBe(current);
});

it('describes every key, and no others', () => {
  expect([...new Set(keysOf(schema).map(({ path }) => path))].sort()).toEqual(
    Object.keys(DESCRIPTIONS).sort(),
  );
});

it.each(configurations.map((file) => [relative(ROOT, file), file]))(
  '%s is valid, and names the schema',
  (_, file) => {
    const text = readFileSync(file, 'utf8');
    isValid(parse(text));
    expect(isValid.errors).toBeNull();
    const [, named] = /^# yaml-language-server: \$schema=(.*)$/m.exec(text) ?? [];
    expect(join(file, '..', named)).toBe(FILE);
  },
);

const CASE = { data: { file: 'a.csv', target: 'left', positive: 'yes' } };

it.each<[object]>([
  [{}],
  [{ data: { target: 'left' }, seeds: 1 }],
  [{ ...CASE, sed: 1 }],
  [{ ...CASE, seed: 1.5 }],
  [{ ...CASE, split: { testSize: 1 } }],
  [{ ...CASE, preset: 'fats' }],
  [{ ...CASE, models: { a: { type: 'Forest' } } }],
  [{ ...CASE, models: { a: { type: 'LogisticRegression', C: 0 } } }],
  [{ ...CASE, models: { a: { type: 'LogisticRegression', C: [] } } }],
  [{ ...CASE, models: { a: { type: 'LogisticRegression', penalty: ['l1', 'l3'] } } }],
  [{ ...CASE, models: { a: { type: 'SVC', kernl: 'rbf' } } }],
  [{ ...CASE, threshold: { maximize: 'f1' } }],
  [{ ...CASE, crossValidation: { scoring: 'rocauc' } }],
  [{ ...CASE, processing: { encoding: 'onehot' } }],
  [{ ...CASE, processing: { mappings: { plan: { A: 1 } } } }],
  [{ data: { ...CASE.data, columns: { a: { kind: 'numerical' } } } }],
  [{ data: { ...CASE.data, columns: { a: { kind: 'numeric', levels: ['x'] } } } }],
  [{ data: { ...CASE.data, target: { duration: 'days' } } }],
])('%j is invalid for editors and commands', (given) => {
  expect(isValid(given)).toBe(false);
  expect(() => checkedConfig(given, 'c.yaml')).toThrow('c.yaml: ');
});

it.each<[object]>([
  [CASE],
  [{ ...CASE, models: { a: { type: 'LogisticRegression', C: [1, 10], encoding: 'oneHot' } } }],
  [
    {
      ...CASE,
      models: { a: { type: 'RandomForestClassifier', maxFeatures: ['sqrt', 0.5], maxDepth: [null, 3] } },
    },
  ],
  [{ ...CASE, threshold: { profit: { value: 'clv', acceptance: { alpha: 2, beta: 3 } } } }],
  [{ ...CASE, monitoring: { id: 'customer', live: false, log: { folder: 'log' } } }],
  [{ data: { file: 'a.csv', target: { duration: 'd', event: 'e', horizons: ['30 days', '90 days'] } } }],
  [{ ...CASE, workers: 'redis://queue:6379', tracking: { mlflow: 'http://localhost:5000' }, time: '5m' }],
])('%j is valid for editors and commands', (given) => {
  isValid(given);
  expect(isValid.errors).toBeNull();
  expect(() => checkedConfig(given, 'c.yaml')).not.toThrow();
});
