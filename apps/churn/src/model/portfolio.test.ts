import { Table } from '@churn/core';
import { modelGrid } from '../config/model-config';
import { PRESETS } from '../config/preset';
import { PORTFOLIO, portfolioFor, TUNED } from './portfolio';

const processing = { skewThreshold: 0.75, encoding: { smoothing: 'auto' as const, folds: 5 } };
const small = {
  x: Table.fromColumns({ a: new Float64Array(100), b: ['x', ...Array(99).fill('y')] }),
  classes: 2,
};
const namesOf = (...args: Parameters<typeof portfolioFor>) =>
  portfolioFor(...args).settings.map(({ name }) => name);

it.each(PORTFOLIO)('has what a configuration could say: $name', ({ model, name }) => {
  expect(modelGrid.safeParse(model).error?.issues).toBeUndefined();
  expect(name).toMatch(/^[a-z][a-z_\d]*$/);
});

it('has each setting once, and a space that a configuration could say', () => {
  const settings = PORTFOLIO.map(({ model }) => JSON.stringify(model));
  expect(new Set(settings).size).toBe(PORTFOLIO.length);
  expect(new Set(PORTFOLIO.map(({ name }) => name)).size).toBe(PORTFOLIO.length);
  const { model, ...space } = TUNED;
  const first = Object.entries(space).map(([name, each]) => {
    if (typeof each !== 'object') return [name, each];
    return [name, 'values' in each ? each.values[0] : each.valueAt(0.5)];
  });
  expect(modelGrid.safeParse(Object.fromEntries(first)).error?.issues).toBeUndefined();
  expect(PORTFOLIO.some(({ name }) => name.startsWith(model))).toBe(false);
});

it('has in each preset all that smaller ones have', () => {
  const [fast, good, best] = PRESETS.map((preset) => namesOf(preset, small, processing));
  expect(fast.length).toBeLessThan(good.length);
  expect(good.length).toBeLessThan(best.length);
  for (const name of fast) expect(good).toContain(name);
  for (const name of good) expect(best).toContain(name);
});

it('leaves out what takes too long, and tells why', () => {
  const many = Table.fromColumns({ a: new Float64Array(30_000) });
  const { settings, leftOut } = portfolioFor('best', { x: many, classes: 2 }, processing);
  expect(settings.map(({ name }) => name).slice(0, 2)).toEqual(['boosting_quick', 'boosting']);
  expect(namesOf('fast', small, processing)[0]).toBe('boosting');
  expect(leftOut).toContainEqual({
    name: 'nearest_neighbors',
    reason: 'it takes too long with more than 20,000 rows, and there are 30,000',
  });
  const wide = Table.fromColumns(Array.from({ length: 60 }, (_, j) => [`x${j}`, new Float64Array(10)]));
  expect(namesOf('good', { x: wide, classes: 2 }, processing)).not.toContain('polynomial_regression');
});

it('leaves out what cannot take the processing that is asked for', () => {
  const { settings, leftOut } = portfolioFor('fast', small, { ...processing, missing: 'keep' });
  expect(settings.map(({ name }) => name)).toEqual(['boosting']);
  expect(leftOut).toEqual([
    { name: 'logistic_regression', reason: expect.stringContaining('takes no missing values') },
  ]);
});
