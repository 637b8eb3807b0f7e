import { type InvalidValue, invalidValuesText } from '../records/invalid-value.js';
import type { DatasetKind } from '../records/kind.js';
import { normalized } from '../text/canonical-text.js';
import { clipped } from '../text/quoted.js';
import { hasInvalidBytes, INVALID_BYTES } from '../text/utf8-decoder.js';
import { countColons, depthOf, forEachMember } from './json-members.js';

/** The object of a JSON line. */
export type JsonRow = Readonly<Record<string, unknown>>;

/** The maximum nesting depth, as in common JSON parsers. */
const MAX_DEPTH = 1000;

/**
 * Reads a JSON line by the kinds of its columns. A number in a category column keeps its text, such as `9007199254740993` or `1.10`.
 *
 * @returns the object, or the reason why the line is invalid.
 */
export function readJsonRow(text: string, kinds: ReadonlyMap<string, DatasetKind>): JsonRow | string {
  if (hasInvalidBytes(text)) return INVALID_BYTES;
  // Before parsing, which would take memory for each level.
  if (text.length > MAX_DEPTH && depthOf(text) > MAX_DEPTH) {
    return `expected at most ${MAX_DEPTH} nested lists and objects`;
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

/** A row with normalised column names, without surrounding spaces, as in a CSV header. */
function withNames(
  row: Record<string, unknown>,
  kinds: ReadonlyMap<string, DatasetKind>,
): Record<string, unknown> {
  const keys = Object.keys(row);
  if (keys.every((key) => kinds.has(key) || normalized(key) === key)) return row;
  return Object.fromEntries(keys.map((key) => [normalized(key), row[key]]));
}

/** Whether parsing lost nothing relevant. This is nearly always so, and quicker to check than what was lost. */
function isPlain(
  text: string,
  row: Readonly<Record<string, unknown>>,
  kinds: ReadonlyMap<string, DatasetKind>,
): boolean {
  // Each member has a colon: with no more colons than in members and texts, no key is repeated.
  const colons = countColons(text);
  if (colons !== Object.keys(row).length && colons !== colonsOf(text, row)) return false;
  for (const [name, kind] of kinds) {
    const value = row[name];
    if (typeof value === 'number' && (kind !== 'numeric' || !Number.isFinite(value))) return false;
  }
  return true;
}

/** The number of colons in the members of a row; `undefined` with escapes, lists or objects. */
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

/** @param row the result of `JSON.parse`; its numbers are replaced with their texts in category columns. */
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
