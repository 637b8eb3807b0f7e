import { quoted } from '../text/quoted.js';

/** A value that does not fit its column. */
export interface Misfit {
  readonly column: string;
  /** What was expected, as it stands in a message: `a number`. */
  readonly expected: string;
  /** What came, as it stands in a message: `"many"`. */
  readonly came: string;
}

/** A misfit with its row, counted from 0. */
export interface RowMisfit extends Misfit {
  readonly row: number;
}

/** What was expected, and what came. */
export function misfitDetail({ expected, came }: Pick<Misfit, 'expected' | 'came'>): string {
  return `expected ${expected}, got ${came}`;
}

/** What does not fit of a row, in one line. */
export function misfitText(misfits: readonly Misfit[]): string {
  return misfits.map((misfit) => `column ${quoted(misfit.column)}: ${misfitDetail(misfit)}`).join('; ');
}
