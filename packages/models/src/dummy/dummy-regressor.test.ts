import { Pipeline, parseModel, StateReader, serializeModel, Table } from '@churn/core';
import { regressorConformance } from '@churn/core/testing';
import reference from '../../test/reference/dummy_regressor.json';
import { DummyRegressor, type DummyRegressorOptions } from './dummy-regressor.js';

const x = Table.fromColumns({ a: [1, null, 3, 4], plan: ['u', 'v', null, 'u'] });
const amounts = [1, 2, 4, 9];

describe('DummyRegressor', () => {
  const numbers = Table.fromColumns({ a: [1, 2, 3, 4, 5, 7], b: [2, 4, 1, 3, 6, 5] });
  it.each(
    regressorConformance({
      regressor: new DummyRegressor(),
      restorable: DummyRegressor,
      x: numbers,
      y: [1, 2, 4, 9, 3, 8],
      takesCategories: true,
    }),
  )('$name', ({ run }) => run());

  it.each(reference.cases)('agrees with scikit-learn: $name, $options', ({ y, weights, options, amount }) => {
    const model = new DummyRegressor(options as DummyRegressorOptions).fit(
      Table.fromColumns({ a: y }),
      y,
      weights ? { sampleWeight: weights } : {},
    );
    expect(model.state.amount).toBeCloseTo(amount, 12);
  });

  it('predicts one value for all rows, whatever they contain', () => {
    expect(new DummyRegressor().fit(x, amounts).predict(x)).toEqual(Float64Array.of(4, 4, 4, 4));
    expect(new DummyRegressor({ strategy: 'median' }).fit(x, amounts).predict(x.take([1]))).toEqual(
      Float64Array.of(3),
    );
  });

  it('averages the largest numbers without overflow', () => {
    const largest = [1.7e308, 1.7e308, 1.7e308, 1.7e308];
    expect(new DummyRegressor().fit(x, largest).state.amount).toBeCloseTo(1.7e308, -294);
  });

  it('ends a pipeline, and is saved and loaded', async () => {
    const fitted = new Pipeline([], new DummyRegressor({ strategy: 'median' })).fit(x, amounts);
    expect(fitted.role).toBe('regressor');
    const { model } = await parseModel(await serializeModel(fitted), [DummyRegressor], 'regressor');
    expect(model.predict(x)).toEqual(Float64Array.of(3, 3, 3, 3));
    await expect(parseModel(await serializeModel(fitted), [DummyRegressor])).rejects.toThrow('classifier');
  });

  it.each<[DummyRegressorOptions, string]>([
    [
      { strategy: 'mode' as 'mean' },
      'strategy: expected one of mean, median, quantile, constant, got "mode"',
    ],
    [{ strategy: 'quantile' }, 'quantile: expected a number from 0 to 1, got undefined'],
    [{ strategy: 'quantile', quantile: 2 }, 'quantile: expected a number from 0 to 1, got 2'],
    [{ strategy: 'constant' }, 'constant: expected a number, got undefined'],
  ])('rejects %j', (options, message) => {
    expect(() => new DummyRegressor(options)).toThrow(
      expect.objectContaining({ code: 'invalid-parameter', message }),
    );
  });

  it('rejects invalid rows in fit and predict', () => {
    const model = new DummyRegressor();
    expect(() => model.fit(x, [1, 2])).toThrow('expected 4 values, one per row, got 2');
    expect(() => model.fit(x, [1, 2, NaN, 3])).toThrow(expect.objectContaining({ code: 'invalid-target' }));
    expect(() => model.fit(x.take([]), [])).toThrow(expect.objectContaining({ code: 'invalid-data' }));
    expect(() => model.fit(x, amounts, { sampleWeight: [1] })).toThrow('sampleWeight');
    expect(() => model.fit(x, amounts).predict(x.drop(['plan']))).toThrow('missing: "plan"');
  });

  it.each([{ amount: 'much' }, { strategy: 'mode' }, { schema: 1 }])('rejects a state with %j', (change) => {
    const { state } = new DummyRegressor().fit(x, amounts);
    expect(() => DummyRegressor.restore(new StateReader('', { ...state, ...change }))).toThrow(
      expect.objectContaining({ code: 'model-file' }),
    );
  });
});
