import { distinctValues } from '../profile/distinct-values.js';
import { finiteValues } from '../profile/finite-values.js';
import { middleRange } from './middle-range.js';

/** The ends between which values are drawn: those of `middleRange`, a little apart if all are the same. */
export function drawnRange(values: Float64Array): { readonly from: number; readonly to: number } {
  const { values: drawn } = middleRange(finiteValues(distinctValues(values))).middle;
  const [from, to] = [drawn[0], drawn[drawn.length - 1]];
  if (from < to) return { from, to };
  const room = Math.max(1, Math.abs(from)) / 2;
  return { from: from - room, to: to + room };
}

/** A note of how many rows lie beyond what is drawn, where any do. */
export function outsideRowsNote(outside: number): string | undefined {
  if (outside === 0) return undefined;
  return `not shown: ${outside.toLocaleString('en')} ${outside === 1 ? 'outlier' : 'outliers'}`;
}
