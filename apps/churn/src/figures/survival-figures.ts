import type { Durations } from '@churn/core';
import { horizonCalibrationChart, survivalChart } from '@churn/eda';
import { kaplanMeier } from '@churn/survival';
import type { Config } from '../config/config.js';
import { timeText } from '../reporting/survival-text.js';
import type { LabelledRows } from '../training/dataset.js';
import type { EvaluatedSurvivalModel } from '../training/evaluate-survival.js';
import { RISK_GROUPS, riskGroupOf } from '../training/risk-groups.js';
import { type Figure, withOwnIds } from './figure.js';
import { importanceFigures, permutationFigure } from './importance-figures.js';

/** The figures of survival models: outcomes of test rows by predicted risk, calibration and feature importance. */
export function survivalFigures(
  models: readonly EvaluatedSurvivalModel[],
  best: EvaluatedSurvivalModel,
  test: LabelledRows<Durations>,
  { data, seed }: Pick<Config, 'data' | 'seed'>,
): Figure[] {
  const unit = data.durations?.unit;
  return withOwnIds([
    riskFigure(best, test.y, unit),
    ...calibrationFigures(models, data.durations?.horizons ?? [], unit),
    ...models.flatMap(({ name, pipeline }) => importanceFigures(name, pipeline)),
    permutationFigure(
      best,
      test,
      { scoring: 'concordance', called: 'the concordance', measure: 'decrease in concordance' },
      seed,
    ),
  ]);
}

function riskFigure(
  { name, evaluation: { risk } }: EvaluatedSurvivalModel,
  y: Durations,
  unit: string | undefined,
): Figure {
  const title = `${name}: survival of test rows by risk`;
  const curves = kaplanMeier(y, { by: riskGroupOf(risk) })
    .map(({ group, curve }) => ({ name: String(group), ...curve }))
    .sort((a, b) => RISK_GROUPS.indexOf(a.name) - RISK_GROUPS.indexOf(b.name));
  return {
    id: 'survival_by_risk',
    section: 'survival',
    alt: `${title}, with the numbers at risk`,
    chart: survivalChart(curves, { title, ...(unit !== undefined && { time: unit }) }),
  };
}

/** A figure for each horizon that test rows were observed for. */
function calibrationFigures(
  models: readonly EvaluatedSurvivalModel[],
  horizons: readonly number[],
  unit: string | undefined,
): Figure[] {
  return horizons.flatMap((horizon, h) => {
    const calibrations = models.flatMap(({ name, evaluation: { metrics } }) => {
      const bins = metrics.horizons[h].calibration;
      return bins.length > 0 ? [{ name, bins }] : [];
    });
    if (calibrations.length === 0) return [];
    const title = `Calibration within ${timeText(horizon, unit)}`;
    return [
      {
        id: `calibration_${horizon}`,
        section: 'calibration' as const,
        alt: `${title}: the share of test rows with the event against its predicted probability`,
        chart: horizonCalibrationChart(calibrations, { title }),
      },
    ];
  });
}
