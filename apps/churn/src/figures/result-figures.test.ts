import { type FittedClassifier, FittedPipeline, Labels, Pipeline, Random, Table } from '@churn/core';
import { LogisticRegression } from '@churn/models';
import { StandardScaler } from '@churn/transforms';
import { createLogger } from '../terminal/logger';
import type { DecidedModel } from '../training/decide';
import { type EvaluatedModel, evaluateModels } from '../training/evaluate';
import { resultFigures } from './result-figures';

const random = new Random(1);
const n = 120;
const usage = Float64Array.from({ length: n }, () => random.normal());
const age = Float64Array.from({ length: n }, () => random.normal());
const x = Table.fromColumns({ usage, age });
const logger = createLogger();
logger.silent = true;

function evaluated(names: readonly string[], labels: readonly string[]): EvaluatedModel[] {
  const models = names.map((name, i) => {
    const model = new LogisticRegression({ C: 2 ** -i });
    const pipeline = new Pipeline([new StandardScaler()], model).fit(x, labels);
    return { name, pipeline, threshold: null, fitSeconds: 0 } as unknown as DecidedModel;
  });
  const rows = { x, y: labelsOf(labels), source: 'test', lines: [] };
  return evaluateModels(models, rows, { seed: 1 }, logger);
}

const two = Array.from(usage, (value) => (value + random.normal() > 0.5 ? 'yes' : 'no'));
const three = Array.from(usage, (value, i) => (value > 0.4 ? 'high' : age[i] > 0 ? 'low' : 'none'));

it('draws a report for each of five models of one type, whatever their names', () => {
  const names = ['lr', 'second', 'a-b', 'a_b', 'A_b'];
  const figures = resultFigures(evaluated(names, two), 'a_b', { x, y: labelsOf(two) }, 1);
  const ids = figures.map(({ id }) => id);
  expect(ids.filter((id) => id.startsWith('classification_report_'))).toEqual([
    'classification_report_lr',
    'classification_report_second',
    'classification_report_a_b',
    'classification_report_a_b_2',
    'classification_report_a_b_3',
  ]);
  expect(ids.filter((id) => id.startsWith('threshold_'))).toEqual(['threshold_a_b']);
  expect(new Set(ids.map((id) => id.toLowerCase())).size).toBe(ids.length);
  for (const name of names)
    expect(figures.some(({ alt }) => alt.includes(` ${name} on test rows`))).toBe(true);
});

it('describes each figure and its section', () => {
  const figures = resultFigures(evaluated(['a', 'b'], two), 'b', { x, y: labelsOf(two) }, 1);
  expect(figures.map(({ id, section }) => `${section}: ${id}`)).toEqual([
    'summary: roc_plots',
    ...['precision_recall', 'confusion_matrices', 'calibration', 'gains', 'lift'].map(
      (id) => `models: ${id}`,
    ),
    'models: classification_report_a',
    'models: classification_report_b',
    'threshold: threshold_b',
    'importance: permutation_importance',
  ]);
  expect(new Set(figures.map(({ alt }) => alt)).size).toBe(figures.length);
  expect(figures[0].alt).toMatch(/^ROC curves on test rows, with ROC AUC: a 0\.\d{3}, b 0\.\d{3}$/);
});

it("draws the best model's curves by class if there are more than two", () => {
  const [roc] = resultFigures(evaluated(['a', 'b'], three), 'b', { x, y: labelsOf(three) }, 1);
  expect(roc.alt).toMatch(/^ROC curves of b, by class, with ROC AUC: high 0\.\d{3}, low 0\.\d{3}, none/);
});

it('draws feature importance of models that have it', () => {
  const [model] = evaluated(['a'], two);
  const able: FittedClassifier = Object.assign(Object.create(model.pipeline.model), {
    importances: () => [0.75, 0.25],
  });
  const pipeline = new FittedPipeline(model.pipeline.schema, model.pipeline.steps, able);
  const figures = resultFigures([{ ...model, pipeline }], 'a', { x, y: labelsOf(two) }, 1);
  const importance = figures.find(({ id }) => id === 'feature_importance_a');
  expect(importance).toMatchObject({ section: 'importance', alt: 'Feature importance of a' });
  expect(JSON.stringify(importance?.chart)).toContain('0.75');
});

function labelsOf(labels: readonly string[]): Labels {
  const { classes } = Labels.from(labels);
  return Labels.from(labels, classes);
}
