import { FittedPipeline, type FittedRegressor, Pipeline, Random, Table, TargetValues } from '@churn/core';
import { DummyRegressor, Ridge } from '@churn/models';
import { scoreFolds } from '@churn/selection';
import { type Config, checkedConfig } from '../config/config';
import { blendPipelines } from '../model/blend';
import { chooseValueModels } from './choose-value-models';
import type { LabelledRows } from './dataset';
import type { FoundModel, SearchResult } from './found';
import { stratifiedFolds } from './stratified-folds';

const random = new Random(5);
const n = 300;
const z = Float64Array.from({ length: n }, () => 10 * random.normal());
const y = TargetValues.from(z.map((value) => value + random.normal()));
const train = { x: Table.fromColumns({ z }), y } as object as LabelledRows<TargetValues>;
const configOf = (models: object | 'auto'): Config =>
  checkedConfig({ data: { file: 'd.csv', target: { value: 'spend' } }, models }, 'churn.yaml');

/** A model that errs by noise of its own. */
function found(name: string, predicted: Float64Array): FoundModel {
  const folds = stratifiedFolds(configOf('auto')).split(train.x, y);
  const scores = Object.fromEntries(
    (['r2', 'meanSquaredError'] as const).map((each) => [each, scoreFolds(y, [predicted], folds, each)]),
  );
  const best = { params: { model: name, type: 'Ridge' }, fitMs: 1 };
  return { name, scores, predictions: [predicted], candidates: [], best } as object as FoundModel;
}
const noisy = () => z.map((value) => value + 3 * random.normal());
const models = [found('baseline', new Float64Array(n)), found('one', noisy()), found('other', noisy())];
const logger = { info: () => undefined } as never;
const chosenOf = (config: Config) =>
  chooseValueModels({ models } as object as SearchResult, train, config, undefined, logger);

it('blends models with uncorrelated errors, and writes the baseline too', () => {
  const { best, models: written, leftOut } = chosenOf(configOf('auto'));
  expect(written.map(({ name }) => name).sort()).toEqual(['baseline', 'ensemble', 'one', 'other']);
  expect([best, leftOut]).toEqual(['ensemble', []]);
  const [blend, ...members] = written;
  for (const member of members) {
    expect(blend.scores.meanSquaredError.mean).toBeLessThan(member.scores.meanSquaredError.mean);
  }
  expect(blend.parameters.type).toBe('VotingRegressor');
});

it('writes a single model if no other improves it', () => {
  const [, one] = models;
  const alone = { models: [one] } as object as SearchResult;
  const chosen = chooseValueModels(alone, train, configOf('auto'), undefined, logger);
  expect(chosen.models.map(({ name }) => name)).toEqual(['one']);
  expect(chosen.best).toBe('one');
});

it('writes listed models unchanged', () => {
  const { models: written } = chosenOf(configOf({ one: { type: 'Ridge' } }));
  expect(written.map(({ name }) => name)).toEqual(['baseline', 'one', 'other']);
});

it('is a pipeline of the weighted mean', () => {
  const one = new Pipeline([], new Ridge()).fit(train.x, y);
  const other = new Pipeline([], new DummyRegressor()).fit(train.x, y);
  const members = [
    { name: 'one', weight: 0.75 },
    { name: 'other', weight: 0.25 },
  ];
  const blend = blendPipelines({ members }, (name) => (name === 'one' ? one : other) as never);
  expect(blend).toBeInstanceOf(FittedPipeline);
  const [a, b] = [one.predict(train.x), other.predict(train.x)];
  (blend as FittedPipeline<never> as FittedPipeline<FittedRegressor>)
    .predict(train.x)
    .forEach((value, row) => {
      expect(value).toBeCloseTo(0.75 * a[row] + 0.25 * b[row], 9);
    });
});
