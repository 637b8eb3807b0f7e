import type { FittedPipeline, Table } from '@churn/core';
import { beeswarmChart, type ChartSpec, waterfallChart } from '@churn/eda';
import { createExplainer } from '../explanation/explainer.js';
import { spreadRows } from './spread-rows.js';

/** How many rows the overview of contributions is of. */
const OVERVIEW = 80;
/** Which rows are explained one by one, by their place among the probabilities. */
const SHARES = [0.02, 0.5, 0.98];

/** What moves the scores of a model: of many rows at once, and of a few one by one. */
export interface ExplanationFigures {
  readonly overview: ChartSpec;
  readonly rows: readonly { readonly name: string; readonly chart: ChartSpec }[];
}

export function explanationFigures(name: string, model: FittedPipeline, x: Table): ExplanationFigures {
  const some = x.take(spreadRows(x.nRows, OVERVIEW));
  const explanations = createExplainer(model)(some);
  const [{ unit }] = explanations;
  const features = model.features.map((feature) => {
    const reasons = explanations.map((each) => each.reasons.find(({ column }) => column === feature));
    return {
      feature,
      contributions: reasons.map((reason) => reason?.contribution ?? 0),
      values: reasons.map((reason) => (typeof reason?.value === 'number' ? reason.value : NaN)),
    };
  });
  const sorted = [...explanations].sort((a, b) => a.probability - b.probability);
  const chosen = SHARES.map(
    (share) => sorted[Math.min(sorted.length - 1, Math.floor(share * sorted.length))],
  );
  return {
    overview: beeswarmChart(features, {
      title: `${name}: what moves its score`,
      subtitle: `${some.nRows} test rows; blue where a value is low, orange where it is high, grey where it is no number`,
      measure: `contribution (${unit})`,
    }),
    rows: chosen.map((explanation, i) => {
      const { label, probability } = explanation;
      const title = `Row ${'ABC'[i]}: probability ${probability.toFixed(3)} of “${label}”`;
      const contributions = explanation.reasons.map(({ column, value, contribution }) => ({
        label: `${column} = ${value === null || value === undefined ? 'unknown' : shortValue(value)}`,
        contribution,
      }));
      const chart = waterfallChart(contributions, { title, baseline: explanation.baseline, measure: unit });
      return { name: title, chart };
    }),
  };
}

function shortValue(value: string | number | boolean): string {
  return typeof value === 'number' ? String(Number(value.toPrecision(4))) : String(value);
}
