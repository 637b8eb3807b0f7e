import { compileRow, FittedPipeline, type Json, rowValues, StateReader, schemaOf, Table } from '@churn/core';
import * as modelLibrary from '@churn/models';
import * as selection from '@churn/selection';
import * as survival from '@churn/survival';
import {
  CategoryEncoder,
  DropConstantColumns,
  MeanImputer,
  ModeImputer,
  PolynomialFeatures,
  SkewCorrector,
  SplineTransformer,
  StandardScaler,
  ValueMapper,
} from '@churn/transforms';
import fc from 'fast-check';
import type { ProcessingConfig } from '../config/config';
import { encoding } from '../config/encoding';
import type { ModelParameters } from '../config/model-config';
import { configurable, modelsOf } from './models';
import { createPipeline, modelClasses } from './processing';
import { MISSING, unsuitedProcessing } from './suited-processing';

const models = modelsOf.classes;

const processing = (more: object = {}): ProcessingConfig => ({
  mappings: {},
  skewThreshold: 0.75,
  encoding: encoding.parse({ maxLevels: 4 }),
  ...more,
});

const seed = 1;

/** A model that is quick to fit. */
function quick(type: string, more: object = {}): ModelParameters {
  const definition = models.find((each) => each.type === type) as (typeof models)[number];
  const few: Record<string, Json> = { nEstimators: 3, minSamplesLeaf: 2, numSteps: 50 };
  const given = Array.from(configurable(definition).keys(), (name) => [name, few[name]]);
  return {
    type,
    degree: 1,
    ...Object.fromEntries(given.filter(([, value]) => value !== undefined)),
    ...more,
  };
}

/** A row in three is of the second class, which the column `called` is empty for. */
const rows = Array.from({ length: 60 }, (_, row) => row);
const y = rows.map((row) => (row % 3 === 0 ? 'yes' : 'no'));
const numbers = {
  age: rows.map((row) => 20 + ((row * 7) % 31)),
  income: rows.map((row) => (row % 4 === 1 ? null : row * row)),
  once: rows.map((row) => (row % 3 === 0 ? null : 1)),
  none: Float64Array.from(rows, () => NaN),
};
const categories = {
  plan: rows.map((row) => 'abc'[row % 3 === 0 ? row % 2 : row % 2 === 0 ? 1 : 2]),
  called: rows.map((row) => (row % 3 === 0 ? null : 'pq'[row % 2])),
  only: rows.map((row) => (row % 3 === 0 ? null : 'x')),
  town: rows.map((row) => (row % 10 === 9 ? null : `town ${row % 9}`)),
  never: { kind: 'category' as const, codes: Int32Array.from(rows, () => -1), levels: [] },
};
const TABLES = {
  both: Table.fromColumns({ ...numbers, ...categories }),
  'numbers alone': Table.fromColumns(numbers),
  'categories alone': Table.fromColumns(categories),
};

const METHODS = ['ratio', 'oneHot', 'native'] as const;
/** All that a configuration can ask for, of each model, and that is not refused. */
const asked = models.flatMap(({ type, accepts }) => [
  quick(type, { splines: true }),
  quick(type, { splines: 3, skewThreshold: null, missing: 'level' }),
  ...[1, 2].flatMap((degree) =>
    [undefined, ...MISSING].flatMap((missing) =>
      [undefined, ...METHODS].flatMap((encoding) => {
        const given = quick(type, { degree, ...(missing && { missing }), ...(encoding && { encoding }) });
        return unsuitedProcessing(accepts, processing(), given) ? [] : [given];
      }),
    ),
  ),
]);

/** A row to score: numbers and levels of training and others, gaps, and columns that are empty. */
const scored = fc.record({
  age: fc.oneof(fc.constant(null), fc.double({ min: -1e3, max: 1e3, noNaN: true })),
  income: fc.oneof(fc.constant(null), fc.integer({ min: -100, max: 10_000 })),
  once: fc.constantFrom(null, 1, 2),
  none: fc.constantFrom(null, 1),
  plan: fc.constantFrom(null, 'a', 'b', 'new'),
  called: fc.constantFrom(null, 'p', 'new'),
  only: fc.constantFrom(null, 'x', 'y'),
  town: fc.constantFrom(null, 'town 1', 'elsewhere'),
  never: fc.constantFrom(null, 'at last'),
});

describe.each(Object.entries(TABLES))('of a table of %s', (_, x) => {
  it.each(models.map(({ type }) => type))('scores any row by a %s, whatever is done to it before', (type) => {
    for (const given of asked.filter((each) => each.type === type)) scoresAnyRow(x, given);
  });
});

function scoresAnyRow(x: Table, given: ModelParameters): void {
  const fitted = createPipeline(processing(), given, { seed }).fit(x, y);
  const state = new StateReader('Pipeline', JSON.parse(JSON.stringify(fitted.state)));
  const restored = FittedPipeline.restore(state, modelClasses) as typeof fitted;
  const step = compileRow(fitted.steps, fitted.schema);
  fc.assert(
    fc.property(fc.array(scored, { minLength: 1, maxLength: 4 }), (some) => {
      const kinds = new Map(schemaOf(x).map(({ name, kind }) => [name, kind]));
      const table = Table.fromRows(some, kinds);
      const probabilities = fitted.predictProba(table);
      expect(restored.predictProba(table)).toEqual(probabilities);
      const sums = some.map((_, row) => probabilities.reduce((sum, each) => sum + each[row], 0));
      for (const sum of sums) expect(sum).toBeCloseTo(1, 9);
      const processed = fitted.steps.reduce(
        (before, each) => each.transform(before),
        table.select(fitted.schema.map(({ name }) => name)),
      );
      some.forEach((row, i) => {
        const values = step.apply(rowValues(fitted.schema, row));
        const cells = Object.values(processed.row(i)).map((cell) => cell ?? NaN);
        expect(values.map((value) => value ?? NaN)).toEqual(cells);
      });
    }),
    { numRuns: 3, seed },
  );
}

describe('processing', () => {
  const stepsOf = (given: ProcessingConfig, model: object) => {
    const { steps } = createPipeline(given, quick('LogisticRegression', model), { seed });
    return steps;
  };

  it('is that of the original study if configured', () => {
    const given = processing({
      missing: 'fill',
      encoding: encoding.parse({ method: 'ratio', smoothing: 0 }),
    });
    expect(stepsOf(given, { degree: 2 })).toEqual([
      new ValueMapper({}),
      new DropConstantColumns(),
      new MeanImputer(),
      new ModeImputer(),
      new SkewCorrector({ threshold: 0.75 }),
      new CategoryEncoder({ smoothing: 0, folds: 5, seed }),
      new PolynomialFeatures({ degree: 2 }),
      new StandardScaler(),
    ]);
  });

  it('of one model replaces the common processing', () => {
    const all = processing({ missing: 'fill', encoding: encoding.parse({ method: 'ratio', smoothing: 3 }) });
    const own = { missing: 'indicator', encoding: { folds: 2 } };
    expect(stepsOf(all, own)).toEqual(
      stepsOf(
        processing({
          missing: 'indicator',
          encoding: encoding.parse({ method: 'ratio', smoothing: 3, folds: 2 }),
        }),
        {},
      ),
    );
  });

  it('leaves skewed columns unchanged without a threshold, for all models or one', () => {
    const skewOf = (all: object, own: object) =>
      stepsOf(processing(all), own).filter((step) => step instanceof SkewCorrector);
    expect(skewOf({ skewThreshold: null }, {})).toEqual([]);
    expect(skewOf({}, { skewThreshold: null })).toEqual([]);
    expect(skewOf({ skewThreshold: null }, { skewThreshold: 0.5 })).toEqual([
      new SkewCorrector({ threshold: 0.5 }),
    ]);
  });

  it('adds splines of imputed numbers before categories are encoded', () => {
    const namesOf = (own: object) => stepsOf(processing(), own).map((step) => step.constructor.name);
    const [plain, splined] = [namesOf({ splines: false }), namesOf({ splines: true })];
    expect(plain).not.toContain('SplineTransformer');
    expect(splined.filter((name) => name !== 'SplineTransformer')).toEqual(plain);
    const at = splined.indexOf('SplineTransformer');
    expect(splined.slice(0, at)).toContain('MeanImputer');
    expect(splined.slice(at)).toContain('CategoryEncoder');
    expect(stepsOf(processing(), { splines: 7 })[at]).toEqual(
      new SplineTransformer({ nKnots: 7, knots: 'quantile' }),
    );
  });

  it('fits a non-monotonic relation with splines', () => {
    const x = Table.fromColumns({ a: rows.map((row) => row - 30) });
    const isOutside = rows.map((row) => (Math.abs(row - 30) > 12 ? 'yes' : 'no'));
    const right = (own: object) => {
      const told = createPipeline(processing(), quick('LogisticRegression', own), { seed }).fit(x, isOutside);
      return told.predict(x).filter((label, row) => label === isOutside[row]).length;
    };
    expect(right({ splines: true })).toBeGreaterThan(56);
    expect(right({})).toBeLessThan(45);
  });

  const columnsOf = (type: string, model: object = {}, given = processing()) => {
    const fitted = createPipeline(given, quick(type, model), { seed }).fit(TABLES.both, y);
    return schemaOf(fitted.steps.reduce((before, step) => step.transform(before), TABLES.both)).map(
      ({ name, kind }) => `${name}${kind === 'category' ? ' as it is' : ''}`,
    );
  };

  it('suits the model', () => {
    const plain = ['age', 'income', 'once', 'plan', 'called', 'only', 'town'];
    expect(columnsOf('GradientBoostingClassifier')).toEqual(
      plain.map((name) => (['plan', 'called', 'only'].includes(name) ? `${name} as it is` : name)),
    );
    expect(columnsOf('RandomForestClassifier')).toEqual(plain);
    const indicators = ['income_missing', 'once_missing'];
    const levels = ['(missing)', 'p', 'q'].map((level) => `called_${level}`);
    expect(columnsOf('LogisticRegression')).toEqual([
      ...['age', 'income', 'once', 'plan_a', 'plan_b', 'plan_c', ...levels, 'only_x', 'town'],
      ...indicators,
    ]);
    const squared = columnsOf('SVC', { degree: 2 });
    expect(squared.slice(0, 9)).toEqual([...plain, ...indicators]);
  });

  it('leaves columns of many levels to models that accept categories, unless a maximum is set', () => {
    const given = processing({ encoding: encoding.parse({}) });
    expect(columnsOf('GradientBoostingClassifier', {}, given)).toContain('town as it is');
    expect(columnsOf('GradientBoostingClassifier', { encoding: { maxLevels: 4 } }, given)).toContain('town');
    expect(columnsOf('LogisticRegression', { encoding: { maxLevels: 4 } }, given)).toContain('town');
  });

  it('uses missingness: a column that is empty for one class separates the classes', () => {
    const x = TABLES.both.select(['once', 'age']);
    for (const type of ['LogisticRegression', 'RandomForestClassifier', 'GradientBoostingClassifier']) {
      const told = createPipeline(processing(), quick(type, { nEstimators: 20 }), { seed }).fit(x, y);
      const [, yes] = told.predictProba(x);
      const of = (label: string) => [...yes].filter((_, row) => y[row] === label);
      expect(Math.min(...of('yes'))).toBeGreaterThan(Math.max(...of('no')));
    }
  });
});

it('every restorable class of the packages may be in a model file', () => {
  const exported = [modelLibrary, survival, selection].flatMap((library) => Object.values<unknown>(library));
  const restorable = exported.filter(
    (each) => typeof each === 'function' && 'restore' in each && 'type' in each,
  );
  expect(restorable.length).toBeGreaterThan(20);
  expect(restorable.filter((each) => !(modelClasses as readonly unknown[]).includes(each))).toEqual([]);
});
