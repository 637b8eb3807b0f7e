import { type FittedPipeline, Pipeline, parseModel, serializeModel, Table } from '@churn/core';
import {
  CalibratedClassifier,
  type FittedLogisticRegression,
  LogisticRegression,
  RandomForestClassifier,
} from '@churn/models';
import { StandardScaler } from '@churn/transforms';
import { gridSearch } from './grid-search.js';
import { randomSearch } from './random-search.js';
import { search } from './search.js';

const x = Table.fromColumns({ a: Array.from({ length: 30 }, (_, i) => (i * 7) % 11) });
const y = Array.from({ length: 30 }, (_, i) => ((i * 7) % 11 > 5 ? 1 : 0));
const logistic = (C: number) => new Pipeline([new StandardScaler()], new LogisticRegression({ C }));

// What is tested here are types, by assigning: it fails to compile if one is another.
describe('the best model of a search', () => {
  it('has the type that its builder returns', async () => {
    const { model } = await search([1], { pipeline: logistic }, x, y);
    const fitted: FittedPipeline<FittedLogisticRegression> = model;
    expect(fitted.model.features).toEqual(['a']);
  });

  it('has one of the types that its builder returns, and can be saved', async () => {
    const pipeline = ({ kind }: { kind: 'logistic' | 'forest' }) =>
      kind === 'forest' ? new RandomForestClassifier({ nEstimators: 3 }) : new LogisticRegression();
    const grid = { kind: ['logistic', 'forest'] } as const;
    const { model } = await gridSearch({ grid, pipeline, cv: 2 }, x, y);
    const classes = [LogisticRegression, RandomForestClassifier];
    const { model: loaded } = await parseModel(await serializeModel(model), classes);
    expect(loaded.predict(x)).toEqual(model.predict(x));
  });

  it('of a calibrated classifier can be saved', async () => {
    const pipeline = (cv: number) => new CalibratedClassifier({ classifier: logistic(1), cv });
    const { model } = await search([2, 3], { pipeline, cv: 2 }, x, y);
    const classes = [CalibratedClassifier, StandardScaler, LogisticRegression];
    const { model: loaded } = await parseModel(await serializeModel(model), classes);
    expect(loaded.predictProba(x)).toEqual(model.predictProba(x));
  });

  it('is undefined without refit', async () => {
    const { model } = await search([1], { pipeline: logistic, refit: false }, x, y);
    const none: undefined = model;
    expect(none).toBeUndefined();
    const draw = () => 1;
    const drawn = await randomSearch({ draw, pipeline: logistic, refit: true, nCandidates: 1 }, x, y);
    expect(drawn.model.predict(x)).toHaveLength(30);
    const either: boolean = Math.random() < 2;
    const found = await search([1], { pipeline: logistic, refit: either }, x, y);
    expect(found.model?.predict(x)).toHaveLength(30);
  });
});
