import { hasInvalidBytes, INVALID_BYTES } from '@churn/io';
import { countColons, depthOf, forEachMember } from './json-members.js';
import { misfitText } from './misfit.js';
import type { InputColumn } from './scoring-model.js';

/** The object in a line of JSON, by its keys. */
export type JsonRow = Readonly<Record<string, unknown>>;

/** As deep as common readers of JSON go. */
const DEEPEST = 1000;

/**
 * Reads a line of JSON by the columns of a model. A number in a category column is the text that it is written as: `9007199254740993` and
 * `1.10` stay what they are.
 *
 * @param inputs by their names.
 * @returns the object, or why the line has none that can be scored.
 */
export function readJsonRow(text: string, inputs: ReadonlyMap<string, InputColumn>): JsonRow | string {
  if (hasInvalidBytes(text)) return INVALID_BYTES;
  // Before parsing, which would take memory for each level.
  if (text.length > DEEPEST && depthOf(text) > DEEPEST) {
    return `expected at most ${DEEPEST} lists and objects inside each other`;
  }
  try {
    const value: unknown = JSON.parse(text);
    if (typeof value !== 'object' || value === null || Array.isArray(value)) return 'expected a JSON object';
    const row = value as Record<string, unknown>;
    return isPlain(text, row, inputs) ? row : asWritten(text, row, inputs);
  } catch (error) {
    return `not JSON: ${error instanceof Error ? error.message : String(error)}`;
  }
}

/** Whether nothing of a row was lost in parsing that the model needs. That is nearly always so, and quicker to see than what was. */
function isPlain(
  text: string,
  row: Readonly<Record<string, unknown>>,
  inputs: ReadonlyMap<string, InputColumn>,
): boolean {
  // Each member has a colon: with as many keys as colons, no key comes twice.
  if (countColons(text) !== Object.keys(row).length) return false;
  for (const { name, kind } of inputs.values()) {
    const value = row[name];
    if (typeof value === 'number' && (kind === 'category' || !Number.isFinite(value))) return false;
  }
  return true;
}

/** @param row what `JSON.parse` made of `text`; numbers in it become texts where text is expected. */
function asWritten(
  text: string,
  row: Record<string, unknown>,
  inputs: ReadonlyMap<string, InputColumn>,
): JsonRow | string {
  const written = new Map<string, string>();
  const misfits = new Map<string, string>();
  forEachMember(text, (name, start, end) => {
    const kind = inputs.get(name)?.kind;
    if (kind === undefined) return;
    const value = text.slice(start, end);
    const before = written.get(name);
    written.set(name, value);
    if (before !== undefined && before !== value) {
      misfits.set(name, `expected one value, got ${shown(before)} and ${shown(value)}`);
    } else if (typeof row[name] === 'number') {
      if (kind === 'category') row[name] = value;
      else if (!Number.isFinite(row[name])) {
        misfits.set(name, `expected a number of at most 1.8e308 in size, got ${shown(value)}`);
      }
    }
  });
  if (misfits.size === 0) return row;
  return misfitText(Array.from(misfits, ([column, detail]) => ({ column, detail })));
}

function shown(text: string): string {
  return text.length > 60 ? `${text.slice(0, 60)}…` : text;
}
