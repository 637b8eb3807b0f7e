import { ChurnError } from '@churn/core';
import { GatheredBytes } from '../files/gathered-bytes.js';
import { decodeLossless, Utf8Decoder } from '../text/utf8-decoder.js';

/** A line, numbered from 1, without its end; or only its length if it is too long. */
export type Line = { readonly line: number } & ({ readonly text: string } | LongLine);

/** The length in characters of a line that is too long to be read. */
interface LongLine {
  readonly length: number;
}

/** Whole lines of UTF-8 text: plain data. */
export interface WholeLines {
  /** The lines, in memory of their own. */
  readonly bytes: Uint8Array;
  /** The number of lines before them. */
  readonly before: number;
  /** Set instead of `bytes` for a single line that is too long. */
  readonly long?: LongLine;
}

const LF = 10;
/** The maximum number of characters in a line; longer lines are skipped. */
const MAX_LINE = 2 ** 24;
/** The maximum number of UTF-8 bytes per UTF-16 code unit. */
const BYTES_PER_UNIT = 3;
/** The number of characters after which an input without line ends, such as `/dev/zero`, is rejected. */
const ENDLESS = 2 ** 28;
/** The approximate size of a part, and the maximum size of a chunk, in bytes. */
const PART = 2 ** 20;
const MAX_PIECE = 2 ** 18;

/**
 * Divides UTF-8 text into parts that end with a line.
 * @throws `invalid-file` if a line does not end.
 */
export async function* wholeLines(
  chunks: AsyncIterable<Uint8Array> | Iterable<Uint8Array>,
  source: string,
): AsyncGenerator<WholeLines> {
  const gathered = new GatheredBytes(PART + MAX_PIECE);
  let before = 0;
  let long: LineLength | undefined;
  for await (const chunk of chunks) {
    let piece = chunk;
    if (long) {
      const end = piece.indexOf(LF);
      long.add(end < 0 ? piece : piece.subarray(0, end));
      if (long.length > ENDLESS) {
        throw new ChurnError(
          'invalid-file',
          `${source}, line ${before + 1}: a line of more than ${ENDLESS} characters`,
        );
      }
      if (end < 0) continue;
      yield { bytes: new Uint8Array(), before: before++, long: { length: long.length } };
      long = undefined;
      piece = piece.subarray(end + 1);
    }
    gathered.add(piece);
    if (gathered.length < PART) continue;
    const end = gathered.all.lastIndexOf(LF) + 1;
    if (end > 0) {
      const bytes = gathered.take(end);
      const whole = { bytes, before };
      // Counted before the bytes are handed over.
      for (let at = bytes.indexOf(LF); at >= 0; at = bytes.indexOf(LF, at + 1)) before++;
      yield whole;
    }
    if (gathered.length > BYTES_PER_UNIT * MAX_LINE) {
      long = new LineLength();
      long.add(gathered.take(gathered.length));
    }
  }
  if (long) yield { bytes: new Uint8Array(), before, long: { length: long.length } };
  else if (gathered.length > 0) yield { bytes: gathered.take(gathered.length), before };
}

/** Counts the characters of a skipped line. */
class LineLength {
  readonly #decoder = new Utf8Decoder();
  length = 0;

  add(piece: Uint8Array): void {
    this.length += this.#decoder.decode(piece).length;
  }
}

/**
 * The non-blank lines of a part, decoded by `decodeLossless`. They end with LF or CRLF; JSON may contain other line ends.
 */
export function linesOf({ bytes, before, long }: WholeLines): Line[] {
  if (long) return [{ line: before + 1, length: long.length }];
  const text = decodeLossless(bytes);
  const lines: Line[] = [];
  // A byte order mark at the beginning is ignored.
  const texts = (before === 0 && text.startsWith('\uFEFF') ? text.slice(1) : text).split('\n');
  texts.forEach((each, i) => {
    const line = before + i + 1;
    if (each.length > MAX_LINE) lines.push({ line, length: each.length });
    else if (each.trim() !== '') lines.push({ line, text: each.endsWith('\r') ? each.slice(0, -1) : each });
  });
  return lines;
}
