import { ChurnError } from '@churn/core';
import { GatheredBytes } from '../files/gathered-bytes.js';
import { decodeLossless, Utf8Decoder } from '../text/utf8-decoder.js';

/** A line, counted from 1, without its end; only how long it is where that is too long. */
export type Line = { readonly line: number } & ({ readonly text: string } | LongLine);

/** How many characters a line has that is too long to be read. */
interface LongLine {
  readonly length: number;
}

/** Some whole lines of UTF-8 text: plain data. */
export interface WholeLines {
  /** In memory of their own. */
  readonly bytes: Uint8Array;
  /** How many lines there are before them. */
  readonly before: number;
  /** The one line there is instead of them, if it is too long to be kept. */
  readonly long?: LongLine;
}

const LF = 10;
/** The characters of the longest line that is read; of longer ones, only where they end is found. */
const LONGEST = 2 ** 24;
/** No character has more bytes for each unit of UTF-16. */
const BYTES_PER_UNIT = 3;
/** What has no end by then, as `/dev/zero`, is not a file of lines. */
const ENDLESS = 2 ** 28;
/** In bytes: about how many a part has, and room for what comes with the last of them. */
const PART = 2 ** 20;
const LARGEST_PIECE = 2 ** 18;

/**
 * UTF-8 text in parts that end where a line does.
 * @throws `invalid-file` if a line does not end.
 */
export async function* wholeLines(
  chunks: AsyncIterable<Uint8Array> | Iterable<Uint8Array>,
  source: string,
): AsyncGenerator<WholeLines> {
  const gathered = new GatheredBytes(PART + LARGEST_PIECE);
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
      // Before it is given away.
      for (let at = bytes.indexOf(LF); at >= 0; at = bytes.indexOf(LF, at + 1)) before++;
      yield whole;
    }
    if (gathered.length > BYTES_PER_UNIT * LONGEST) {
      long = new LineLength();
      long.add(gathered.take(gathered.length));
    }
  }
  if (long) yield { bytes: new Uint8Array(), before, long: { length: long.length } };
  else if (gathered.length > 0) yield { bytes: gathered.take(gathered.length), before };
}

/** Counts the characters of a line that is not kept. */
class LineLength {
  readonly #decoder = new Utf8Decoder();
  length = 0;

  add(piece: Uint8Array): void {
    this.length += this.#decoder.decode(piece).length;
  }
}

/**
 * The lines of a part that are not blank, as `decodeLossless` decodes them. They end with LF or CRLF: JSON may have any other line end
 * inside.
 */
export function linesOf({ bytes, before, long }: WholeLines): Line[] {
  if (long) return [{ line: before + 1, length: long.length }];
  const text = decodeLossless(bytes);
  const lines: Line[] = [];
  // A byte order mark at the beginning is ignored.
  const texts = (before === 0 && text.startsWith('\uFEFF') ? text.slice(1) : text).split('\n');
  texts.forEach((each, i) => {
    const line = before + i + 1;
    if (each.length > LONGEST) lines.push({ line, length: each.length });
    else if (each.trim() !== '') lines.push({ line, text: each.endsWith('\r') ? each.slice(0, -1) : each });
  });
  return lines;
}
