import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import {
  ChurnError,
  type FitOptions,
  type FittedClassifier,
  type FittedModel,
  type Model,
  type ModelDefinition,
  type Parameter,
  StateReader,
  Table,
} from '@churn/core';
import SVM from 'libsvm-js/asm.js';
import LogisticRegressionEngine from 'ml-logistic-regression';
import { Matrix } from 'ml-matrix';
import { RandomForestClassifier as MlForest } from 'ml-random-forest';
import * as models from './index.js';
import * as mljs from './mljs/index.js';

/** Constructor arguments that cannot be part of a configuration. */
const engines: Readonly<Record<string, unknown>> = {
  LibsvmSvc: SVM,
  MlLogisticRegression: { LogisticRegression: LogisticRegressionEngine, Matrix },
  MlRandomForest: MlForest,
};
const wrappers: readonly ModelDefinition[] = [
  models.BaggedClassifier,
  models.CalibratedClassifier,
  models.StackingClassifier,
  models.StackingRegressor,
  models.TransformedTargetRegressor,
  models.VotingClassifier,
  models.VotingRegressor,
];
const listed: readonly ModelDefinition[] = [
  ...models.classifiers,
  ...models.regressors,
  ...mljs.mljsClassifiers,
];
const row = Array.from({ length: 60 }, (_, i) => i);
const x = Table.fromColumns({ a: row.map((i) => Math.sin(i * 7)), b: row.map((i) => Math.cos(i * 3)) });
/** Labels of two classes that are also numeric targets above 0. */
const y = row.map((i) => 1 + Number(Math.sin(i * 7) + Math.cos(i) > 0));
const predictions = (fitted: FittedModel, table: Table) =>
  'predictProba' in fitted ? (fitted as FittedClassifier).predictProba(table) : fitted.predict(table);

function make(definition: ModelDefinition, options: object = {}): Model {
  const needed = 'engine' in definition.parameters && { engine: engines[definition.type] };
  return new definition({ ...needed, ...options });
}

function takes(definition: ModelDefinition, table: Table, options?: FitOptions): boolean {
  try {
    predictions(make(definition).fit(table, y, options), table);
    return true;
  } catch (error) {
    if (!ChurnError.is(error)) throw error;
    return false;
  }
}

it('lists each model that is exported: add a new one to `classifiers` or `regressors` at the end of its index.ts', () => {
  const isModel = (each: unknown) => typeof each === 'function' && typeof each.prototype?.fit === 'function';
  const exported = [...Object.values(models), ...Object.values(mljs)].filter(isModel);
  expect(new Set([...listed, ...wrappers])).toEqual(new Set(exported));
});

const readme = readFileSync(join(__dirname, '../README.md'), 'utf8');

it.each(listed.map(({ type }) => type))('%s stands in README.md: say there what it is', (type) => {
  if (!readme.includes(`\`${type}\``)) throw new Error(`say in README.md what ${type} is`);
});

describe.each(listed.map((each) => [each.type, each] as const))('%s', (_, definition) => {
  const { type, parameters, accepts } = definition;
  const plain: readonly [string, Parameter][] = Object.entries(parameters).filter(
    ([, { isPlain }]) => isPlain,
  );

  it('has only plain options, each with a valid default', () => {
    const defaults = plain.filter(([, each]) => each.default !== undefined);
    expect(
      make(definition, Object.fromEntries(defaults.map(([name, each]) => [name, each.default]))),
    ).toEqual(make(definition));
  });

  it('accepts the values that a search tries', () => {
    for (const [name, { grid = [] }] of plain) for (const value of grid) make(definition, { [name]: value });
    expect(plain.every(([, { grid, default: value }]) => !grid || value !== undefined)).toBe(true);
  });

  it('rejects unknown options and those of another type', () => {
    expect(() => make(definition, { seeed: 1 })).toThrow(
      /^seeed: unknown; (did you mean seed|the options are)/,
    );
    for (const [name] of plain) {
      expect(() => make(definition, { [name]: Symbol.iterator })).toThrow(`${name}: expected `);
    }
  });

  it('accepts only the input declared by `accepts`', () => {
    const gaps = x.with({ a: x.numeric('a').map((value, i) => (i % 7 ? value : NaN)) });
    const levels = x.with({ b: row.map((i) => 'uvw'[i % 3]) });
    expect({
      missing: takes(definition, gaps),
      categories: takes(definition, levels),
      sampleWeight: takes(definition, x, { sampleWeight: row.map((i) => 1 + (i % 2)) }),
    }).toEqual(accepts);
  });

  it('restores its state', () => {
    const fitted = make(definition).fit(x, y);
    expect(fitted.type).toBe(type);
    const state = new StateReader(type, JSON.parse(JSON.stringify(fitted.state)));
    expect(predictions(definition.restore(state, []), x)).toEqual(predictions(fitted, x));
  });
});
