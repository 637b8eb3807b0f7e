import type { TopLevelSpec } from 'vega-lite';

/** The title of a chart, its lines joined by spaces; `undefined` if it has none. */
export function chartTitle({ title }: TopLevelSpec): string | undefined {
  const text = typeof title === 'object' && 'text' in title ? title.text : title;
  return text === undefined ? undefined : [text].flat().join(' ');
}
