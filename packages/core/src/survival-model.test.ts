import { ConstantHazard } from '../test/constant-hazard.js';
import { Centre, MeanRegressor } from '../test/parts.js';
import { Durations } from './durations.js';
import { Labels } from './labels.js';
import { parseModel, serializeModel } from './model-file.js';
import { outputColumns } from './output-columns.js';
import { Pipeline } from './pipeline.js';
import type { FittedSurvivalModel } from './survival-model.js';
import { Table } from './table.js';
import { TargetValues } from './target-values.js';

const x = Table.fromColumns({ a: [1, 2, 3, 6] });
const y = Durations.from({ durations: [1, 2, 3, 2], events: [1, 0, 1, 0] });
const model = new Pipeline([new Centre('a')], new ConstantHazard()).fit(x, y);
const ofAmounts = new Pipeline([new Centre('a')], new MeanRegressor()).fit(x, [1, 2, 3, 4]);

it('a pipeline that ends in a survival model is one', () => {
  const fitted: FittedSurvivalModel = model;
  expect(fitted.role).toBe('survival');
  expect(fitted.times).toEqual([]);
  expect(outputColumns(fitted, x)).toEqual([new Float64Array(4).fill(0.25)]);
  const [atStart, later] = fitted.predictSurvival(x, [0, 4]);
  expect(atStart).toEqual(new Float64Array(4).fill(1));
  expect(later[3]).toBeCloseTo(0.36787944117144233, 15);
});

it('each kind of model has its own methods, in types and at run time', () => {
  // @ts-expect-error A survival model has no probabilities of classes.
  expect(() => model.predictProba(x)).toThrow('ends in ConstantHazard, which has no such method');
  // @ts-expect-error A regressor has no survival curves.
  expect(() => ofAmounts.predictSurvival(x, [1])).toThrow('ends in MeanAmount, which has no such method');
  expect(ofAmounts.times).toBeUndefined();
});

it('targets are not interchangeable', () => {
  // @ts-expect-error A list of numbers does not say which rows are censored.
  expect(() => new Pipeline([], new ConstantHazard()).fit(x, [1, 2, 3, 4])).toThrow('expected durations');
  expect(() => TargetValues.from(y as never)).toThrow('got durations');
  expect(() => Labels.from(y as never)).toThrow('got durations; use a survival model');
});

it('is saved and loaded by its role', async () => {
  const text = await serializeModel(model);
  const loaded = await parseModel(text, [Centre, ConstantHazard], 'survival');
  expect(loaded.model.predictSurvival(x, [2])).toEqual(model.predictSurvival(x, [2]));
  await expect(parseModel(text, [Centre, ConstantHazard])).rejects.toMatchObject({
    message: expect.stringContaining(
      "expected a classifier, got the survival model Pipeline; pass 'survival' after the classes to allow it",
    ),
  });
});
