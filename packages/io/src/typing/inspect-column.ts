import type { DatasetColumn } from '../dataset/dataset-schema.js';
import {
  cellReader,
  FALSE_TEXTS,
  isInvalidValue,
  readsPlainNumbers,
  TRUE_TEXTS,
  type ValueOptions,
} from '../records/cell-reader.js';
import { type MissingValues, missingValuesOf } from '../records/missing-values.js';
import type { RawColumn } from '../records/raw-records.js';
import { parseNumber } from '../text/parse-number.js';
import { quoted } from '../text/quoted.js';
import { readNumber } from '../text/read-number.js';
import type { ColumnEvidence, FoundText } from './column-evidence.js';
import { type DateEvidence, dateEvidence } from './date-evidence.js';
import { isMostlyDistinct, isNearlyDistinct, numericId, textId } from './identifiers.js';
import { type DecimalMark, type NumberEvidence, numberEvidence } from './number-evidence.js';
import { numberFormat } from './number-format.js';
import type { Tally, TextCount } from './tally.js';

/** A column of a file, with what is known besides its values. */
export interface Inspected {
  readonly name: string;
  readonly raw: RawColumn;
  readonly lines: ArrayLike<number>;
  readonly tally: Tally;
  /** The evidence that the column contains numbers. */
  readonly numbers: NumberEvidence;
  /** Its declaration, if there is one. */
  readonly declared?: DatasetColumn;
  readonly options: ValueOptions;
  /** The decimal mark of the other columns of the file, if any determines it. */
  readonly mark?: DecimalMark;
  /** The delimiter of CSV. */
  readonly delimiter?: string;
}

/** The share of non-missing values that determines the kind of a column; the others are invalid. */
export const NEARLY_ALL = 0.9;

/** The maximum number of distinct numbers for which a text among them may be another code. */
const MAX_CODES = 20;
/** The share of rows above which a text among codes is one of them; smaller for ranges such as `3+` and `<1`. */
const FREQUENT = { text: 0.05, range: 0.01 };
const RANGE = /^(?:[<>≤≥]=?\s*\d+|\d+\s*\+|\d+\s*(?:-|–|to)\s*\d+|\d+ (?:or|and) (?:more|less|over|under))$/i;
/** The number of levels above which there is a warning. */
const MANY_LEVELS = 200;
const EXAMPLES = 3;
/** The minimum number of values with three digits after the point for thousands separators. */
const MIN_GROUPS = 10;
/** The share of non-missing values above which numbers or dates among texts cause a warning. */
const MANY = 0.4;

type Findings = Omit<ColumnEvidence, 'rows' | 'examples'>;

/** A column with its inferred or declared kind. */
export interface TypedColumn {
  /** How to read the column, with invalid texts as missing values. */
  readonly column: DatasetColumn;
  /** Invalid texts. */
  readonly odd: ReadonlyMap<string, TextCount>;
  /** The evidence, which takes longer to compute. */
  describe(): Findings;
}

/** Infers the kind of a column, or uses its declaration. */
export function typeColumn(from: Inspected): TypedColumn {
  return from.declared ? asDeclared(from, from.declared) : inferred(from);
}

export function inspectColumn(from: Inspected): ColumnEvidence {
  const findings = typeColumn(from).describe();
  return { ...findings, rows: from.tally.rows, examples: examplesOf(from, findings) };
}

/** The first few distinct values, in their original form. */
function examplesOf({ raw }: Inspected, { odd, missingTexts }: Findings): string[] {
  const passed = new Set(['', ...odd.map(({ text }) => text), ...missingTexts.map(({ text }) => text)]);
  const examples = new Set<string>();
  for (const value of raw.values) {
    if (value === null || value === undefined || Number.isNaN(value)) continue;
    const text = value instanceof Date ? value.toISOString() : String(value).trim();
    if (passed.has(text)) continue;
    examples.add(text);
    if (examples.size === EXAMPLES) break;
  }
  return [...examples];
}

function asDeclared(from: Inspected, declared: DatasetColumn): TypedColumn {
  const missing = missingValuesOf(declared, from.options.missingValues);
  switch (declared.kind) {
    case 'numeric':
      return numeric(from, numberEvidence(from.tally, missing, declared.decimal ?? '.'), declared);
    case 'date': {
      const { dateOrder: fixed } = declared;
      return date(from, dateEvidence(from.tally, missing, { fixed, isDeclared: true }), declared);
    }
    case 'boolean':
      return category(from, declared, 'declared');
    case 'category':
      return category(from, declared, 'declared');
  }
}

function inferred(from: Inspected): TypedColumn {
  const { name, options, tally, numbers: own } = from;
  const missing = missingValuesOf({ kind: 'numeric' }, options.missingValues);
  const numbers = own.isSure || own.ambiguous === undefined ? own : settled(from, own, missing);
  const share = numbers.present === 0 ? 1 : numbers.fits / numbers.present;
  if (areLongIds(from)) {
    return category(from, { name, kind: 'category' }, 'integers beyond 2^53, which are kept as text');
  }
  if (share >= NEARLY_ALL) {
    const code = codeAmong(from, numbers);
    if (code === undefined) return numeric(from, numbers);
    return category(
      from,
      { name, kind: 'category' },
      `few different numbers, with ${quoted(code)} among them`,
    );
  }
  const dates = dateEvidence(tally, missing);
  if (dates.fits >= NEARLY_ALL * dates.present) return date(from, dates);
  if (isTruth(from)) return category(from, { name, kind: 'boolean' }, 'spellings of true and false');
  const warnings =
    share >= MANY
      ? [tooFew(from, { ...numbers, what: 'number' })]
      : dates.fits >= MANY * dates.present && dates.present > 0
        ? [tooFew(from, { ...dates, what: 'date' })]
        : [];
  return category(from, { name, kind: 'category' }, 'text', warnings);
}

/**
 * Resolves ambiguous numbers such as `1,234`: by the decimal mark of the other columns; otherwise with a decimal comma if the delimiter is a
 * semicolon, and with a decimal point in other files.
 */
function settled(
  { tally, mark, delimiter }: Inspected,
  { ambiguous = '' }: NumberEvidence,
  missing: MissingValues,
): NumberEvidence {
  if (mark !== undefined) return numberEvidence(tally, missing, mark);
  const hasComma = ambiguous.includes(',');
  const found = numberEvidence(tally, missing, hasComma && delimiter === ';' ? ',' : '.');
  // Three digits after a point are ambiguous only if a comma may be the decimal mark, or the numbers look like thousands.
  return { ...found, isSure: !hasComma && delimiter !== ';' && !areGroups(tally) };
}

/** Whether numbers with a point look like thousands: all have three digits after it, none is below 1, and no other number has four digits. */
function areGroups({ numbers, points, pointGroups }: Tally): boolean {
  return (
    pointGroups >= MIN_GROUPS && points === pointGroups && numbers.every((value) => Math.abs(value) < 1000)
  );
}

/** Whether so many integers exceed 2^53, beyond which digits are lost, that they are IDs. */
function areLongIds({ tally: { numbers, beyondSafe } }: Inspected): boolean {
  if (beyondSafe === 0) return false;
  if (beyondSafe >= (1 - NEARLY_ALL) * numbers.length) return true;
  const distinct = new Set(numbers).size;
  return numbers.every(Number.isInteger) && isNearlyDistinct({ name: '', present: numbers.length, distinct });
}

/** A text that is a code among few distinct numbers: frequent, or a range such as `3+`. */
function codeAmong({ tally }: Inspected, { odd, present }: NumberEvidence): string | undefined {
  const frequent = Array.from(odd).find(
    ([text, { count }]) => count > (RANGE.test(text) ? FREQUENT.range : FREQUENT.text) * present,
  );
  if (frequent === undefined) return undefined;
  const codes = new Set<number>();
  for (const number of tally.numbers) if (codes.add(number).size > MAX_CODES) return undefined;
  return frequent[0];
}

/** Whether all texts are booleans in more than one pair of spellings; a single pair remains categories. */
function isTruth({ tally: { texts, numbers }, options }: Inspected): boolean {
  const missing = missingValuesOf({ kind: 'boolean' }, options.missingValues);
  const spellings = Array.from(texts.keys()).filter((text) => !missing.has(text));
  const words = new Set(spellings.map((text) => text.toLowerCase()));
  if (words.size === 0 || !isSubset(words, TRUE_TEXTS, FALSE_TEXTS)) return false;
  if (!numbers.every((value) => value === 0 || value === 1)) return false;
  if (isSubset(words, new Set(['true', 'false'])) && numbers.length === 0) return true;
  // F and N are not a pair of booleans.
  const isLetters = [...words].every((word) => word.length === 1);
  if (isLetters && isMixed(words)) return false;
  return spellings.length + new Set(numbers).size > 2;
}

function isMixed(letters: ReadonlySet<string>): boolean {
  return (letters.has('t') || letters.has('f')) && (letters.has('y') || letters.has('n'));
}

function isSubset(words: ReadonlySet<string>, ...of: readonly ReadonlySet<string>[]): boolean {
  return [...words].every((word) => of.some((texts) => texts.has(word)));
}

function numeric(from: Inspected, found: NumberEvidence, declared?: DatasetColumn): TypedColumn {
  const { name } = from;
  const { mark } = found;
  const rules = declared ?? { name, kind: 'numeric', ...(mark === ',' && { decimal: ',' }) };
  const odd = oddOf(from, found, declared);
  const column = withMissing(rules, odd);
  return { column, odd, describe: () => describeNumbers(from, found, { column, odd, declared }) };
}

/** The result of typing a column. */
interface Typed extends Pick<TypedColumn, 'column' | 'odd'> {
  readonly declared: DatasetColumn | undefined;
}

function describeNumbers(from: Inspected, found: NumberEvidence, { column, odd, declared }: Typed): Findings {
  const { name, lines, tally } = from;
  const numbers = numbersOf(from, column, found);
  const fits = numbers.length;
  const present = fits + rowsOf(odd);
  const { distinct, areWhole } = described(numbers.sort());
  const [min, max] = [numbers[0], numbers[fits - 1]];
  const format = numberFormat(found);
  const why = declared
    ? undefined
    : (nothingToLearn(present, distinct, tally.rows) ??
      numericId({ name, present: fits, distinct }, { areWhole, min, max }));
  return findings(from, {
    column,
    present,
    distinct,
    fits,
    odd,
    missing: found.missing,
    why,
    kind: [`${shareText(fits, present)}numbers`, ...format.features].join(', '),
    warnings: [
      ...oddWarnings(odd, present, lines, 'number', declared),
      ...format.warnings,
      ...(declared || tally.padded === undefined ? [] : [paddedNumbers(tally.padded)]),
    ],
  });
}

/** The texts that are not numbers. `true` and `false` are 1 and 0 in a declared column, but invalid in an inferred one. */
function oddOf(
  from: Inspected,
  { mark, odd }: NumberEvidence,
  declared?: DatasetColumn,
): ReadonlyMap<string, TextCount> {
  const all = mark === ',' ? withPoints(from, odd) : odd;
  if (!declared) return all;
  const read = cellReader(declared, from.options);
  return new Map(Array.from(all).filter(([text]) => isInvalidValue(read(text))));
}

/** A copy of the numbers of a column. */
function numbersOf(
  { raw, tally, options }: Inspected,
  column: DatasetColumn,
  { decorated }: NumberEvidence,
): Float64Array {
  if (decorated.length === 0 && readsPlainNumbers(column, options) && column.missing === undefined) {
    return tally.numbers.slice();
  }
  const { column: read } = raw.read(column, options);
  return read.kind === 'numeric' ? read.values.filter((value) => !Number.isNaN(value)) : new Float64Array(0);
}

function described(sorted: Float64Array): { readonly distinct: number; readonly areWhole: boolean } {
  let distinct = 0;
  let areWhole = true;
  for (let i = 0; i < sorted.length; i++) {
    if (i === 0 || sorted[i] !== sorted[i - 1]) distinct++;
    if (areWhole && !Number.isInteger(sorted[i])) areWhole = false;
  }
  return { distinct, areWhole };
}

function paddedNumbers(text: string): string {
  return `${quoted(text.trim())} and the like may be codes rather than numbers; if so, declare kind: category`;
}

function rowsOf(texts: ReadonlyMap<string, TextCount>): number {
  return Array.from(texts.values()).reduce((sum, { count }) => sum + count, 0);
}

/** The invalid texts of a column with decimal commas, including plain numbers whose point does not separate thousands. */
function withPoints({ raw, tally }: Inspected, odd: ReadonlyMap<string, TextCount>): Map<string, TextCount> {
  const all = new Map(odd);
  if (tally.points === tally.pointGroups) return all;
  let next = 0;
  for (const value of raw.values) {
    const row = next++;
    if (typeof value !== 'string' || !value.includes('.')) continue;
    if (Number.isNaN(parseNumber(value)) || !Number.isNaN(readNumber(value, ','))) continue;
    const text = value.trim();
    const seen = all.get(text);
    if (seen) seen.count++;
    else all.set(text, { count: 1, row });
  }
  return all;
}

/** The findings on a column of any kind. */
interface Seen extends Pick<Findings, 'column' | 'distinct' | 'warnings'> {
  /** The numbers of rows with a value, and with a valid one. */
  readonly present: number;
  readonly fits: number;
  readonly odd: ReadonlyMap<string, TextCount>;
  readonly missing: ReadonlyMap<string, TextCount>;
  /** Why to drop the column, if so; and the evidence for its kind. */
  readonly why: string | undefined;
  readonly kind: string;
}

function findings(
  { lines, tally }: Inspected,
  { column, present, distinct, fits, odd, missing, why, kind, warnings }: Seen,
): Findings {
  return {
    column,
    missing: tally.rows - present,
    distinct,
    fits: present === 0 ? 1 : fits / present,
    odd: foundTexts(odd, lines),
    missingTexts: foundTexts(missing, lines),
    decision: why === undefined ? 'learn' : 'drop',
    reason: why ?? kind,
    warnings,
  };
}

/** Why a column is constant. A single value next to missing ones may be informative. */
function nothingToLearn(present: number, distinct: number, rows: number): string | undefined {
  if (present === 0) return 'no values';
  return distinct === 1 && present === rows && rows > 1 ? 'the same value in every row' : undefined;
}

function date(from: Inspected, found: DateEvidence, declared?: DatasetColumn): TypedColumn {
  const { name } = from;
  const { order, odd } = found;
  const column: DatasetColumn = withMissing(
    { ...(declared ?? { name, kind: 'date' }), ...(order !== undefined && { dateOrder: order }) },
    odd,
  );
  return { column, odd, describe: () => describeDates(from, found, { column, odd, declared }) };
}

function describeDates(from: Inspected, found: DateEvidence, { column, odd, declared }: Typed): Findings {
  const { lines, tally, options } = from;
  const { order, fits, present, missing, isSure, ambiguous, offset } = found;
  const counts = cellCounts(from, cellReader(column, options));
  const distinct = counts.size;
  const why = declared ? undefined : nothingToLearn(present, distinct, tally.rows);
  const orderText = order === undefined ? '' : order === 'dayFirst' ? ', day first' : ', month first';
  const undecided = isSure
    ? []
    : [
        `${quoted(ambiguous ?? '')} and others are ambiguous; read as ${order === 'dayFirst' ? 'day first' : 'month first'}; set dateOrder`,
      ];
  const zoned =
    offset === undefined || options.timeZone !== undefined
      ? []
      : [
          `times with an offset, such as ${quoted(offset)}, are converted to UTC, where the day may differ; set timeZone`,
        ];
  return findings(from, {
    column,
    present,
    distinct,
    fits,
    odd,
    missing,
    why,
    kind: `${shareText(fits, present)}dates${orderText}`,
    warnings: [...undecided, ...zoned, ...oddWarnings(odd, present, lines, 'date', declared)],
  });
}

function category(
  from: Inspected,
  column: DatasetColumn,
  reason: string,
  warnings: readonly string[] = [],
): TypedColumn {
  const { tally, options } = from;
  const missing = missingValuesOf(column, options.missingValues);
  const read = cellReader(column, options);
  const odd = new Map<string, TextCount>();
  const gaps = new Map<string, TextCount>();
  let gapRows = tally.empty;
  for (const [text, found] of tally.texts) {
    if (missing.has(text)) {
      gaps.set(text, found);
      gapRows += found.count;
    } else if (column.kind === 'boolean' && isInvalidValue(read(text))) odd.set(text, found);
  }
  const seen = {
    column: withMissing(column, odd),
    odd,
    missing: gaps,
    present: tally.rows - gapRows,
  };
  return { ...seen, describe: () => describeCategories(from, seen, reason, warnings) };
}

function describeCategories(
  from: Inspected,
  seen: Pick<Seen, 'column' | 'odd' | 'missing' | 'present'>,
  reason: string,
  warnings: readonly string[],
): Findings {
  const { name, tally, options, declared } = from;
  const { column, present } = seen;
  const counts = cellCounts(from, cellReader(column, options));
  const distinct = counts.size;
  const fits = Array.from(counts.values()).reduce((sum, count) => sum + count, 0);
  const why = declared
    ? undefined
    : (nothingToLearn(present, distinct, tally.rows) ?? textId({ name, present, distinct }, counts.keys()));
  const many =
    why === undefined &&
    (distinct > MANY_LEVELS || (warnings.length === 0 && isMostlyDistinct({ name, present, distinct })))
      ? [
          `${distinct.toLocaleString('en')} different categories in ${present.toLocaleString('en')} rows; if they are codes such as ticket numbers, drop the column`,
        ]
      : [];
  return findings(from, {
    ...seen,
    distinct,
    fits,
    why,
    kind: reason === 'text' ? `${distinct} different texts` : reason,
    warnings: [...warnings, ...many],
  });
}

/** The frequency of each cell. */
function cellCounts({ raw, tally }: Inspected, read: ReturnType<typeof cellReader>): Map<string, number> {
  const counts = new Map<string, number>();
  const cellOf = new Map<unknown, string | undefined>();
  const add = (value: unknown, count: number) => {
    let cell = cellOf.get(value);
    if (cell === undefined && !cellOf.has(value)) {
      const found = read(value);
      cell = typeof found === 'string' ? found : undefined;
      cellOf.set(value, cell);
    }
    if (cell !== undefined) counts.set(cell, (counts.get(cell) ?? 0) + count);
  };
  if (tally.numbers.length > 0) for (const value of raw.values) add(value, 1);
  else for (const [text, { count }] of tally.texts) add(text, count);
  return counts;
}

function withMissing(column: DatasetColumn, odd: ReadonlyMap<string, TextCount>): DatasetColumn {
  if (odd.size === 0) return column;
  return { ...column, missing: [...new Set([...(column.missing ?? []), ...odd.keys()])] };
}

function foundTexts(texts: ReadonlyMap<string, TextCount>, lines: ArrayLike<number>): FoundText[] {
  return Array.from(texts, ([text, { count, row }]) => ({ text, count, line: lines[row] })).sort(
    (a, b) => b.count - a.count || a.line - b.line,
  );
}

/** The share of valid values; empty if all are valid. */
function shareText(fits: number, present: number): string {
  if (fits === present) return '';
  return `${percent(fits / present)} `;
}

/** A percentage, rounded down: 399,999 of 400,000 are not 100%. */
function percent(share: number): string {
  return `${Math.floor(share * 10_000) / 100}%`;
}

function oddWarnings(
  odd: ReadonlyMap<string, TextCount>,
  present: number,
  lines: ArrayLike<number>,
  what: string,
  declared: DatasetColumn | undefined,
): string[] {
  if (odd.size === 0) return [];
  const rows = rowsOf(odd);
  const shown = foundTexts(odd, lines)
    .slice(0, 3)
    .map(
      ({ text, count, line }) =>
        `${quoted(text)} (${count > 1 ? `${count} times, first in ` : ''}line ${line})`,
    )
    .join(', ');
  const more = odd.size > 3 ? ` and ${odd.size - 3} more` : '';
  const are = rows === 1 ? `1 value is not a ${what} and is` : `${rows} values are not ${what}s and are`;
  const tooMany = declared && rows > (1 - NEARLY_ALL) * present ? `; that is ${percent(rows / present)}` : '';
  return [`${are} read as missing: ${shown}${more}${tooMany}`];
}

/** The warning that a column has many numbers or dates, but too few to be of that kind. */
function tooFew(
  { lines }: Inspected,
  {
    fits,
    present,
    odd,
    what,
  }: Pick<NumberEvidence, 'fits' | 'present' | 'odd'> & { readonly what: 'number' | 'date' },
): string {
  const [{ text, line }] = foundTexts(odd, lines);
  const kind = what === 'number' ? 'numeric' : 'date';
  return (
    `${percent(fits / present)} are ${what}s, too few to read the column as ${what}s: ${quoted(text)} in line ${line} is not one; ` +
    `to do so anyway, declare kind: ${kind} and list the other texts in missing`
  );
}
