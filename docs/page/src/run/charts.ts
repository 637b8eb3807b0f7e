import type { ChartSpec } from '@churn/eda';

/** A chart as a picture, with its title. */
export interface DrawnChart {
  readonly svg: string;
  readonly title: string;
}

/** Draws a Vega-Lite specification of `@churn/eda`, or accepts a picture that a program has drawn; `undefined` for anything else. */
export async function asChart(value: unknown): Promise<DrawnChart | undefined> {
  if (isPicture(value)) return { svg: String(value), title: 'Chart' };
  if (!isSpecification(value)) return undefined;
  const { chartTitle, renderSvg } = await import('@churn/eda/render');
  return { svg: String(await renderSvg(value)), title: chartTitle(value) ?? 'Chart' };
}

asChart.accepts = (value: unknown): boolean => isPicture(value) || isSpecification(value);

function isSpecification(value: unknown): value is ChartSpec {
  return (
    typeof value === 'object' &&
    value !== null &&
    '$schema' in value &&
    String(value.$schema).includes('vega-lite')
  );
}

/** Whether a value is a picture from `renderSvg`. */
function isPicture(value: unknown): boolean {
  return typeof value === 'object' && value !== null && 'inPage' in value && String(value).startsWith('<svg');
}
