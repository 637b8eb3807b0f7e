import type { Durations, FittedSurvivalModel } from '@churn/core';
import { CoxRegression, type FittedCoxRegression } from '@churn/survival';
import type { Config } from '../config/config.js';
import type { DurationsConfig } from '../config/target.js';
import { modelDrivers } from '../explanation/drivers.js';
import { groupFigures } from '../figures/group-figures.js';
import { survivalFigures } from '../figures/survival-figures.js';
import { trainingRecord } from '../model/training-record.js';
import { bestFirst } from '../reporting/best-first.js';
import { choiceText } from '../reporting/search-text.js';
import { survivalMarkdown } from '../reporting/survival-markdown.js';
import { survivalPage } from '../reporting/survival-page.js';
import { writeTestDurations } from '../runs/test-durations.js';
import type { Task } from '../task/task.js';
import type { Logger } from '../terminal/logger.js';
import { leaderboardTable, survivalResultTable } from '../terminal/result-table.js';
import type { Final } from './chosen.js';
import type { EvaluatedSurvivalModel } from './evaluate-survival.js';
import type { Findings } from './findings.js';
import { survivalGroups } from './group-report.js';
import { modelReferences } from './model-reference.js';
import { predictedTimes } from './predicted-times.js';
import { type WrittenModel, type WrittenReport, writeReport } from './report.js';
import { reportedTimes, riskGroups } from './risk-groups.js';
import { survivalSummary } from './survival-summary.js';
import {
  type CoefficientReport,
  commonModelReport,
  commonReport,
  type SurvivalModelReport,
  type SurvivalReport,
} from './training-report.js';

/** The maximum number of coefficients, by effect size. */
const MAX_COEFFICIENTS = 30;

/** A survival model to write. */
type FinalModel = Final<FittedSurvivalModel, EvaluatedSurvivalModel>;

/** Writes survival models and their report. */
export async function writeSurvivalReport(
  task: Task<Durations>,
  folder: string,
  found: Findings<Durations, FinalModel>,
  config: Config,
  logger: Logger,
): Promise<WrittenReport> {
  const { data, split, chosen, final } = found;
  const { test } = split;
  const best = final.find(({ name }) => name === chosen.best) as FinalModel;
  const { event, horizons } = config.data.durations as DurationsConfig;
  const tried = final.map(({ pipeline, evaluation }) => ({
    pipeline,
    score: null,
    predicted: predictedTimes(pipeline, evaluation, test, config),
  }));
  const references = modelReferences(task, tried, data, split, config);
  const models = final.map(({ name, final: pipeline, parameters, evaluation, scores }, i): WrittenModel => {
    const metrics = figuresOf(evaluation.metrics);
    const record = trainingRecord(config, data, { parameters, test: metrics }, references[i]);
    return { name, final: pipeline, scores, metrics, record };
  });
  const report = reportOf(found, best, config);
  return writeReport(
    folder,
    {
      models,
      report,
      readable: survivalMarkdown(report),
      tables: `${leaderboardTable(report)}\n\n${survivalResultTable(report)}\n${choiceText(report)}`,
      writePredictions: (to) =>
        writeTestDurations(to, {
          rows: split.testRows,
          y: test.y,
          horizons,
          predicted: new Map(final.map(({ name, evaluation }) => [name, evaluation])),
        }),
      figures: () => ({
        results: [...survivalFigures(bestFirst(final, report), best, test, config), ...groupFigures(report)],
        rows: [],
        page: ({ profile }, pictures) =>
          survivalPage({
            ...{ report, target: config.data.target, event, profile, pictures },
            drivers: modelDrivers(best.pipeline, test.x),
          }),
      }),
    },
    found,
    config,
    logger,
  );
}

/** The known metrics of a model, by name. */
function figuresOf({
  concordance,
  integratedBrierScore,
  horizons,
}: EvaluatedSurvivalModel['evaluation']['metrics']) {
  const all = [
    ['concordance', concordance],
    ['integratedBrierScore', integratedBrierScore],
    ...horizons.flatMap(({ horizon, brierScore, rocAuc }) => [
      [`brierScore_${horizon}`, brierScore],
      [`rocAuc_${horizon}`, rocAuc],
    ]),
  ] as const;
  return Object.fromEntries(all.filter(([, value]) => value !== null)) as Record<string, number>;
}

function reportOf(found: Findings<Durations, FinalModel>, best: FinalModel, config: Config): SurvivalReport {
  const { horizons, unit } = config.data.durations as DurationsConfig;
  const models = found.final.map((model) => {
    const coefficients = coefficientsOf(model.final.model);
    const test = model.evaluation.metrics;
    return [
      model.name,
      { ...commonModelReport(model), test, ...(coefficients && { coefficients }) },
    ] as const;
  });
  const { test, testGroups } = found.split;
  const { y } = test;
  const { risk } = best.evaluation;
  const byGroup = survivalGroups(testGroups, y, risk, config.seed);
  const report = commonReport<Durations, SurvivalModelReport>(
    found,
    { models: Object.fromEntries(models), byGroup },
    config,
  );
  return {
    ...report,
    data: { ...report.data, target: survivalSummary(found.data.y) },
    horizons,
    ...(unit !== undefined && { unit }),
    groups: riskGroups(y, risk, reportedTimes(y, horizons)),
  };
}

/** The coefficients of a Cox regression with the largest effects. */
function coefficientsOf(model: FittedSurvivalModel): CoefficientReport[] | undefined {
  if (model.type !== CoxRegression.type) return undefined;
  const { coefficients } = (model as FittedCoxRegression).summary();
  return coefficients
    .map(({ covariate, hazardRatio, hazardRatioInterval, pValue }): CoefficientReport => {
      const isKnown = Number.isFinite(pValue);
      return {
        covariate,
        hazardRatio,
        interval: isKnown ? hazardRatioInterval : null,
        pValue: isKnown ? pValue : null,
      };
    })
    .sort((a, b) => strength(b) - strength(a))
    .slice(0, MAX_COEFFICIENTS);
}

/** The distance of a hazard ratio from 1, in either direction. */
function strength({ hazardRatio }: CoefficientReport): number {
  return Math.max(hazardRatio, 1 / hazardRatio);
}
