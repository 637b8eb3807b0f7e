import type { FittedClassifier, FittedPipeline, FittedRegressor, Table } from '@churn/core';
import { beeswarmChart, fourDigits, waterfallChart } from '@churn/eda';
import { type Driver, driversOf } from '../explanation/drivers.js';
import type { Explanation, RowExplanation } from '../explanation/explain-row.js';
import { createExplainer, createValueExplainer } from '../explanation/explainer.js';
import { type Interaction, typicalInteractions } from '../explanation/interactions.js';
import { dependenceFigures } from './dependence-figures.js';
import type { Figure } from './figure.js';
import { spreadRows } from './spread-rows.js';

/** The maximum number of rows in the overview of contributions. */
const OVERVIEW = 80;
/** The rows explained individually, as quantiles of the predictions. */
const SHARES = [0.02, 0.5, 0.98];

/** The figures that explain a model: an overview of many rows, and a few individual rows. */
export interface ExplanationFigures {
  readonly overview: Figure;
  /** The dependence on the most important columns. */
  readonly dependence: readonly Figure[];
  /** The columns with the largest effect, in the rows of the overview. */
  readonly drivers: readonly Driver[];
  /** The interactions, strongest first; empty if there are no trees. */
  readonly interactions: readonly Interaction[];
  readonly rows: readonly Figure[];
}

export function explanationFigures(
  name: string,
  model: FittedPipeline<FittedClassifier>,
  x: Table,
): ExplanationFigures {
  const explanations = createExplainer(model)(someRows(x));
  const drivers = driversOf(explanations);
  const interactions = typicalInteractions(model, x);
  const isOfMany = model.classes.length > 2;
  const chosen = isOfMany
    ? middleRows(explanations)
    : rowsAcross(explanations, ({ probability }) => probability);
  const towards = isOfMany ? ', each for its most likely class' : '';
  return {
    overview: overviewFigure(name, model.features, explanations, towards),
    dependence: dependenceFigures(name, model, x, drivers, interactions),
    ...{ drivers, interactions },
    rows: chosen.map((row, place) =>
      rowFigure(row, place, `probability ${row.probability.toFixed(3)} of “${row.label}”`),
    ),
  };
}

/** The same for a regression model. */
export function valueExplanationFigures(
  name: string,
  model: FittedPipeline<FittedRegressor>,
  x: Table,
): ExplanationFigures {
  const explanations = createValueExplainer(model)(someRows(x));
  const drivers = driversOf(explanations);
  const interactions = typicalInteractions(model, x);
  return {
    overview: overviewFigure(name, model.features, explanations, ''),
    dependence: dependenceFigures(name, model, x, drivers, interactions),
    ...{ drivers, interactions },
    rows: rowsAcross(explanations, ({ prediction }) => prediction).map((row, place) =>
      rowFigure(row, place, `predicted ${fourDigits(row.prediction)}`),
    ),
  };
}

function someRows(x: Table): Table {
  return x.take(spreadRows(x.nRows, OVERVIEW));
}

function overviewFigure(
  name: string,
  features: readonly string[],
  explanations: readonly RowExplanation[],
  towards: string,
): Figure {
  const [{ unit }] = explanations;
  const contributions = features.map((feature) => {
    const reasons = explanations.map((each) => each.reasons.find(({ column }) => column === feature));
    return {
      feature,
      contributions: reasons.map((reason) => reason?.contribution ?? 0),
      values: reasons.map((reason) => (typeof reason?.value === 'number' ? reason.value : NaN)),
    };
  });
  return {
    id: 'shap_importance',
    section: 'importance',
    alt: `Feature contributions of ${name}: SHAP values of each column for ${explanations.length} test rows${towards}`,
    chart: beeswarmChart(contributions, {
      title: `${name}: SHAP values`,
      subtitle: `${explanations.length} test rows${towards}; blue: low value, orange: high value, grey: not a number`,
      measure: `contribution (${unit})`,
    }),
  };
}

/** @param said the prediction for the row, as text. */
function rowFigure({ unit, baseline, reasons }: RowExplanation, place: number, said: string): Figure {
  const letter = 'ABC'[place];
  const title = `Row ${letter}: ${said}`;
  const contributions = reasons.map(({ column, value, contribution }) => ({
    label: `${column} = ${value === null || value === undefined ? 'unknown' : shortValue(value)}`,
    contribution,
  }));
  return {
    id: `row_${letter.toLowerCase()}`,
    section: 'rows',
    alt: title,
    chart: waterfallChart(contributions, { title, baseline, measure: unit }),
  };
}

/** The explanations of the rows at quantiles of the predictions. */
function rowsAcross<E extends RowExplanation>(
  explanations: readonly E[],
  predicted: (explanation: E) => number,
  shares: readonly number[] = SHARES,
): E[] {
  const sorted = [...explanations].sort((a, b) => predicted(a) - predicted(b));
  return shares.map((share) => sorted[Math.min(sorted.length - 1, Math.floor(share * sorted.length))]);
}

/** For each of the first few classes, the explanation of the row with the median probability. */
function middleRows(explanations: readonly Explanation[]): Explanation[] {
  const labels = [...new Set(explanations.map(({ label }) => label))].sort().slice(0, SHARES.length);
  return labels.flatMap((label) =>
    rowsAcross(
      explanations.filter((each) => each.label === label),
      ({ probability }) => probability,
      [0.5],
    ),
  );
}

function shortValue(value: string | number | boolean): string {
  return typeof value === 'number' ? String(Number(value.toPrecision(4))) : String(value);
}
