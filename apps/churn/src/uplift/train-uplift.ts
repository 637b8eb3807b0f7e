import type { FittedClassifier, FittedPipeline, Table } from '@churn/core';
import { Pipeline } from '@churn/core';
import { imbalances, qiniBand, qiniCurve, treatmentBalance, upliftBand, upliftCurve } from '@churn/uplift';
import type { Config } from '../config/config.js';
import { nativeSteps } from '../model/processing.js';
import { refusalText } from '../reporting/uplift-text.js';
import type { TimeLimit } from '../runs/time-limit.js';
import type { Logger } from '../terminal/logger.js';
import { customerEconomics, takeCustomers } from '../training/customer-economics.js';
import type { ExperimentRows, ExperimentSplit } from '../training/dataset.js';
import { resamples } from '../training/resamples.js';
import { compareLearners } from './choose-uplift.js';
import { compareLists } from './compare-lists.js';
import { armCounts, evaluateUplift, type ScoredArms } from './evaluate-uplift.js';
import type { UpliftLearner } from './uplift-learners.js';
import type { FoundUplift } from './uplift-report.js';
import { takeUpliftRows, upliftRows } from './uplift-rows.js';

/** The maximum number of differences between the arms in the report. */
const MAX_DIFFERENCES = 10;

/**
 * Trains an uplift model on an experiment: compares learners by cross-validation, evaluates the best on held-out rows, and fits it on the
 * same rows as the churn models. If the treatment does not look random, there is no model, only the reasons.
 *
 * @param churn the churn model, fitted on control training rows.
 * @param learners the learners to compare until time runs out.
 * @throws as the learners do.
 */
export function trainUplift(
  experiment: ExperimentRows,
  split: ExperimentSplit,
  churn: FittedPipeline<FittedClassifier>,
  learners: readonly UpliftLearner[],
  config: Config,
  logger: Logger,
  limit?: TimeLimit,
): FoundUplift {
  const balance = balanceOf(experiment, config);
  const refused = imbalances(balance);
  const { treatment } = experiment;
  const summary = {
    treatment,
    rows: armCounts(experiment.isTreated),
    balance: {
      rows: balance.rows.slice(0, MAX_DIFFERENCES),
      auc: balance.test.auc,
      pValue: balance.test.pValue,
    },
    refused,
  };
  if (refused.length > 0) {
    logger.warn(`there is no uplift model: ${refusalText(summary)}`);
    return { report: { ...summary, model: null } };
  }
  const rows = upliftRows(experiment);
  const [train, test] = [split.train, split.test].map((part) => takeUpliftRows(rows, part));
  const { compared, leftOut } = compareLearners(learners, train, config, limit);
  if (leftOut.length > 0) logger.warn(`there was no time to compare ${leftOut.join(', ')}`);
  const [{ learner, predicted }] = compared;
  const tried = learner.fit(train);
  const tested = {
    ...test,
    uplift: tried.predict(test.x),
    probabilities: churn.predictProba(test.x)[1],
  };
  const evaluated = evaluateUplift({ ...train, uplift: predicted }, tested, config);
  const lists = economicsOf(experiment, split.test, config);
  const { qini } = evaluated;
  logger.info(
    `uplift of ${treatment.column}: ${learner.name}, test Qini ${qini.value.toFixed(4)}, of ${compared.length} learners`,
  );
  return {
    report: {
      ...summary,
      model: {
        learner: learner.name,
        compared: compared.map((each) => ({
          learner: each.learner.name,
          qini: each.qini,
          seconds: each.seconds,
        })),
        ...(leftOut.length > 0 && { leftOut }),
        ...evaluated,
        ...(lists && { lists: compareLists(tested, lists) }),
      },
    },
    found: {
      model: config.split.refit ? learner.fit(rows) : tried,
      ...curvesOf(tested, config),
    },
  };
}

/** The curves of held-out rows, with bootstrap bands. */
function curvesOf({ stayed, uplift, isTreated }: ScoredArms, { seed }: Pick<Config, 'seed'>) {
  const options = { seed, nResamples: resamples(stayed.length, 300) };
  return {
    qini: {
      ...qiniCurve(stayed, uplift, isTreated),
      band: qiniBand(stayed, uplift, isTreated, options),
    },
    uplift: {
      ...upliftCurve(stayed, uplift, isTreated),
      band: upliftBand(stayed, uplift, isTreated, options),
    },
  };
}

function balanceOf({ features, isTreated, treatment }: ExperimentRows, { processing, seed }: Config) {
  const known: Table = new Pipeline(nativeSteps(processing, seed)).fit(features).transform(features);
  const x = known.with({ [treatment.column]: Float64Array.from(isTreated) });
  return treatmentBalance(x, { treatment: treatment.column, control: 0, seed });
}

function economicsOf({ all, records }: ExperimentRows, rows: Int32Array, { threshold: rule }: Config) {
  if (!rule || !('profit' in rule)) return undefined;
  return takeCustomers(customerEconomics(rule.profit, all, records, 'threshold.profit.'), rows);
}
