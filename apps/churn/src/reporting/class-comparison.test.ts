import { Labels } from '@churn/core';
import type { EvaluatedModel } from '../training/evaluate.js';
import { classComparison } from './class-comparison.js';

const y = Labels.from(['no', 'no', 'yes', 'yes', 'yes'], ['no', 'yes']);
const METRICS = [
  'rocAuc',
  'averagePrecision',
  'logLoss',
  'brierScore',
  'accuracy',
  'precision',
  'recall',
  'f1',
];

function model(name: string, called: readonly string[]): EvaluatedModel {
  const scores = Float64Array.from(called, (label) => (label === 'yes' ? 0.8 : 0.3));
  return {
    name,
    evaluation: {
      metrics: Object.fromEntries(METRICS.map((metric) => [metric, 0.5])),
      probabilities: [scores.map((score) => 1 - score), scores],
      predicted: Labels.from(called, ['no', 'yes']),
    },
  } as unknown as EvaluatedModel;
}

it('reports which of two models is right if they differ', () => {
  const a = model('a', ['no', 'yes', 'yes', 'no', 'no']);
  const b = model('b', ['no', 'no', 'yes', 'yes', 'no']);
  const [block] = classComparison([b, a], y);
  if (block?.kind !== 'comparison') throw new Error('expected a comparison');
  const { models, difference } = block.comparison;
  expect(models.map(({ name }) => name)).toEqual(['b', 'a']);
  expect(difference(0, 1)).toBe(
    'b and a predict different classes for 2 of 5 held-out rows: b is correct for 2 of them, a for 0.',
  );
  expect(classComparison([a, model('c', ['no', 'yes', 'yes', 'no', 'no'])], y)).toHaveLength(1);
  expect(classComparison([a], y)).toEqual([]);
});
