import { Labels, Table } from '@churn/core';
import { createPipeline } from '../model/processing';
import { classTask } from '../task/class-task';
import { createLogger } from '../terminal/logger';
import type { Dataset } from './dataset';
import type { EvaluatedModel } from './evaluate';
import { refitModels } from './refit';

const n = 40;
const features = Table.fromColumns({ usage: Float64Array.from({ length: n }, (_, i) => (i * 7) % 11) });
const labels = Labels.from(Array.from({ length: n }, (_, i) => ((i * 7) % 11 > 5 ? 'yes' : 'no')));
const params = { model: 'one', type: 'LogisticRegression', degree: 1, C: 1 };
const processing = { mappings: {}, skewThreshold: 0.75, encoding: { smoothing: 0, folds: 5, maxLevels: 20 } };
const half = Int32Array.from({ length: n / 2 }, (_, i) => i);
const tried = createPipeline(processing, params, { seed: 1 }).fit(features.take(half), labels.take(half));
const model = {
  name: 'one',
  made: { from: params },
  fitSeconds: 0,
  pipeline: tried,
  threshold: { threshold: 0.3 },
} as unknown as EvaluatedModel;
const data = { features, y: labels, records: { source: 'd.csv', lines: half } } as unknown as Dataset;
const refit = async (wanted: boolean) => {
  const config = {
    ...{ split: { testSize: 0.5, refit: wanted }, processing, seed: 1, workers: 1, models: {} },
    data: { task: 'classes' },
  };
  const written = await refitModels(classTask, [model], data, config as never, createLogger());
  return written[0];
};

it('refits the chosen model on all rows, and keeps its threshold', async () => {
  const { final } = await refit(true);
  const onAll = createPipeline(processing, params, { seed: 1 }).fit(features, labels);
  expect(final.predictProba(features)).toEqual(onAll.predictProba(features));
  expect(final.predictProba(features)).not.toEqual(tried.predictProba(features));
  expect(final.threshold).toBe(0.3);
});

it('writes the candidate itself without refit', async () => {
  expect((await refit(false)).final).toBe(tried);
});
