import { type InvalidValue, invalidValuesText } from '../records/invalid-value.js';
import type { DatasetKind } from '../records/kind.js';
import { normalized } from '../text/canonical-text.js';
import { clipped } from '../text/quoted.js';
import { hasInvalidBytes, INVALID_BYTES } from '../text/utf8-decoder.js';
import { countColons, depthOf, forEachMember } from './json-members.js';

/** The object in a line of JSON, by its keys. */
export type JsonRow = Readonly<Record<string, unknown>>;

/** As deep as common readers of JSON go. */
const DEEPEST = 1000;

/**
 * Reads a line of JSON by the kinds of columns. A number among categories is the text that it is written as: `9007199254740993` and
 * `1.10` stay what they are.
 *
 * @returns the object, or why the line has none that can be used.
 */
export function readJsonRow(text: string, kinds: ReadonlyMap<string, DatasetKind>): JsonRow | string {
  if (hasInvalidBytes(text)) return INVALID_BYTES;
  // Before parsing, which would take memory for each level.
  if (text.length > DEEPEST && depthOf(text) > DEEPEST) {
    return `expected at most ${DEEPEST} lists and objects inside each other`;
  }
  try {
    const value: unknown = JSON.parse(text);
    if (typeof value !== 'object' || value === null || Array.isArray(value)) return 'expected a JSON object';
    const row = withNames(value as Record<string, unknown>, kinds);
    return isPlain(text, row, kinds) ? row : asWritten(text, row, kinds);
  } catch (error) {
    return `not JSON: ${error instanceof Error ? error.message : String(error)}`;
  }
}

/** A row by the names of its columns, which have no spaces around them, as in the header of CSV. */
function withNames(
  row: Record<string, unknown>,
  kinds: ReadonlyMap<string, DatasetKind>,
): Record<string, unknown> {
  const keys = Object.keys(row);
  if (keys.every((key) => kinds.has(key) || normalized(key) === key)) return row;
  return Object.fromEntries(keys.map((key) => [normalized(key), row[key]]));
}

/** Whether nothing of a row was lost in parsing that matters. That is nearly always so, and quicker to see than what was. */
function isPlain(
  text: string,
  row: Readonly<Record<string, unknown>>,
  kinds: ReadonlyMap<string, DatasetKind>,
): boolean {
  // Each member has a colon: with no more colons than members and texts have, no key is repeated.
  const colons = countColons(text);
  if (colons !== Object.keys(row).length && colons !== colonsOf(text, row)) return false;
  for (const [name, kind] of kinds) {
    const value = row[name];
    if (typeof value === 'number' && (kind !== 'numeric' || !Number.isFinite(value))) return false;
  }
  return true;
}

/** How many colons the members of a row have in its text; nothing certain of one with escapes, or with lists and objects in it. */
function colonsOf(text: string, row: Readonly<Record<string, unknown>>): number | undefined {
  if (text.includes('\\')) return undefined;
  let colons = 0;
  for (const [name, value] of Object.entries(row)) {
    if (typeof value === 'object' && value !== null) return undefined;
    colons += 1 + countColons(name);
    if (typeof value === 'string') colons += countColons(value);
  }
  return colons;
}

/** @param row what `JSON.parse` made of `text`; numbers in it become texts where text is expected. */
function asWritten(
  text: string,
  row: Record<string, unknown>,
  kinds: ReadonlyMap<string, DatasetKind>,
): JsonRow | string {
  const written = new Map<string, string>();
  const invalidValues = new Map<string, InvalidValue>();
  forEachMember(text, (key, start, end) => {
    const name = normalized(key);
    const kind = kinds.get(name);
    if (kind === undefined) return;
    const value = text.slice(start, end);
    const before = written.get(name);
    written.set(name, value);
    if (before !== undefined && before !== value) {
      invalidValues.set(name, {
        column: name,
        expected: 'one value',
        received: `${clipped(before)} and ${clipped(value)}`,
      });
    } else if (typeof row[name] === 'number') {
      if (kind !== 'numeric') row[name] = value;
      else if (!Number.isFinite(row[name])) {
        const expected = 'a number of at most 1.8e308 in size';
        invalidValues.set(name, { column: name, expected, received: clipped(value) });
      }
    }
  });
  if (invalidValues.size === 0) return row;
  return invalidValuesText([...invalidValues.values()]);
}
