import type { ChartSpec } from '@churn/eda';

/** The section of a page that a figure belongs to. */
export type Section =
  | 'summary'
  | 'data'
  | 'columns'
  | 'models'
  | 'threshold'
  | 'uplift'
  | 'errors'
  | 'intervals'
  | 'survival'
  | 'calibration'
  | 'importance'
  | 'rows'
  | 'slices'
  | 'groups';

/** A figure with the details that a page needs. */
export interface Figure {
  /** The name of its files, without extension. */
  readonly id: string;
  readonly section: Section;
  /** The alternative text. */
  readonly alt: string;
  /** The column of the figure, if a page shows one of several at a time. */
  readonly column?: string;
  readonly chart: ChartSpec;
}

/** The figures with unique IDs: duplicates, ignoring case, get a number. */
export function withOwnIds(figures: readonly Figure[]): Figure[] {
  const taken = new Set<string>();
  return figures.map((figure) => {
    let id = figure.id;
    for (let i = 2; taken.has(id.toLowerCase()); i++) id = `${figure.id}_${i}`;
    taken.add(id.toLowerCase());
    return { ...figure, id };
  });
}

/** The maximum number of characters of a name in a file name: systems allow 255 bytes, and a character may take four. */
const MAX_LETTERS = 50;

/** Converts a name to part of a file name: lower case, with `_` instead of anything but letters and digits. */
export function fileName(name: string): string {
  const words = name
    .toLowerCase()
    .replace(/[^\p{L}\p{N}]+/gu, '_')
    .replace(/^_|_$/g, '');
  return Array.from(words).slice(0, MAX_LETTERS).join('') || 'column';
}
