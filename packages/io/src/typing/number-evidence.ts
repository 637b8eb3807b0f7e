import type { MissingValues } from '../records/missing-values.js';
import { readNumber } from '../text/read-number.js';
import type { Tally, TextCount } from './tally.js';

export type DecimalMark = '.' | ',';

/** A column looked at as numbers. */
export interface NumberEvidence {
  readonly mark: DecimalMark;
  /** In how many rows there is a number. */
  readonly fits: number;
  /** Texts that are no number. */
  readonly odd: ReadonlyMap<string, TextCount>;
  /** Present values: all but missing ones. */
  readonly present: number;
  /** Texts that mean a missing value. */
  readonly missing: ReadonlyMap<string, TextCount>;
  /** Whether the texts say which mark is the decimal one; if they do not, `1,234` or `1.234` is one of them, or there is no mark. */
  readonly isSure: boolean;
  /** A text that could be read in two ways, if there is one. */
  readonly ambiguous?: string;
  /** How many plain decimal numbers there are, with a point or without. */
  readonly plain: number;
  /** Numbers that are written otherwise. */
  readonly decorated: readonly string[];
}

const HAS_DIGIT = /\d/;
const COMMA_GROUP = /^[^\d.,]*[1-9]\d{0,2},\d{3}[^\d.,]*$/;
const POINT_GROUP = /^[^\d.,]*[1-9]\d{0,2}\.\d{3}[^\d.,]*$/;

/** @param fixed the decimal mark that is declared. */
export function numberEvidence(tally: Tally, missing: MissingValues, fixed?: DecimalMark): NumberEvidence {
  const gaps = new Map<string, TextCount>();
  const written = new Map<string, TextCount>();
  let missingRows = tally.empty;
  for (const [text, found] of tally.texts) {
    if (missing.has(text)) {
      gaps.set(text, found);
      missingRows += found.count;
    } else written.set(text, found);
  }
  const fits = { '.': tally.numbers.length, ',': tally.numbers.length - tally.points + tally.pointGroups };
  for (const [text, { count }] of written) {
    if (!HAS_DIGIT.test(text)) continue;
    if (!Number.isNaN(readNumber(text, '.'))) fits['.'] += count;
    if (!Number.isNaN(readNumber(text, ','))) fits[','] += count;
  }
  const mark = fixed ?? (fits[','] > fits['.'] ? ',' : '.');
  const odd = new Map<string, TextCount>();
  const fitting: string[] = [];
  // Where no text is a number, which is so in most columns of text, there is no need to look at each again.
  const hasFitting = fits[mark] > (mark === '.' ? tally.numbers.length : 0);
  for (const [text, found] of written) {
    if (hasFitting && !Number.isNaN(readNumber(text, mark))) fitting.push(text);
    else odd.set(text, found);
  }
  const ambiguous =
    fitting.find((text) => COMMA_GROUP.test(text)) ??
    (tally.pointGroups > 0 ? '1.234' : fitting.find((text) => POINT_GROUP.test(text)));
  return {
    mark,
    fits: fits[mark],
    odd,
    present: tally.rows - missingRows,
    missing: gaps,
    isSure: fixed !== undefined || fits[','] !== fits['.'],
    ...(ambiguous !== undefined && { ambiguous }),
    plain: tally.numbers.length,
    decorated: fitting,
  };
}
