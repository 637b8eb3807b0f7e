/** The fields of each record, its text without the line end, and the line on which it starts, counted from 1. */
export interface SplitText {
  readonly records: string[][];
  readonly texts: string[];
  readonly lines: Int32Array;
}

/**
 * Splits a text without quotes, in which every line is a record. Empty lines are ignored.
 *
 * This is about ten times faster than a general CSV parser, which examines every character.
 *
 * @param before the number of lines before the text.
 */
export function splitPlain(text: string, delimiter: string, before = 0): SplitText {
  const records: string[][] = [];
  const texts: string[] = [];
  const starts: number[] = [];
  const lines = text.split(/\r\n|\n|\r/);
  for (let i = 0; i < lines.length; i++) {
    if (lines[i] === '') continue;
    records.push(lines[i].split(delimiter));
    texts.push(lines[i]);
    starts.push(before + i + 1);
  }
  return { records, texts, lines: Int32Array.from(starts) };
}
