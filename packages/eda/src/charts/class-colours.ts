import { COLOURS, PALETTE } from './theme.js';

/** The colour of each of two classes or more: of two the second is the positive one. */
export function classColours(classes: readonly string[]): string[] {
  if (classes.length === 2) return [COLOURS.negative, COLOURS.positive];
  return classes.map((_, i) => PALETTE[i % PALETTE.length]);
}
