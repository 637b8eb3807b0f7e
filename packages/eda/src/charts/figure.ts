import { ChurnError, visibleText } from '@churn/core';
import type { TopLevelSpec } from 'vega-lite';
import { drawnInNotebooks } from '../notebook-display.js';
import { theme } from './theme.js';
import { wrapped } from './wrapped.js';

/**
 * A Vega-Lite specification: plain JSON that can be changed, drawn by any Vega-Lite, and rendered by `@churn/eda/render`. Jupyter notebooks
 * with a JavaScript kernel draw it as the output of a cell.
 */
export type ChartSpec = TopLevelSpec;

export interface ChartTitle {
  readonly title?: string;
  readonly subtitle?: string;
}

/** Longer titles and subtitles go on in a line below. */
const [TITLE_LETTERS, SUBTITLE_LETTERS] = [110, 150];

/** What stands above a figure. */
export interface Heading extends ChartTitle {
  /** What a reader must know of what is not drawn: a line of its own below the subtitle, whatever that says. */
  readonly note?: string;
}

/** A note that so many others are left out, where any are. @param drawn what is drawn. */
export function othersNote(drawn: string, left: number): string | undefined {
  return left > 0 ? `${drawn}, and ${left.toLocaleString('en')} others that are not drawn` : undefined;
}

/** A specification with the look that all figures share. What cannot be seen in any of its texts is written as signs. */
export function figure({ title, subtitle, note }: Heading, spec: ChartSpec): ChartSpec {
  const lines = [subtitle, note].flatMap((line) =>
    line === undefined ? [] : wrapped(visibleText(line), SUBTITLE_LETTERS).map(titleText),
  );
  const below = lines.length > 0 ? { subtitle: oneOrMore(lines) } : {};
  return drawnInNotebooks({
    $schema: 'https://vega.github.io/schema/vega-lite/v6.json',
    ...theme,
    ...(title !== undefined && {
      title: { text: oneOrMore(wrapped(visibleText(title), TITLE_LETTERS).map(titleText)), ...below },
    }),
    ...visible(spec),
  });
}

/** Vega looks titles up in an object, and so takes names that all objects have, such as `constructor`, for something else. */
function titleText(text: string): string {
  return text in {} ? `${text} ` : text;
}

function oneOrMore(lines: string[]): string | string[] {
  return lines.length > 1 ? lines : lines[0];
}

/** A copy of plain data in which no text holds what cannot be seen. */
function visible<T>(value: T): T {
  return visibleData(value) as T;
}

function visibleData(value: unknown): unknown {
  if (typeof value === 'string') return visibleText(value);
  if (Array.isArray(value)) return value.map(visibleData);
  if (typeof value !== 'object' || value === null) return value;
  return Object.fromEntries(
    Object.entries(value).map(([key, each]) => {
      const shown = visibleData(each);
      return [key, key === 'title' && typeof shown === 'string' ? titleText(shown) : shown];
    }),
  );
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

/** @throws `invalid-data` where one of the numbers is infinite or none. */
export function requireFinite(chart: string, what: string, numbers: ArrayLike<number>): void {
  for (let i = 0; i < numbers.length; i++) {
    if (Number.isFinite(numbers[i])) continue;
    throw new ChurnError(
      'invalid-data',
      `${chart}: expected finite numbers as ${shortText(what)}, got ${numbers[i]} at place ${i}`,
    );
  }
}

/** @throws `invalid-data` where an amount that is drawn by its logarithm is not above 0. */
export function requireAboveZero(chart: string, amounts: ArrayLike<number>): void {
  for (let i = 0; i < amounts.length; i++) {
    if (amounts[i] > 0) continue;
    throw new ChurnError(
      'invalid-data',
      `${chart}: expected amounts above 0 for a logarithmic scale, got ${amounts[i]}`,
    );
  }
}

function shortText(text: string): string {
  return text.length > 120 ? `${text.slice(0, 119)}…` : text;
}
