import { PALETTE } from './theme.js';

/** How lines go after all colours are in use: in dashes, in dots, and in both; lengths in pixels. */
const DASHES = [
  [1, 0],
  [7, 3],
  [2, 2],
  [9, 3, 2, 3],
] as const;

/** As many lines can be distinguished in one figure. */
export const MAX_SERIES = PALETTE.length * DASHES.length;

/** What the lines of a figure are drawn in, each its own up to 28: colours first, and then the same colours in dashes. */
export function seriesStyles(n: number): {
  readonly colours: readonly string[];
  /** None where colours are enough. */
  readonly dashes: readonly (readonly number[])[] | undefined;
} {
  const places = Array.from({ length: n }, (_, i) => i);
  return {
    colours: places.map((i) => PALETTE[i % PALETTE.length]),
    dashes:
      n > PALETTE.length
        ? places.map((i) => DASHES[Math.floor(i / PALETTE.length) % DASHES.length])
        : undefined,
  };
}
