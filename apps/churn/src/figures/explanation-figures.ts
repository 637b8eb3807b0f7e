import type { FittedClassifier, FittedPipeline, Table } from '@churn/core';
import { beeswarmChart, waterfallChart } from '@churn/eda';
import type { Explanation } from '../explanation/explain-row.js';
import { createExplainer } from '../explanation/explainer.js';
import type { Figure } from './figure.js';
import { spreadRows } from './spread-rows.js';

/** How many rows the overview of contributions is of. */
const OVERVIEW = 80;
/** Which rows are explained one by one, by their place among the probabilities of the positive class. */
const SHARES = [0.02, 0.5, 0.98];

/** What moves the scores of a model: of many rows at once, and of a few one by one. */
export interface ExplanationFigures {
  readonly overview: Figure;
  readonly rows: readonly Figure[];
}

export function explanationFigures(
  name: string,
  model: FittedPipeline<FittedClassifier>,
  x: Table,
): ExplanationFigures {
  const some = x.take(spreadRows(x.nRows, OVERVIEW));
  const explanations = createExplainer(model)(some);
  const chosen = model.classes.length > 2 ? middleRows(explanations) : rowsAcross(explanations, SHARES);
  return { overview: overviewFigure(name, model, explanations), rows: chosen.map(rowFigure) };
}

function overviewFigure(
  name: string,
  { features, classes }: FittedPipeline<FittedClassifier>,
  explanations: readonly Explanation[],
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
  const towards = classes.length > 2 ? ', each towards its likeliest class' : '';
  return {
    id: 'shap_importance',
    section: 'importance',
    alt: `What moves the scores of ${name}: the contribution of each column to ${explanations.length} test rows${towards}`,
    chart: beeswarmChart(contributions, {
      title: `${name}: what moves its score`,
      subtitle: `${explanations.length} test rows${towards}; blue where a value is low, orange where it is high, grey where it is no number`,
      measure: `contribution (${unit})`,
    }),
  };
}

function rowFigure({ label, probability, unit, baseline, reasons }: Explanation, place: number): Figure {
  const letter = 'ABC'[place];
  const title = `Row ${letter}: probability ${probability.toFixed(3)} of “${label}”`;
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

/** Explanations at shares of the way from the lowest probability to the highest. */
function rowsAcross(explanations: readonly Explanation[], shares: readonly number[]): Explanation[] {
  const sorted = [...explanations].sort((a, b) => a.probability - b.probability);
  return shares.map((share) => sorted[Math.min(sorted.length - 1, Math.floor(share * sorted.length))]);
}

/** Of each of the first few classes that were told, the explanation in the middle by its probability. */
function middleRows(explanations: readonly Explanation[]): Explanation[] {
  const labels = [...new Set(explanations.map(({ label }) => label))].sort().slice(0, SHARES.length);
  return labels.flatMap((label) =>
    rowsAcross(
      explanations.filter((each) => each.label === label),
      [0.5],
    ),
  );
}

function shortValue(value: string | number | boolean): string {
  return typeof value === 'number' ? String(Number(value.toPrecision(4))) : String(value);
}
