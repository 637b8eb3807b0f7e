import { type FittedModel, type FittedPipeline, isolateFaults, type Table } from '@churn/core';
import { correlation } from '@churn/transforms';
import { spreadRows } from '../figures/spread-rows.js';
import type { RowExplanation } from './explain-row.js';
import { explainerOf } from './explainer.js';

/** The effect of a column on the scores of many rows. */
export interface Driver {
  readonly column: string;
  /** Its share of the absolute contributions of all columns. */
  readonly share: number;
  /** The values that raise the score, if the effect has a direction. */
  readonly raisedBy: 'high values' | 'low values' | null;
}

/** The correlation of values and contributions from which the effect has a direction. */
const CLEAR = 0.6;

/** The maximum number of rows to explain; more hardly improve the result. */
const ROWS = 80;

/** The columns that affect the scores of a model, strongest first; `undefined` if rows are too far from all others to be explained. */
export function modelDrivers(model: FittedPipeline<FittedModel>, x: Table): Driver[] {
  const rows = x.take(spreadRows(x.nRows, ROWS));
  return driversOf(isolateFaults(rows, explainerOf(model)).result);
}

/** The columns that affect the scores of the explained rows, strongest first. */
export function driversOf(explanations: readonly RowExplanation[]): Driver[] {
  const reasonsOf = new Map<string, { readonly value: unknown; readonly contribution: number }[]>();
  for (const { reasons } of explanations) {
    for (const { column, value, contribution } of reasons) {
      const known = reasonsOf.get(column) ?? [];
      known.push({ value, contribution });
      reasonsOf.set(column, known);
    }
  }
  const sizes = Array.from(reasonsOf, ([column, reasons]) => ({
    column,
    size: reasons.reduce((sum, { contribution }) => sum + Math.abs(contribution), 0),
    raisedBy: raisingValues(reasons),
  }));
  const total = sizes.reduce((sum, { size }) => sum + size, 0);
  return sizes
    .map(({ column, size, raisedBy }) => ({ column, share: total > 0 ? size / total : 0, raisedBy }))
    .sort((a, b) => b.share - a.share);
}

function raisingValues(
  reasons: readonly { readonly value: unknown; readonly contribution: number }[],
): Driver['raisedBy'] {
  const numbers = reasons.filter(({ value }) => Number.isFinite(value));
  const r = correlation(
    Float64Array.from(numbers, ({ value }) => value as number),
    Float64Array.from(numbers, ({ contribution }) => contribution),
  );
  if (r === null || Math.abs(r) < CLEAR) return null;
  return r > 0 ? 'high values' : 'low values';
}
