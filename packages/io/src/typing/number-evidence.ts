import type { MissingValues } from '../records/missing-values.js';
import { readNumber } from '../text/read-number.js';
import type { Tally, TextCount } from './tally.js';

export type DecimalMark = '.' | ',';

/** How well the texts of a column are read as numbers with a decimal mark. */
interface Reading {
  readonly mark: DecimalMark;
  /** In how many rows. */
  readonly fits: number;
  readonly odd: ReadonlyMap<string, TextCount>;
}

/** A column looked at as numbers. */
export interface NumberEvidence extends Reading {
  /** Present values: all but missing ones. */
  readonly present: number;
  /** Texts that mean a missing value. */
  readonly missing: ReadonlyMap<string, TextCount>;
  /** Whether the texts say which mark is the decimal one; where they do not, `1,234` or `1.234` is one of them, or there is no mark. */
  readonly isSure: boolean;
  /** A text that could be read in two ways, where there is one. */
  readonly ambiguous?: string;
  /** Texts with more than digits and a decimal mark. */
  readonly decorated: readonly string[];
}

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
  const point = reading('.', tally, written);
  const comma = reading(',', tally, written);
  const best = comma.fits > point.fits ? comma : point;
  const chosen = fixed === undefined ? best : fixed === '.' ? point : comma;
  const fitting = Array.from(written.keys()).filter((text) => !chosen.odd.has(text));
  const ambiguous =
    fitting.find((text) => COMMA_GROUP.test(text)) ??
    (tally.pointGroups > 0 ? '1.234' : fitting.find((text) => POINT_GROUP.test(text)));
  return {
    ...chosen,
    present: tally.rows - missingRows,
    missing: gaps,
    isSure: fixed !== undefined || comma.fits !== point.fits,
    ...(ambiguous !== undefined && { ambiguous }),
    decorated: fitting,
  };
}

function reading(mark: DecimalMark, tally: Tally, written: ReadonlyMap<string, TextCount>): Reading {
  const odd = new Map<string, TextCount>();
  const { points, pointGroups } = tally;
  let fits = tally.numbers.length - (mark === ',' ? points - pointGroups : 0);
  for (const [text, found] of written) {
    if (Number.isNaN(readNumber(text, mark))) odd.set(text, found);
    else fits += found.count;
  }
  return { mark, fits, odd };
}
