import type { Labels } from '@churn/core';
import type { ReportBlock } from '@churn/eda';
import { precisionRecallCurve, rocCurve } from '@churn/selection';
import type { EvaluatedModel } from '../training/evaluate.js';

const FIGURES = [
  ['ROC AUC', 'rocAuc'],
  ['average precision', 'averagePrecision'],
  ['log loss', 'logLoss'],
  ['Brier score', 'brierScore'],
  ['accuracy', 'accuracy'],
  ['precision', 'precision'],
  ['recall', 'recall'],
  ['F1', 'f1'],
] as const;

/** The comparison of classifiers, in order; empty for a single one. */
export function classComparison(models: readonly EvaluatedModel[], y: Labels): ReportBlock[] {
  if (models.length < 2) return [];
  const isBinary = y.classes.length === 2;
  return [
    {
      kind: 'comparison',
      comparison: {
        figures: FIGURES.map(([name]) => name),
        curves: isBinary
          ? [
              { title: 'ROC', x: 'false positive rate', y: 'true positive rate' },
              { title: 'Precision–recall curves', x: 'recall', y: 'precision' },
            ]
          : [],
        models: models.map(({ name, evaluation: { metrics, probabilities } }) => ({
          name,
          values: FIGURES.map(([, figure]) => metrics[figure].toFixed(4)),
          curves: isBinary ? curvesOf(y, probabilities[1]) : [],
        })),
        difference: (i, j) => disagreement(models[i], models[j], y),
      },
    },
  ];
}

function curvesOf(y: Labels, scores: Float64Array) {
  const { fpr, tpr } = rocCurve(y, scores);
  const { precision, recall } = precisionRecallCurve(y, scores);
  return [
    { x: fpr, y: tpr },
    { x: recall, y: precision },
  ];
}

/** Describes the rows that two models predict differently, and which model is correct for them. */
function disagreement(a: EvaluatedModel, b: EvaluatedModel, y: Labels): string {
  const [ofA, ofB] = [a, b].map(({ evaluation: { predicted } }) => predicted.codes);
  let [differ, rightA, rightB] = [0, 0, 0];
  y.codes.forEach((code, i) => {
    if (ofA[i] === ofB[i]) return;
    differ++;
    if (ofA[i] === code) rightA++;
    if (ofB[i] === code) rightB++;
  });
  const rows = y.length.toLocaleString('en');
  if (differ === 0) return `${a.name} and ${b.name} predict the same class for all ${rows} held-out rows.`;
  return `${a.name} and ${b.name} predict different classes for ${differ.toLocaleString('en')} of ${rows} held-out rows: ${a.name} is correct for ${rightA.toLocaleString('en')} of them, ${b.name} for ${rightB.toLocaleString('en')}.`;
}
