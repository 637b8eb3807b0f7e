import { type FittedRegressor, isolateFaults, type TargetValues } from '@churn/core';
import { predictionReference } from '@churn/monitor';
import type { Config } from '../config/config.js';
import { valueExplanationFigures } from '../figures/explanation-figures.js';
import { groupFigures } from '../figures/group-figures.js';
import { sliceFigures } from '../figures/slice-figures.js';
import { valueFigures } from '../figures/value-figures.js';
import { trainingRecord } from '../model/training-record.js';
import { namedPredictions, VALUE } from '../monitoring/monitored-predictions.js';
import { knownFigures } from '../monitoring/outcome/known-figures.js';
import { valueMetrics } from '../monitoring/outcome/value-outcome.js';
import { bestFirst } from '../reporting/best-first.js';
import { exploredValues } from '../reporting/explored-values.js';
import { choiceText } from '../reporting/search-text.js';
import { valueComparison } from '../reporting/value-comparison.js';
import { valueMarkdown } from '../reporting/value-markdown.js';
import { valuePage } from '../reporting/value-page.js';
import { writeTestValues } from '../runs/test-values.js';
import type { Task } from '../task/task.js';
import type { Logger } from '../terminal/logger.js';
import { leaderboardTable, valueResultTable } from '../terminal/result-table.js';
import { type Final, otherFits } from './chosen.js';
import type { EvaluatedValueModel } from './evaluate-values.js';
import type { Findings } from './findings.js';
import { valueGroups } from './group-report.js';
import { intervalFifths } from './interval-fifths.js';
import { modelReferences } from './model-reference.js';
import { type WrittenModel, type WrittenReport, writeReport } from './report.js';
import type { ValueModelReport, ValueReport } from './training-report.js';
import { commonModelReport, commonReport } from './training-report.js';
import { valueSummary } from './value-summary.js';
import { valueSlices } from './worst-slices.js';

/** A regression model to write. */
type FinalModel = Final<FittedRegressor, EvaluatedValueModel>;

/** Writes regression models and their report. */
export async function writeValueReport(
  task: Task<TargetValues>,
  folder: string,
  found: Findings<TargetValues, FinalModel>,
  config: Config,
  logger: Logger,
): Promise<WrittenReport> {
  const { data, split, chosen, final } = found;
  const { test } = split;
  const best = final.find(({ name }) => name === chosen.best) as FinalModel;
  const folds = task.splitter(config).split(split.train.x, split.train.y);
  const tried = final.map((model) => {
    const { pipeline, evaluation } = model;
    const predicted = [evaluation.predicted];
    const others = otherFits(model, folds).map((fit) => namedPredictions([VALUE], fit));
    return {
      pipeline,
      score: null,
      predicted: predictionReference(
        namedPredictions([VALUE], predicted),
        knownFigures(valueMetrics, test.y, predicted),
        others,
      ),
    };
  });
  const references = modelReferences(task, tried, data, split, config);
  const models = final.map(
    ({ name, final: pipeline, parameters, evaluation, scores, interval }, i): WrittenModel => {
      const learned = { parameters, test: evaluation.metrics, interval };
      return {
        ...{ name, final: pipeline, scores, metrics: evaluation.metrics },
        record: trainingRecord(config, data, learned, references[i]),
      };
    },
  );
  const report = reportOf(found, best, config);
  return writeReport(
    folder,
    {
      models,
      report,
      readable: valueMarkdown(report),
      tables: `${leaderboardTable(report)}\n\n${valueResultTable(report)}\n${choiceText(report)}`,
      writePredictions: (to) =>
        writeTestValues(to, {
          rows: split.testRows,
          values: test.y.values,
          predicted: new Map(final.map(({ name, evaluation }) => [name, evaluation.predicted])),
        }),
      figures() {
        const inOrder = bestFirst(final, report);
        // A row far from all others may have a prediction but no explanation.
        const { result: explained } = isolateFaults(test.x, (x) =>
          valueExplanationFigures(best.name, best.pipeline, x),
        );
        return {
          results: [
            ...valueFigures(inOrder, best, split, config),
            explained.overview,
            ...explained.dependence,
            ...sliceFigures(report, 'mean absolute error'),
            ...groupFigures(report),
          ],
          rows: explained.rows,
          page: ({ profile }, pictures) =>
            valuePage({
              ...{ report, target: config.data.target, profile, pictures },
              ...{ drivers: explained.drivers, interactions: explained.interactions },
              comparison: valueComparison(inOrder, test.y),
              explorer: exploredValues(best.pipeline, best.evaluation.predicted, test),
            }),
        };
      },
    },
    found,
    config,
    logger,
  );
}

function reportOf(found: Findings<TargetValues, FinalModel>, best: FinalModel, config: Config): ValueReport {
  const actual = found.split.test.y.values;
  const models = found.final.map((model): readonly [string, ValueModelReport] => {
    const { name, interval, evaluation } = model;
    const fifths = intervalFifths(interval, actual, evaluation.predicted);
    return [name, { ...commonModelReport(model), interval, test: evaluation.metrics, fifths }];
  });
  const { predicted } = best.evaluation;
  const { test, testGroups } = found.split;
  const byGroup = valueGroups(testGroups, test.y, predicted, config.seed);
  const report = commonReport<TargetValues, ValueModelReport>(
    found,
    { models: Object.fromEntries(models), byGroup },
    config,
  );
  return {
    ...report,
    data: { ...report.data, target: valueSummary(found.data.y) },
    slices: valueSlices(found.split, predicted, config.seed),
  };
}
