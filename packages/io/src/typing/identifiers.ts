import { clipped } from '../text/quoted.js';

/** Statistics of a column by which IDs are recognised. */
export interface Values {
  readonly name: string;
  /** The number of non-missing values. */
  readonly present: number;
  readonly distinct: number;
}

const MIN_VALUES = 20;
const NEARLY_ALL = 0.95;
/** An ID recognised by its name may repeat, as in a file with duplicate rows. */
const MANY = 0.5;
/** Numbers with at least this many digits, all with the same number, are IDs. */
const LONG = 9;
/** The expected number of chance repetitions from which their absence shows an ID: with 7, the probability is one in a thousand. */
const SURPRISING = 7;

const WORDS = new Set(
  'id ids idx index key keys uuid guid nr no num number nummer numero número account acct konto kundennummer code codigo código rownames'.split(
    ' ',
  ),
);
const FIRST_WORDS = new Set(['id', 'uuid', 'guid']);
const ENDINGS =
  /(?:client|customer|cust|user|member|row|record|order|account|acct|employee|emp|patient|student|passenger|loan|policy|session|device|household|subscriber|transaction|case)(?:id|num|no|nr|key)$|(?:uuid|guid|nummer)$/;
/** Names of times: seconds since 1970 have ten digits but are not IDs. */
const TIME_WORDS = new Set('at date day epoch time timestamp ts'.split(' '));

/** Whether nearly all values are distinct. */
export function isNearlyDistinct({ present, distinct }: Values): boolean {
  return present >= MIN_VALUES && distinct > NEARLY_ALL * present;
}

/** Whether most values are distinct. */
export function isMostlyDistinct({ present, distinct }: Values): boolean {
  return present >= MIN_VALUES && distinct > MANY * present;
}

/** Whether a column has the name of an ID, and most of its values are distinct. */
function isNamedId(values: Values): boolean {
  return isMostlyDistinct(values) && isIdName(values.name);
}

/** Whether the name of a column is that of an ID. */
function isIdName(name: string): boolean {
  if (/^Unnamed: \d+$/.test(name)) return true;
  const words = wordsOf(name);
  return WORDS.has(words[words.length - 1]) || FIRST_WORDS.has(words[0]) || ENDINGS.test(words.join(''));
}

function wordsOf(name: string): string[] {
  return name
    .replace(/(\p{Ll}|\d)(\p{Lu})/gu, '$1 $2')
    .replace(/(\p{Lu})(\p{Lu}\p{Ll})/gu, '$1 $2')
    .toLowerCase()
    .split(/[^\p{L}]+/u)
    .filter(Boolean);
}

/** Why numbers are IDs; `undefined` if they are not. */
export function numericId(
  values: Values,
  numbers: { readonly areWhole: boolean; readonly min: number; readonly max: number },
): string | undefined {
  const { present, distinct, name } = values;
  const { areWhole, min, max } = numbers;
  if (!areWhole) return undefined;
  if (isNamedId(values)) return idByName(values);
  if (!isNearlyDistinct(values)) return undefined;
  const what = `an ID: ${differing(values)} integers`;
  const range = max - min + 1;
  const repeats = (present * (present - 1)) / (2 * range);
  if (distinct === present && repeats >= SURPRISING) return `${what} in sequence`;
  const digits = String(min).length;
  const isTime = wordsOf(name).some((word) => TIME_WORDS.has(word));
  if (min > 0 && digits >= LONG && String(max).length === digits && !isTime) {
    return `${what} of ${digits} digits`;
  }
  return undefined;
}

/** Why not to train on texts: IDs or free text; `undefined` otherwise. */
export function textId(values: Values, levels: Iterable<string>): string | undefined {
  if (isNamedId(values)) return idByName(values);
  if (!isNearlyDistinct(values)) return undefined;
  const shape = commonShape(levels);
  if (shape !== undefined) return `an ID: ${differing(values)} texts, all of the form ${clipped(shape, 40)}`;
  return `free text: ${differing(values)} texts`;
}

function idByName(values: Values): string {
  return `an ID by its name: ${differing(values)} values`;
}

function differing({ present, distinct }: Values): string {
  const [n, all] = [distinct, present].map((count) => count.toLocaleString('en'));
  return distinct === present ? `${n} different` : `${n} different among ${all}`;
}

/** The first text, if all have the same pattern of letters, digits and other characters. */
function commonShape(levels: Iterable<string>): string | undefined {
  let first: string | undefined;
  let shape: string | undefined;
  for (const level of levels) {
    const next = UUID.test(level) ? 'uuid' : level.replaceAll(/\p{L}/gu, 'a').replaceAll(/\d/g, '9');
    shape ??= next;
    first ??= level;
    if (next !== shape) return undefined;
  }
  return shape !== undefined && (shape === 'uuid' || shape.includes('9')) ? first : undefined;
}

const UUID = /^[\da-f]{8}-[\da-f]{4}-[\da-f]{4}-[\da-f]{4}-[\da-f]{12}$/i;
