/** About how many pixels a text takes in a size of so many: a rough guess, to choose between layouts. */
export function textWidth(text: string, fontSize = 11): number {
  let ems = 0;
  // Letters from the Hangul jamo on are mostly as wide as they are high.
  for (const letter of text) ems += letter >= '\u1100' ? 1 : 0.62;
  return ems * fontSize;
}
