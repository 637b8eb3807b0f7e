import { type FittedClassifier, isolateFaults, type Labels } from '@churn/core';
import type { Config } from '../config/config.js';
import { explanationFigures } from '../figures/explanation-figures.js';
import { groupFigures } from '../figures/group-figures.js';
import { resultFigures } from '../figures/result-figures.js';
import { sliceFigures } from '../figures/slice-figures.js';
import { upliftFigures } from '../figures/uplift-figures.js';
import { upliftRecord } from '../model/recorded-uplift.js';
import { trainingRecord } from '../model/training-record.js';
import { bestFirst } from '../reporting/best-first.js';
import { campaignText } from '../reporting/campaign-text.js';
import { classComparison } from '../reporting/class-comparison.js';
import { formatTrainingReport } from '../reporting/class-markdown.js';
import { htmlReport } from '../reporting/class-page.js';
import { exploredCalls } from '../reporting/explored-calls.js';
import { choiceText } from '../reporting/search-text.js';
import { writeTestPredictions } from '../runs/test-predictions.js';
import type { Task } from '../task/task.js';
import type { Logger } from '../terminal/logger.js';
import { leaderboardTable, resultTable } from '../terminal/result-table.js';
import { trainedThresholds } from '../terminal/threshold-tables.js';
import { type Final, otherFits } from './chosen.js';
import { classCounts } from './class-counts.js';
import type { LabelledRows } from './dataset.js';
import { byGroupOf } from './decide.js';
import { type EvaluatedModel, scoreOfTest } from './evaluate.js';
import type { Findings } from './findings.js';
import { classGroups } from './group-report.js';
import { modelReferences } from './model-reference.js';
import { type WrittenModel, type WrittenReport, writeReport } from './report.js';
import { commonModelReport, commonReport, type TrainingReport } from './training-report.js';
import { classSlices } from './worst-slices.js';

/** A classifier to write. */
type FinalModel = Final<FittedClassifier, EvaluatedModel>;

/** Writes classifiers and their report. */
export async function writeClassReport(
  task: Task<Labels>,
  folder: string,
  found: Findings<Labels, FinalModel>,
  config: Config,
  logger: Logger,
): Promise<WrittenReport> {
  const { data, split, chosen, final } = found;
  const folds = task.splitter(config).split(split.train.x, split.train.y);
  const tried = final.map((model) => ({
    pipeline: model.pipeline,
    score: scoreOfTest(model, split.test.y, otherFits(model, folds)),
  }));
  const references = modelReferences(task, tried, data, split, config);
  const models = final.map((model, i): WrittenModel => {
    const { name, parameters, evaluation, scores, threshold } = model;
    const learned = { parameters, test: evaluation.metrics };
    return {
      ...{
        name,
        final: byGroupOf(model, model.final) ?? model.final,
        scores,
        metrics: evaluation.metrics,
        threshold: threshold?.threshold,
      },
      record: {
        ...trainingRecord(config, data, learned, references[i]),
        ...upliftRecord(found.uplift),
      },
    };
  });
  const best = final.find(({ name }) => name === chosen.best) as FinalModel;
  const report = reportOf(found, best, config);
  const { target, positive } = config.data;
  return writeReport(
    folder,
    {
      models,
      report,
      readable: formatTrainingReport(report, config.predicts),
      tables: `${leaderboardTable(report)}\n\n${resultTable(report)}\n${choiceText(report)}${profitText(report)}${trainedThresholds(report)}`,
      writePredictions: (to) =>
        writeTestPredictions(to, {
          rows: data.whole ? Int32Array.from(split.test.lines) : split.testRows,
          labels: split.test.y,
          probabilities: new Map(final.map(({ name, evaluation }) => [name, evaluation.probabilities])),
          called: new Map(
            final
              .filter(({ groupThresholds }) => groupThresholds !== undefined)
              .map(({ name, evaluation }) => [name, evaluation.predicted.codes]),
          ),
        }),
      figures() {
        const inOrder = bestFirst(final, report);
        const { explained, ...figures } = figuresOf(best, inOrder, split.test, config.seed);
        const comparison = classComparison(inOrder, split.test.y);
        const explorer = exploredCalls(best, split, config.explain);
        const tested = testedRows(best, split.test.y);
        const { predicts } = config;
        return {
          ...figures,
          results: [
            ...figures.results,
            ...sliceFigures(report, 'log loss'),
            ...groupFigures(report),
            ...(found.uplift ? upliftFigures(found.uplift) : []),
          ],
          page: ({ profile }, pictures) =>
            htmlReport({
              ...{ report, target, positive, predicts, profile, pictures },
              ...{ drivers: explained.drivers, interactions: explained.interactions },
              ...{ comparison, explorer, tested },
            }),
        };
      },
    },
    found,
    config,
    logger,
  );
}

/** A line with the profit of the best model's threshold. */
function profitText(report: TrainingReport): string {
  const { campaign } = report.models[report.best];
  return campaign ? `\n${campaignText(campaign, report)}` : '';
}

function reportOf(found: Findings<Labels, FinalModel>, best: FinalModel, config: Config): TrainingReport {
  const models = found.final.map((model) => {
    const { name, threshold, groupThresholds, evaluation, campaign } = model;
    const { metrics: test, classes } = evaluation;
    const report = { ...commonModelReport(model), threshold, test, classes };
    return [
      name,
      { ...report, ...(groupThresholds && { groupThresholds }), ...(campaign && { campaign }) },
    ] as const;
  });
  const { data, split } = found;
  const byGroup = classGroups(split.testGroups, split.test.y, best.evaluation, config.seed);
  const report = commonReport(found, { models: Object.fromEntries(models), byGroup }, config);
  return {
    ...report,
    data: { ...report.data, classes: data.whole?.classes ?? classCounts(data.y) },
    thresholdRule: config.threshold ?? null,
    slices: classSlices(split, best.evaluation.probabilities, config.seed),
    ...(config.currency && { currency: config.currency }),
    ...(found.uplift && { uplift: found.uplift.report }),
  };
}

function figuresOf(
  { name, pipeline }: EvaluatedModel,
  evaluated: readonly EvaluatedModel[],
  test: LabelledRows,
  seed: number,
) {
  // A row far from all others may have a probability but no explanation.
  const { result: explained } = isolateFaults(test.x, (x) => explanationFigures(name, pipeline, x));
  return {
    results: [...resultFigures(evaluated, name, test, seed), explained.overview, ...explained.dependence],
    rows: explained.rows,
    explained,
  };
}

/** For two classes, the best model's predictions for test rows. */
function testedRows({ evaluation }: EvaluatedModel, { classes, codes }: Labels) {
  return classes.length === 2 ? { scores: evaluation.probabilities[1], isPositive: codes } : undefined;
}
