import type { ChartSpec } from './figure.js';

/** The title of a chart, its lines joined by spaces; `undefined` if it has none. */
export function chartTitle({ title }: ChartSpec): string | undefined {
  const text = typeof title === 'object' && 'text' in title ? title.text : title;
  return text === undefined ? undefined : [text].flat().join(' ');
}
