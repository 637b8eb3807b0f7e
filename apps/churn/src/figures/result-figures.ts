import type { FittedPipeline, Labels, Table } from '@churn/core';
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
  calibrationCurve,
  confusionMatrix,
  cumulativeGains,
  liftCurve,
  precisionRecallCurve,
  rocAuc,
  rocCurve,
} from '@churn/selection';
import type { Evaluation } from '../evaluation.js';
import type { ModelReport } from '../training-report.js';
import { type Figures, fileName } from './eda-figures.js';
import { spreadRows } from './spread-rows.js';

/** A model, what was found of it, and what it says of the test rows. */
export interface ResultModel {
  readonly model: FittedPipeline;
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
  const rate = y.counts()[1] / y.length;
  const curves = entries.map(({ name, evaluation: { probabilities, predicted, metrics } }) => ({
    name,
    auc: metrics.rocAuc,
    interval: metrics.rocAucInterval,
    averagePrecision: metrics.averagePrecision,
    ...rocCurve(y, probabilities),
    ...calibrationCurve(y, probabilities, { nBins: 10 }),
    ...confusionMatrix(y, predicted),
    precisionRecall: precisionRecallCurve(y, probabilities),
    gains: cumulativeGains(y, probabilities),
    lift: liftCurve(y, probabilities),
  }));
  figures.set('roc_plots', rocChart(curves, { title: 'ROC curves on test rows' }));
  figures.set(
    'precision_recall',
    precisionRecallChart(
      curves.map(({ precisionRecall, ...curve }) => ({ ...curve, ...precisionRecall })),
      { rate },
    ),
  );
  figures.set('confusion_matrices', confusionChart(curves));
  figures.set('calibration', calibrationChart(curves));
  figures.set('gains', gainsChart(curves.map(({ name, gains }) => ({ name, ...gains }))));
  figures.set('lift', liftChart(curves.map(({ name, lift }) => ({ name, ...lift }))));
  const taken = new Set<string>();
  entries.forEach(({ name, model, report }, i) => {
    const prefix = prefixOf(name, report.parameters.type, taken);
    figures.set(
      `${prefix}_classification_report`,
      classificationReportChart(report.classes, { title: `${name}: test rows` }),
    );
    if (name === best) {
      figures.set(
        `${prefix}_threshold`,
        thresholdChart(curves[i].precisionRecall, {
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
  });
  const found = models.get(best);
  if (found) figures.set('permutation_importance', permutationChart(best, found.model, test, seed));
  return figures;
}

function prefixOf(name: string, type: string, taken: Set<string>): string {
  const short = PREFIXES[type];
  const prefix = short && !taken.has(short) ? short : fileName(name);
  taken.add(prefix);
  return prefix;
}

function impurityImportances({ classifier }: FittedPipeline): Importance[] | undefined {
  if (!(classifier instanceof FittedForest)) return undefined;
  const { binning, importances } = classifier.forest;
  return importances.map((mean, i) => ({ feature: binning.features[i].name, mean }));
}

function permutationChart(name: string, model: FittedPipeline, { x, y }: TestRows, seed: number): ChartSpec {
  const rows = spreadRows(x.nRows, MEASURED);
  const importances = permutationImportance(model, x.take(rows), y.take(rows), {
    scoring: (labels, [, probabilities]) => rocAuc(labels, probabilities),
    nRepeats: PERMUTATIONS,
    seed,
  });
  return importanceChart(importances, {
    title: `${name}: what it goes by`,
    subtitle: 'how much the ROC AUC of test rows falls when the values of a column are shuffled',
    measure: 'fall of ROC AUC',
  });
}
