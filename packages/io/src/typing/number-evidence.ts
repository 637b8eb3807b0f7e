import type { MissingValues } from '../records/missing-values.js';
import { readNumber } from '../text/read-number.js';
import type { Tally, TextCount } from './tally.js';

export type DecimalMark = '.' | ',';

/** The evidence that a column contains numbers. */
export interface NumberEvidence {
  readonly mark: DecimalMark;
  /** The number of rows with a number. */
  readonly fits: number;
  /** Texts that are not numbers. */
  readonly odd: ReadonlyMap<string, TextCount>;
  /** The number of non-missing values. */
  readonly present: number;
  /** Texts that stand for missing values. */
  readonly missing: ReadonlyMap<string, TextCount>;
  /** Whether the texts determine the decimal mark. If not, they contain no mark, or only ambiguous ones such as `1,234` or `1.234`. */
  readonly isSure: boolean;
  /** An ambiguous text, if there is one. */
  readonly ambiguous?: string;
  /** The number of plain decimal numbers, with or without a point. */
  readonly plain: number;
  /** Numbers in other forms. */
  readonly decorated: readonly string[];
}

const HAS_DIGIT = /\d/;
const COMMA_GROUP = /^[^\d.,]*[1-9]\d{0,2},\d{3}[^\d.,]*$/;
const POINT_GROUP = /^[^\d.,]*[1-9]\d{0,2}\.\d{3}[^\d.,]*$/;

/** @param fixed the declared decimal mark. */
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
  // In most columns of text, no text is a number, so none needs to be parsed again.
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
