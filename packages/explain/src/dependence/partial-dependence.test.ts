import { Pipeline, Table } from '@churn/core';
import { GradientBoostingClassifier } from '@churn/models';
import { amounts, formula, x } from '../../test/formula.js';
import reference from '../../test/reference/peers.json';
import { type PartialDependenceOptions, partialDependence } from './partial-dependence.js';

const close = (values: readonly number[]) => values.map((value) => expect.closeTo(value, 12));
const { few, given, weighted, pair, categories } = reference.dependence;

describe('partialDependence', () => {
  it('matches scikit-learn, at all values if they are few, or at those given', () => {
    const ofFew = partialDependence(formula, x, 'c');
    expect(ofFew).toMatchObject({ columns: ['c'], unit: 'probability', label: 1, grid: few.grid });
    expect(Array.from(ofFew.average)).toEqual(close(few.average));

    const grid = { a: reference.grid.a };
    const { average, individual } = partialDependence(formula, x, ['a'], { grid, kind: 'individual' });
    expect(Array.from(average)).toEqual(close(given.average!));
    expect(individual?.map((curve) => Array.from(curve))).toEqual(given.individual!.map(close));

    const { average: byWeight } = partialDependence(formula, x, 'a', {
      grid,
      sampleWeight: reference.weights,
    });
    expect(Array.from(byWeight)).toEqual(close(weighted.average));
  });

  it('of two columns matches scikit-learn in row-major order', () => {
    const { average, grid } = partialDependence(formula, x, ['a', 'b'], { grid: reference.grid });
    expect(grid).toEqual([reference.grid.a, reference.grid.b]);
    expect(Array.from(average)).toEqual(close(pair.average.flat()));
  });

  it('of categories lists the most frequent first', () => {
    const { grid, average } = partialDependence(formula, x, 'plan');
    const peer = new Map(categories.grid[0].map((level, i) => [level, categories.average[i]]));
    expect(new Set(grid[0])).toEqual(new Set(peer.keys()));
    expect(Array.from(average)).toEqual(close(grid[0].map((level) => peer.get(level as string)!)));
  });

  it('of an additive effect is that effect; centred curves start at 0', () => {
    const { unit, grid, average, individual } = partialDependence(amounts, x, 'c', {
      kind: 'individual',
      centered: true,
    });
    expect(unit).toBe('amount');
    for (const curve of [average, ...individual!]) {
      expect(Array.from(curve)).toEqual(close(grid[0].map((c) => -0.2 * (c as number))));
    }
  });

  it('is in log-odds if chosen, and of the chosen class', () => {
    const { average } = partialDependence(formula, x, 'c', { scale: 'log-odds', label: 0 });
    const { average: ofAmounts } = partialDependence(amounts, x, 'c');
    expect(Array.from(average)).toEqual(close(Array.from(ofAmounts, (value) => -value)));
  });

  it('uses quantiles of many numbers, including the minimum and the maximum', () => {
    const many = Table.fromColumns({
      ...Object.fromEntries(x.entries()),
      a: Array.from({ length: 60 }, (_, i) => i * i),
    });
    expect(partialDependence(formula, many, 'a', { gridResolution: 4 }).grid[0]).toEqual([
      0,
      19 ** 2,
      39 ** 2,
      59 ** 2,
    ]);
  });

  it('counts a row of weight 2 as two equal rows', () => {
    const twice = x.concat(x.take([0, 1, 2]));
    const sampleWeight = Array.from({ length: x.nRows }, (_, i) => (i < 3 ? 2 : 1));
    const { average } = partialDependence(formula, x, 'c', { sampleWeight });
    expect(Array.from(average)).toEqual(close(Array.from(partialDependence(formula, twice, 'c').average)));
  });

  it('accepts missing values, which are not in the grid', () => {
    const missing = x.with({ a: x.numeric('a').map((value, i) => (i % 5 === 0 ? NaN : value)) });
    const labels = Array.from(x.numeric('c'), (c, i) => (c + (i % 3) > 3 ? 'yes' : 'no'));
    const model = new Pipeline([], new GradientBoostingClassifier({ nEstimators: 5 })).fit(missing, labels);
    const { grid, average } = partialDependence(model, missing, 'a', { gridResolution: 5 });
    expect(grid[0].every(Number.isFinite)).toBe(true);
    const [, p] = model.predictProba(missing.with({ a: new Float64Array(60).fill(grid[0][2] as number) }));
    expect(average[2]).toBeCloseTo(
      p.reduce((sum, each) => sum + each / 60, 0),
      14,
    );
  });

  it.each<[string | string[], PartialDependenceOptions, string]>([
    ['d', {}, 'columns: expected one or two columns of the model: a, b, c, plan, got "d"'],
    [['a', 'a'], {}, 'columns: expected'],
    [['a', 'b', 'c'], {}, 'columns: expected'],
    ['a', { kind: 'both' as 'average' }, 'kind: expected one of average, individual, got "both"'],
    ['a', { label: 2 }, 'label: expected one of the classes 0, 1, got 2'],
    ['a', { gridResolution: 1 }, 'gridResolution: expected an integer of at least 2'],
    ['a', { grid: { a: ['x'] } }, 'grid: expected numbers for column "a"'],
    ['plan', { grid: { plan: [1] } }, 'grid: expected categories for column "plan"'],
  ])('rejects %j with %j', (columns, options, message) => {
    expect(() => partialDependence(formula, x, columns, options)).toThrow(
      expect.objectContaining({ code: 'invalid-parameter', message: expect.stringContaining(message) }),
    );
  });

  it('rejects weights that are not one per row', () => {
    expect(() => partialDependence(formula, x, 'a', { sampleWeight: [1] })).toThrow(
      'a weight for each of 60 rows',
    );
  });
});
