/** A chart as a picture, and what it is called. */
export interface DrawnChart {
  readonly svg: string;
  readonly title: string;
}

/** Draws a Vega-Lite specification of `@churn/eda`, or takes the picture that a program has drawn of one; anything else is `undefined`. */
export async function asChart(value: unknown): Promise<DrawnChart | undefined> {
  if (isPicture(value)) return { svg: String(value), title: 'Chart' };
  if (!isSpecification(value)) return undefined;
  const { renderSvg } = await import('@churn/eda/render');
  return { svg: String(await renderSvg(value as never)), title: titleOf(value) };
}

asChart.accepts = (value: unknown): boolean => isPicture(value) || isSpecification(value);

function isSpecification(value: unknown): value is { readonly title?: unknown } {
  return (
    typeof value === 'object' &&
    value !== null &&
    '$schema' in value &&
    String(value.$schema).includes('vega-lite')
  );
}

/** Pictures of `renderSvg` have a page's part and a text. */
function isPicture(value: unknown): boolean {
  return typeof value === 'object' && value !== null && 'inPage' in value && String(value).startsWith('<svg');
}

function titleOf({ title }: { readonly title?: unknown }): string {
  if (typeof title === 'string') return title;
  const text = typeof title === 'object' && title !== null && 'text' in title ? title.text : undefined;
  return typeof text === 'string' ? text : 'Chart';
}
