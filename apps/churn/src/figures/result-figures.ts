import { Labels } from '@churn/core';
import {
  calibrationChart,
  classificationReportChart,
  confusionChart,
  gainsChart,
  liftChart,
  precisionRecallChart,
  rocChart,
  thresholdChart,
} from '@churn/eda';
import {
  averagePrecision,
  calibrationCurve,
  confusionMatrix,
  cumulativeGains,
  liftCurve,
  precisionRecallCurve,
  rocAuc,
  rocCurve,
} from '@churn/selection';
import type { LabelledRows } from '../training/dataset.js';
import type { EvaluatedModel } from '../training/evaluate.js';
import { type Figure, fileName, withOwnIds } from './figure.js';
import { importanceFigures, permutationFigure } from './importance-figures.js';

/** Labelled test rows. */
type TestRows = Pick<LabelledRows, 'x' | 'y'>;

/**
 * The figures of results on test rows: comparisons, each model, and feature importance.
 * @param best the name of one of the models.
 */
export function resultFigures(
  models: readonly EvaluatedModel[],
  best: string,
  test: TestRows,
  seed: number,
): Figure[] {
  const chosen = models.find(({ name }) => name === best) ?? models[0];
  return withOwnIds([
    ...comparisons(models, chosen, test.y),
    ...models.flatMap((model) => figuresOf(model, test.y, model === chosen)),
    permutationFigure(
      chosen,
      test,
      { scoring: 'rocAuc', called: 'the ROC AUC', measure: 'decrease in ROC AUC' },
      seed,
    ),
  ]);
}

/** For two classes, one curve per model; for more, one curve per class of the best model. */
function comparisons(models: readonly EvaluatedModel[], best: EvaluatedModel, y: Labels): Figure[] {
  const isBinary = y.classes.length === 2;
  const curves = isBinary ? models.map((model) => modelCurve(model, y)) : classCurves(best, y);
  const titled = (title: string) => ({ title: isBinary ? title : `${title} of ${best.name}, by class` });
  const names = curves.map(({ name }) => name).join(', ');
  const figure = (id: string, title: string, chart: Figure['chart']): Figure => ({
    id,
    section: 'models',
    alt: isBinary ? `${title}: ${names}` : `${title} of ${best.name}, by class: ${names}`,
    chart,
  });
  const aucs = curves.map(({ name, auc }) => `${name} ${auc.toFixed(3)}`).join(', ');
  return [
    {
      id: 'roc_plots',
      section: 'summary',
      alt: `${isBinary ? 'ROC curves on test rows' : `ROC curves of ${best.name}, by class`}, with ROC AUC: ${aucs}`,
      chart: rocChart(
        curves.map((curve) => ({ ...curve, ...rocCurve(curve.y, curve.scores) })),
        titled(isBinary ? 'ROC curves on test rows' : 'ROC curves'),
      ),
    },
    figure(
      'precision_recall',
      'Precision–recall curves',
      precisionRecallChart(
        curves.map((curve) => ({ ...curve, ...precisionRecallCurve(curve.y, curve.scores) })),
        { ...titled('Precision–recall curves'), ...(isBinary && { rate: y.counts()[1] / y.length }) },
      ),
    ),
    {
      id: 'confusion_matrices',
      section: 'models',
      alt: `Confusion matrices of test rows: ${models.map(({ name }) => name).join(', ')}`,
      chart: confusionChart(
        models.map(({ name, evaluation }) => ({ name, ...confusionMatrix(y, evaluation.predicted) })),
      ),
    },
    figure(
      'calibration',
      'Calibration',
      calibrationChart(
        curves.map(({ name, y, scores }) => ({ name, ...calibrationCurve(y, scores, { nBins: 10 }) })),
        titled('Calibration'),
      ),
    ),
    figure(
      'gains',
      'Cumulative gains',
      gainsChart(
        curves.map(({ name, y, scores }) => ({ name, ...cumulativeGains(y, scores) })),
        titled('Cumulative gains'),
      ),
    ),
    figure(
      'lift',
      'Lift',
      liftChart(
        curves.map(({ name, y, scores }) => ({ name, ...liftCurve(y, scores) })),
        titled('Lift'),
      ),
    ),
  ];
}

/** The figures of a single model. */
function figuresOf(
  { name, pipeline, threshold, evaluation }: EvaluatedModel,
  y: Labels,
  isBest: boolean,
): Figure[] {
  const figures: Figure[] = [
    {
      id: `classification_report_${fileName(name)}`,
      section: 'models',
      alt: `Precision, recall and F1 of ${name} on test rows, by class`,
      chart: classificationReportChart(evaluation.classes, { title: `${name}: test rows` }),
    },
  ];
  if (isBest && y.classes.length === 2) {
    const chosen = threshold?.threshold ?? 0.5;
    figures.push({
      id: `threshold_${fileName(name)}`,
      section: 'threshold',
      alt: `Precision–recall curves of ${name} on test rows by threshold; the chosen one is ${chosen.toFixed(3)}`,
      chart: thresholdChart(precisionRecallCurve(y, evaluation.probabilities[1]), {
        title: `${name}: precision, recall and F1 by threshold`,
        chosen,
      }),
    });
  }
  return [...figures, ...importanceFigures(name, pipeline)];
}

/** The data of a curve: rows of two classes, and scores of the second. */
interface Scored {
  readonly name: string;
  readonly y: Labels;
  readonly scores: Float64Array;
  readonly auc: number;
  readonly interval?: readonly [low: number, high: number];
  readonly averagePrecision: number;
}

function modelCurve({ name, evaluation }: EvaluatedModel, y: Labels): Scored {
  const { rocAuc: auc, rocAucInterval: interval, averagePrecision } = evaluation.metrics;
  return { name, y, scores: evaluation.probabilities[1], auc, interval, averagePrecision };
}

/** One-vs-rest curves. */
function classCurves({ evaluation }: EvaluatedModel, y: Labels): Scored[] {
  return y.classes.map((label, code) => {
    const isClass = Labels.from(
      Array.from(y.codes, (each) => each === code),
      [false, true],
    );
    const scores = evaluation.probabilities[code];
    return {
      name: String(label),
      y: isClass,
      scores,
      auc: rocAuc(isClass, scores),
      averagePrecision: averagePrecision(isClass, scores),
    };
  });
}
