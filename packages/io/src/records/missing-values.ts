import type { DatasetColumn } from '../dataset/dataset-schema.js';
import { canonicalText, normalized } from '../text/canonical-text.js';
import { readNumber } from '../text/read-number.js';
import type { DatasetKind } from './kind.js';

/** Texts that stand for missing values among numbers, dates and booleans, regardless of case. */
const OF_VALUES =
  ' na n/a n.a. #n/a #na <na> null (null) <null> \\n none nil nan -nan nat 1.#qnan -1.#qnan 1.#ind -1.#ind - -- --- – — ? . .. missing undefined ' +
  '(blank) #div/0! #value! #ref! #name? #num! #null!';

const VALUES = new Set([...OF_VALUES.split(' '), '#n/a n/a']);
const NUMBERS_AND_DATES = new Set([...VALUES, 'unknown']);

/** Texts that stand for missing categories, among which `NA` may be North America, and `None` an ordinary level. */
const CATEGORIES: ReadonlySet<string> = new Set(['', 'null', 'NULL', 'NaN', 'N/A', '#N/A', '<NA>']);

/** The texts and numbers that stand for missing values in a column. */
export interface MissingValues {
  /** @param text without surrounding spaces. */
  has(text: string): boolean;
  /** Numbers that stand for missing values, such as -999. */
  readonly numbers: ReadonlySet<number>;
}

/** @param listed the texts that replace the default ones. */
export function missingValuesOf(
  { kind, decimal, missing = [] }: Omit<DatasetColumn, 'name'>,
  listed?: readonly string[],
): MissingValues {
  if (listed === undefined && missing.length === 0) return USUAL[kind];
  const own = [...(listed ?? []), ...missing].map(normalized);
  if (kind === 'category') {
    const texts = new Set([...(listed ? [] : CATEGORIES), ...own, ...own.map(canonicalText)]);
    return { has: (text) => texts.has(text), numbers: NO_NUMBERS };
  }
  const usual = kind === 'boolean' ? VALUES : NUMBERS_AND_DATES;
  const numbers = kind === 'numeric' ? own.map((text) => readNumber(text, decimal)) : [];
  return {
    ...caseBlind(new Set([...(listed ? [''] : usual), ...own.map((text) => text.toLowerCase())])),
    numbers: new Set(numbers.filter((value) => !Number.isNaN(value))),
  };
}

function caseBlind(texts: ReadonlySet<string>): MissingValues {
  return { has: (text) => texts.has(text.toLowerCase()), numbers: NO_NUMBERS };
}

const NO_NUMBERS: ReadonlySet<number> = new Set();

const USUAL: Readonly<Record<DatasetKind, MissingValues>> = {
  numeric: caseBlind(NUMBERS_AND_DATES),
  date: caseBlind(NUMBERS_AND_DATES),
  boolean: caseBlind(VALUES),
  category: { has: (text) => CATEGORIES.has(text), numbers: NO_NUMBERS },
};
