import { fourDigits, percent } from '@churn/eda';
import type { HorizonMetrics, SurvivalMetrics } from '../training/evaluate-survival.js';
import type { RiskGroups } from '../training/risk-groups.js';
import type { SurvivalSummary } from '../training/survival-summary.js';
import type { CoefficientReport, SurvivalReport } from '../training/training-report.js';

/** Describes the durations of a target. */
export function summaryText({ rows, events, longest, medianSurvival }: SurvivalSummary): string {
  const half =
    medianSurvival === null
      ? 'more than half of the rows survive'
      : `median survival ${fourDigits(medianSurvival)}`;
  return `${percent(events / rows)} of the rows have the event, the others are censored; durations up to ${fourDigits(longest)}; ${half}`;
}

/** A time with its unit, if known. */
export function timeText(time: number, unit: string | undefined): string {
  return unit === undefined ? fourDigits(time) : `${fourDigits(time)} ${unit}`;
}

/** The concordance with its bootstrap interval on test rows. */
export function concordanceText({ concordance, interval: [low, high] }: SurvivalMetrics): string {
  return `${concordance.toFixed(4)} (${low.toFixed(4)} to ${high.toFixed(4)})`;
}

/** Formats a metric that may be unknown for the test rows. */
export function figureOrNone(value: number | null): string {
  return value === null ? '-' : value.toFixed(4);
}

/** The heads of a table of models, besides name and concordance. */
export function survivalHead({ horizons, unit }: Pick<SurvivalReport, 'horizons' | 'unit'>): string[] {
  const last = timeText(horizons[horizons.length - 1], unit);
  return [
    `integrated Brier score up to ${last}`,
    ...horizons.flatMap((horizon) => [
      `Brier score at ${timeText(horizon, unit)}`,
      `ROC AUC at ${timeText(horizon, unit)}`,
    ]),
  ];
}

export function survivalCells({ integratedBrierScore, horizons }: SurvivalMetrics): string[] {
  const each = horizons.flatMap(({ brierScore, rocAuc }) => [brierScore, rocAuc]);
  return [integratedBrierScore, ...each].map(figureOrNone);
}

/** The meaning of the metrics. */
export const SURVIVAL_MEANING =
  'Concordance is the share of pairs of rows with a known order of events that a model ranks correctly: 0.5 for random ranking. ' +
  'The Brier score is the mean squared error of the predicted event probability, weighted for censoring: 0.25 for a constant 0.5, 0 for perfect predictions.';

/** The table of the survival of test rows by risk. */
export function groupTable({ groups: { times, groups } }: Pick<SurvivalReport, 'groups'>) {
  return {
    head: ['group', 'rows', 'events', ...times.map((time) => `after ${fourDigits(time)}`)],
    rows: groups.map(({ name, rows, events, survival, atRisk }) => [
      name,
      rows.toLocaleString('en'),
      events.toLocaleString('en'),
      ...survival.map((share, i) => (atRisk[i] > 0 ? `${percent(share)} (${atRisk[i]})` : '-')),
    ]),
  };
}

/** The caption of the table of groups. */
export function groupsText(best: string, { times }: RiskGroups, unit: string | undefined): string {
  const last = timeText(times[times.length - 1], unit);
  return (
    `Test rows in four groups by the risk predicted by ${best}: the share without the event after each time up to ${last}, by the ` +
    'Kaplan–Meier estimate, with the number at risk just before in brackets.'
  );
}

/** The table of predicted and observed probabilities at a horizon. */
export function calibrationTable({ calibration }: HorizonMetrics) {
  return {
    head: ['rows', 'predicted', 'observed', '95% interval'],
    rows: calibration.map(({ count, predicted, observed, lower, upper }) => [
      count.toLocaleString('en'),
      percent(predicted),
      percent(observed),
      `${percent(lower)} to ${percent(upper)}`,
    ]),
  };
}

/** The table of the coefficients of a Cox regression. */
export function coefficientTable(coefficients: readonly CoefficientReport[]) {
  return {
    head: ['column', 'hazard ratio', '95% interval', 'p'],
    rows: coefficients.map(({ covariate, hazardRatio, interval, pValue }) => [
      covariate,
      fourDigits(hazardRatio),
      interval ? interval.map(fourDigits).join(' to ') : '-',
      pValue === null ? '-' : pValue < 0.0001 ? '< 0.0001' : pValue.toFixed(4),
    ]),
  };
}

/** The meaning of the coefficients. */
export const COEFFICIENT_MEANING =
  'The factor by which one standard deviation of a processed column multiplies the hazard. A penalty shrinks the ratios towards 1.';
