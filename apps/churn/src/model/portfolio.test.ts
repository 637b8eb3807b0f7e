import { Table } from '@churn/core';
import type { Dimension, SearchSpace } from '@churn/selection';
import { modelGrid } from '../config/model-config';
import { PRESETS } from '../config/preset';
import { classPortfolio } from './class-portfolio';
import { portfolioFor } from './portfolio';
import { valuePortfolio } from './value-portfolio';

const processing = { skewThreshold: 0.75, encoding: { smoothing: 'auto' as const, folds: 5 } };
const small = {
  x: Table.fromColumns({ a: new Float64Array(100), b: ['x', ...Array(99).fill('y')] }),
  classes: 2,
};
const forClasses = portfolioFor.bind(undefined, classPortfolio);
const namesOf = (...args: Parameters<typeof forClasses>) =>
  forClasses(...args).settings.map(({ name }) => name);

it.each([...classPortfolio.settings, ...valuePortfolio.settings])(
  'is a valid configuration: $name',
  ({ model, name }) => {
    expect(modelGrid.safeParse(model).error?.issues).toBeUndefined();
    expect(name).toMatch(/^[a-z][a-z_\d]*$/);
  },
);

it.each([
  ['classes', classPortfolio],
  ['values', valuePortfolio],
])('has unique candidates and a valid space for %s', (_, { settings, tuned }) => {
  const models = settings.map(({ model }) => JSON.stringify(model));
  expect(new Set(models).size).toBe(settings.length);
  expect(new Set(settings.map(({ name }) => name)).size).toBe(settings.length);
  if (!tuned) return;
  const { model, ...space } = tuned;
  const first = Object.entries(space as SearchSpace).map(([name, each]) => {
    if (typeof each !== 'object' || each === null) return [name, each];
    const dimension = each as Dimension;
    return [name, 'values' in dimension ? dimension.values[0] : dimension.valueAt(0.5)];
  });
  expect(modelGrid.safeParse(Object.fromEntries(first)).error?.issues).toBeUndefined();
  expect(settings.some(({ name }) => name.startsWith(model))).toBe(false);
});

it('contains the smaller presets in each larger one', () => {
  const [fast, good, best] = PRESETS.map((preset) => namesOf(preset, small, processing));
  expect(fast.length).toBeLessThan(good.length);
  expect(good.length).toBeLessThan(best.length);
  for (const name of fast) expect(good).toContain(name);
  for (const name of good) expect(best).toContain(name);
});

it('leaves out models that take too long, and reports why', () => {
  const many = Table.fromColumns({ a: new Float64Array(30_000) });
  const { settings, leftOut } = forClasses('best', { x: many, classes: 2 }, processing);
  expect(settings.map(({ name }) => name).slice(0, 2)).toEqual(['boosting_quick', 'boosting']);
  expect(namesOf('fast', small, processing)[0]).toBe('boosting');
  expect(leftOut).toContainEqual({
    name: 'nearest_neighbors',
    reason: 'it takes too long for more than 20,000 rows, and there are 30,000',
  });
  const wide = Table.fromColumns(Array.from({ length: 60 }, (_, j) => [`x${j}`, new Float64Array(10)]));
  expect(namesOf('good', { x: wide, classes: 2 }, processing)).not.toContain('polynomial_regression');
});

it('leaves out models that do not support the requested processing', () => {
  const { settings, leftOut } = forClasses('fast', small, { ...processing, missing: 'keep' });
  expect(settings.map(({ name }) => name)).toEqual(['boosting']);
  expect(leftOut).toEqual([
    { name: 'logistic_regression', reason: expect.stringContaining('takes no missing values') },
  ]);
});
