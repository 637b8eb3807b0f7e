import { smallRecord } from '../testing/run-record';
import { runMetrics, runParams, runTags } from './mlflow-run';

const record = smallRecord('2026-11-27T15-56-05Z', {
  config: {
    seed: 7,
    data: { target: 'left', columns: [{ name: 'age', min: 18 }], drop: ['id'] },
    processing: { mappings: { 'Größe (m²)': { '': 'none' } } },
    models: { 'a+b': 'x'.repeat(7000), 'a-b': 1, 'a*b': 2 },
    output: { folder: 'out' },
    empty: {},
  },
  git: { commit: 'c'.repeat(40), dirty: true },
});

it('has the settings by path as valid MLflow parameters, each once', () => {
  expect(runParams(record)).toEqual([
    { key: 'seed', value: '7' },
    { key: 'data.target', value: 'left' },
    { key: 'data.drop', value: '["id"]' },
    { key: 'processing.mappings.Gr__e _m__.', value: 'none' },
    { key: 'models.a_b', value: 'x'.repeat(6000) },
    { key: 'models.a-b', value: '1' },
    { key: 'empty', value: '{}' },
  ]);
});

it('has the metrics of the best model under their own names, and all by model, at the end of the run', () => {
  const { tree } = record.models;
  const models = { tree, forest: { ...tree, metrics: { rocAuc: 0.5 }, cv: {}, threshold: 0.25 } };
  const metrics = runMetrics({ ...record, models });
  expect(metrics.map(({ key, value }) => [key, value])).toEqual([
    ['seconds', 2.5],
    ['rocAuc', 0.75],
    ['logLoss', 0.5],
    ['cv_rocAuc', 0.5],
    ['tree/rocAuc', 0.75],
    ['tree/logLoss', 0.5],
    ['tree/cv_rocAuc', 0.5],
    ['forest/rocAuc', 0.5],
    ['forest/threshold', 0.25],
  ]);
  const end = Date.parse('2026-11-27T15:56:07.500Z');
  expect(new Set(metrics.map(({ timestamp }) => timestamp))).toEqual(new Set([end]));
});

it('includes the commit if there is one', () => {
  const commitOf = (tags: ReturnType<typeof runTags>) =>
    tags.find(({ key }) => key === 'mlflow.source.git.commit')?.value;
  expect(commitOf(runTags(record, 'key'))).toBe('c'.repeat(40));
  expect(commitOf(runTags({ ...record, git: null }, 'key'))).toBeUndefined();
});
