import type { ChartSpec } from '@churn/eda';

/** The part of a page that a figure stands in. */
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

/** A figure, and what a page needs to show it. */
export interface Figure {
  /** The name of its files, without an ending. */
  readonly id: string;
  readonly section: Section;
  /** What it shows, for whoever does not see it. */
  readonly alt: string;
  /** Where a page shows one of several at a time: the column that it is of. */
  readonly column?: string;
  readonly chart: ChartSpec;
}

/** The same figures, each with an id of its own: one that is taken, be it in other letters of upper and lower case, gets a number. */
export function withOwnIds(figures: readonly Figure[]): Figure[] {
  const taken = new Set<string>();
  return figures.map((figure) => {
    let id = figure.id;
    for (let i = 2; taken.has(id.toLowerCase()); i++) id = `${figure.id}_${i}`;
    taken.add(id.toLowerCase());
    return { ...figure, id };
  });
}

/** No more letters than these of a name are in that of a file: systems take 255 bytes, and a letter may be four. */
const MOST_LETTERS = 50;

/** A name as part of that of a file: lower case, with `_` instead of all that is no letter or digit. */
export function fileName(name: string): string {
  const words = name
    .toLowerCase()
    .replace(/[^\p{L}\p{N}]+/gu, '_')
    .replace(/^_|_$/g, '');
  return Array.from(words).slice(0, MOST_LETTERS).join('') || 'column';
}
