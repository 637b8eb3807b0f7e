import { type FittedClassifier, type FittedPipeline, Labels, type Table } from '@churn/core';
import {
  type ChartSpec,
  calibrationChart,
  classificationReportChart,
  confusionChart,
  gainsChart,
  type Importance,
  importanceChart,
  liftChart,
  precisionRecallChart,
  rocChart,
  thresholdChart,
} from '@churn/eda';
import { FittedForest, permutationImportance } from '@churn/models';
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
import type { ModelReport } from '../reporting/training-report.js';
import { type Evaluation, rankingOf } from '../training/evaluate.js';
import { type Figures, fileName } from './eda-figures.js';
import { spreadRows } from './spread-rows.js';

/** A model, what was found of it, and what it says of the test rows. */
export interface ResultModel {
  readonly model: FittedPipeline<FittedClassifier>;
  readonly report: ModelReport;
  readonly evaluation: Evaluation;
}

/** Labelled rows that no model has seen. */
export interface TestRows {
  readonly x: Table;
  readonly y: Labels;
}

/** What the files of a model's figures begin with. */
const PREFIXES: Readonly<Record<string, string>> = {
  LogisticRegression: 'lr',
  RandomForestClassifier: 'rf',
  SVC: 'sv',
  GradientBoostingClassifier: 'gb',
};

const PERMUTATIONS = 3;
/** How many test rows importances are measured on: more say hardly more, and take their time. */
const MEASURED = 1000;

/** How well the models do on the test rows, side by side and each alone, and what they go by. */
export function resultFigures(
  models: ReadonlyMap<string, ResultModel>,
  best: string,
  test: TestRows,
  seed: number,
): Figures {
  const { y } = test;
  const figures = new Map<string, ChartSpec>();
  const entries = Array.from(models, ([name, each]) => ({ name, ...each }));
  const isBinary = y.classes.length === 2;
  const curves = isBinary ? entries.map((each) => modelCurve(each, y)) : classCurves(entries, best, y);
  const titled = (title: string) => ({ title: isBinary ? title : `${title} of ${best}, by class` });
  figures.set(
    'roc_plots',
    rocChart(
      curves.map((curve) => ({ ...curve, ...rocCurve(curve.y, curve.scores) })),
      titled(isBinary ? 'ROC curves on test rows' : 'ROC curves'),
    ),
  );
  figures.set(
    'precision_recall',
    precisionRecallChart(
      curves.map((curve) => ({ ...curve, ...precisionRecallCurve(curve.y, curve.scores) })),
      { ...titled('Precision and recall'), ...(isBinary && { rate: y.counts()[1] / y.length }) },
    ),
  );
  figures.set(
    'confusion_matrices',
    confusionChart(
      entries.map(({ name, evaluation }) => ({ name, ...confusionMatrix(y, evaluation.predicted) })),
    ),
  );
  figures.set(
    'calibration',
    calibrationChart(
      curves.map(({ name, y, scores }) => ({ name, ...calibrationCurve(y, scores, { nBins: 10 }) })),
      titled('Calibration'),
    ),
  );
  figures.set(
    'gains',
    gainsChart(
      curves.map(({ name, y, scores }) => ({ name, ...cumulativeGains(y, scores) })),
      titled('Cumulative gains'),
    ),
  );
  figures.set(
    'lift',
    liftChart(
      curves.map(({ name, y, scores }) => ({ name, ...liftCurve(y, scores) })),
      titled('Lift'),
    ),
  );
  const taken = new Set<string>();
  for (const { name, model, report, evaluation } of entries) {
    const prefix = prefixOf(name, report.parameters.type, taken);
    figures.set(
      `${prefix}_classification_report`,
      classificationReportChart(report.classes, { title: `${name}: test rows` }),
    );
    if (name === best && isBinary) {
      figures.set(
        `${prefix}_threshold`,
        thresholdChart(precisionRecallCurve(y, evaluation.probabilities[1]), {
          title: `${name}: what a threshold does to test rows`,
          chosen: report.threshold?.threshold ?? 0.5,
        }),
      );
    }
    const importances = impurityImportances(model);
    if (importances) {
      figures.set(
        `feature_importance_${fileName(name)}`,
        importanceChart(importances, {
          title: `${name}: feature importance`,
          measure: 'mean decrease of impurity',
        }),
      );
    }
  }
  const found = models.get(best);
  if (found) figures.set('permutation_importance', permutationChart(best, found.model, test, seed));
  return figures;
}

/** What a curve is drawn of: rows of two classes, and scores of the second. */
interface Scored {
  readonly name: string;
  readonly y: Labels;
  readonly scores: Float64Array;
  readonly auc: number;
  readonly interval?: readonly [low: number, high: number];
  readonly averagePrecision: number;
}

function modelCurve({ name, evaluation }: ResultModel & { readonly name: string }, y: Labels): Scored {
  const { rocAuc: auc, rocAucInterval: interval, averagePrecision } = evaluation.metrics;
  return { name, y, scores: evaluation.probabilities[1], auc, interval, averagePrecision };
}

/** Each class against the others, by the best of all models. */
function classCurves(
  models: readonly (ResultModel & { readonly name: string })[],
  best: string,
  y: Labels,
): Scored[] {
  const found = models.find(({ name }) => name === best) ?? models[0];
  return y.classes.map((label, code) => {
    const isClass = Labels.from(
      Array.from(y.codes, (each) => each === code),
      [false, true],
    );
    const scores = found.evaluation.probabilities[code];
    return {
      name: String(label),
      y: isClass,
      scores,
      auc: rocAuc(isClass, scores),
      averagePrecision: averagePrecision(isClass, scores),
    };
  });
}

function prefixOf(name: string, type: string, taken: Set<string>): string {
  const short = PREFIXES[type];
  const prefix = short && !taken.has(short) ? short : fileName(name);
  taken.add(prefix);
  return prefix;
}

function impurityImportances({
  model: classifier,
}: FittedPipeline<FittedClassifier>): Importance[] | undefined {
  if (!(classifier instanceof FittedForest)) return undefined;
  const { binning, importances } = classifier.forest;
  return importances.map((mean, i) => ({ feature: binning.features[i].name, mean }));
}

function permutationChart(
  name: string,
  model: FittedPipeline<FittedClassifier>,
  { x, y }: TestRows,
  seed: number,
): ChartSpec {
  const rows = spreadRows(x.nRows, MEASURED);
  const importances = permutationImportance(model, x.take(rows), y.take(rows), {
    scoring: (labels, probabilities) => rocAuc(labels, rankingOf(probabilities)),
    nRepeats: PERMUTATIONS,
    seed,
  });
  return importanceChart(importances, {
    title: `${name}: what it goes by`,
    subtitle: 'how much the ROC AUC of test rows falls when the values of a column are shuffled',
    measure: 'fall of ROC AUC',
  });
}
