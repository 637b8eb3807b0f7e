import { ChurnError } from '@churn/core';
import type { TopLevelSpec } from 'vega-lite';
import { theme } from './theme.js';

/** A Vega-Lite specification: plain JSON that can be changed, drawn by any Vega-Lite, and rendered by `@churn/eda/render`. */
export type ChartSpec = TopLevelSpec;

export interface ChartTitle {
  readonly title?: string;
  readonly subtitle?: string;
}

/** A specification with the look that all figures share. */
export function figure({ title, subtitle }: ChartTitle, spec: ChartSpec): ChartSpec {
  return {
    $schema: 'https://vega.github.io/schema/vega-lite/v6.json',
    ...theme,
    ...(title !== undefined && { title: { text: title, ...(subtitle !== undefined && { subtitle }) } }),
    ...spec,
  };
}

/** @throws `invalid-data` where there is nothing to draw. */
export function requireSome(chart: string, what: string, items: { readonly length: number }): void {
  if (items.length > 0) return;
  throw new ChurnError('invalid-data', `${chart}: expected ${what} to draw, got none`);
}

/** @throws `invalid-data` where two arrays that belong together differ in length. */
export function requireSameLength(
  chart: string,
  names: readonly [string, string],
  a: ArrayLike<unknown>,
  b: ArrayLike<unknown>,
): void {
  if (a.length === b.length) return;
  throw new ChurnError(
    'invalid-data',
    `${chart}: expected as many ${names[0]} as ${names[1]}, got ${a.length} and ${b.length}`,
  );
}
