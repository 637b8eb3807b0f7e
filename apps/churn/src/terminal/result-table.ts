import { fourDigits, percent } from '@churn/eda';
import type { RowExplanation } from '../explanation/explain-row.js';
import { ENSEMBLE } from '../model/blend.js';
import { ensembleName } from '../reporting/ensemble-text.js';
import { figureText } from '../reporting/figure-text.js';
import { leaderboardCells } from '../reporting/leaderboard-table.js';
import { survivalCells, survivalHead } from '../reporting/survival-text.js';
import { VALUE_TITLES } from '../reporting/value-text.js';
import type { HighRow } from '../scoring/score-part.js';
import type { AnyScoringModel, SurvivalScoringModel } from '../scoring/scoring-model.js';
import type { Tally } from '../scoring/tally.js';
import { valuesText, type WarningTotal } from '../scoring/warning-totals.js';
import { VALUE_METRICS } from '../training/evaluate-values.js';
import type {
  CommonReport,
  SurvivalReport,
  TrainingReport,
  ValueReport,
} from '../training/training-report.js';
import { tableOf } from './text-table.js';

/** The metrics of all classifiers as a text table, with the best marked. */
export function resultTable(report: TrainingReport): string {
  const head = ['test ROC AUC', 'log loss', 'accuracy', 'precision', 'recall', 'F1'];
  return modelTable(report, head, ({ test }) => {
    const { rocAuc, logLoss, accuracy, precision, recall, f1 } = test;
    return [rocAuc, logLoss, accuracy, precision, recall, f1].map((value) => value.toFixed(4));
  });
}

/** The metrics of all regression models as a text table, with the best marked. */
export function valueResultTable(report: ValueReport): string {
  const head = [...VALUE_METRICS.map((name) => `test ${VALUE_TITLES[name]}`), 'interval coverage'];
  return modelTable(report, head, ({ test }) => [
    test.r2.toFixed(4),
    ...VALUE_METRICS.slice(1).map((name) => fourDigits(test[name])),
    percent(test.coverage),
  ]);
}

/** The metrics of all survival models as a text table, with the best marked. */
export function survivalResultTable(report: SurvivalReport): string {
  const last = { ...report, horizons: report.horizons.slice(-1) };
  return modelTable(report, ['test concordance', ...survivalHead(last)], ({ test }) => [
    test.concordance.toFixed(4),
    ...survivalCells({ ...test, horizons: test.horizons.slice(-1) }),
  ]);
}

/** The metrics of all models as a text table, with the best marked: the deciding scorer, and the test metrics in `cells`. */
function modelTable<M extends CommonReport['models'][string]>(
  report: CommonReport<M>,
  head: readonly string[],
  cells: (model: M) => readonly string[],
): string {
  const { models, best, search } = report;
  const [scorer] = search.scoring;
  const called = (name: string) => (name === ENSEMBLE ? ensembleName(report) : name);
  return tableOf(
    ['model', `CV ${scorer}`, ...head],
    Object.entries(models).map(([name, model]) => [
      name === best ? `${called(name)} (best)` : called(name),
      figureText(model.cv[scorer].mean, 4),
      ...cells(model),
    ]),
  );
}

/** All candidates as a text table, best first. */
export function leaderboardTable(report: CommonReport): string {
  const { head, rows, more } = leaderboardCells(report);
  const rest = more > 0 ? `\nand ${more} more in training_report.json` : '';
  return tableOf(head, rows) + rest;
}

/** The rows with the highest probability of a class as a text table. */
function likeliestTable(label: string, rows: readonly HighRow[]): string {
  return tableOf(
    [`most likely "${label}"`, 'probability'],
    rows.map(({ line, value }) => [`line ${line}`, value.toFixed(4)]),
  );
}

/** The rows with the highest probability of the event within the last horizon as a text table. */
function soonestTable(
  { predicts, durations: { horizons } }: SurvivalScoringModel,
  rows: readonly HighRow[],
): string {
  return tableOf(
    [`most likely ${predicts} within ${horizons[horizons.length - 1]}`, 'probability'],
    rows.map(({ line, value }) => [`line ${line}`, value.toFixed(4)]),
  );
}

/** The rows with the highest values as a text table. */
function highestTable(predicts: string, rows: readonly HighRow[]): string {
  return tableOf(
    [`highest ${predicts}`, 'predicted'],
    rows.map(({ line, value }) => [`line ${line}`, fourDigits(value)]),
  );
}

/**
 * The predictions for rows as a text table: for two classes, the most probable rows; for more, the number of rows of each; or the highest
 * values.
 */
export function summaryTable(
  scoring: AnyScoringModel,
  { called, highest }: Pick<Tally, 'called' | 'highest'>,
): string {
  if (scoring.task === 'value') return highestTable(scoring.predicts, highest);
  if (scoring.task === 'survival') return soonestTable(scoring, highest);
  const { classes } = scoring;
  return classes.length === 2 ? likeliestTable(classes[1], highest) : calledTable(classes, called);
}

/** The number of rows predicted as each class as a text table. */
export function calledTable(classes: readonly string[], called: readonly number[]): string {
  return tableOf(
    ['predicted', 'rows'],
    classes.map((label, code) => [label, called[code].toLocaleString('en')]),
  );
}

/** The warnings about rows as a text table. */
export function warningTable(totals: readonly Readonly<WarningTotal>[]): string {
  return tableOf(
    ['warning', 'values', 'rows'],
    totals.map((total) => [
      total.column === undefined ? total.detail : `${total.column}: ${total.detail}`,
      valuesText(total),
      total.rows.toLocaleString('en'),
    ]),
  );
}

/** The parameters of a model as a text table. */
export function parameterTable(
  type: string,
  rows: readonly {
    readonly name: string;
    readonly expected: string;
    readonly default: string;
    readonly tried: string;
  }[],
): string {
  return tableOf(
    [type, 'valid values', 'default', 'values to try'],
    rows.map((row) => [row.name, row.expected, row.default, row.tried]),
  );
}

/** The explanation of a row as a text table. */
export function explanationTable(said: string, { reasons, unit }: RowExplanation, top: number): string {
  const isOfSize = unit === 'amount' || unit === 'risk';
  const shown = (contribution: number) => (isOfSize ? fourDigits(contribution) : contribution.toFixed(3));
  return tableOf(
    [said, unit],
    reasons
      .slice(0, top)
      .map(({ text, contribution }) => [text, `${contribution < 0 ? '' : '+'}${shown(contribution)}`]),
  );
}
