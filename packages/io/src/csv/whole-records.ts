import { ChurnError } from '@churn/core';
import { GatheredBytes } from '../files/gathered-bytes.js';
import { notOfEncoding, type Utf8Transcoder } from '../text/text-decoder.js';
import { decodeLossless } from '../text/utf8-decoder.js';

const LF = 10;
const CR = 13;
const QUOTE = 34;
/** A record of more characters is no record: a quote was opened and never closed. */
const LONGEST = 2 ** 24;
/** In bytes. */
const LARGEST_PIECE = 2 ** 18;

/** Some whole records of a CSV text. */
export interface WholeRecords {
  /** UTF-8, in memory of their own. */
  readonly bytes: Uint8Array;
  /** The lines before them. */
  readonly before: number;
}

/**
 * The bytes of a CSV text in parts that end where a record does, each of about `size` bytes or one long record.
 * @throws `invalid-file` if bytes are not of their encoding, and for a record that does not end.
 */
export async function* wholeRecords(
  chunks: AsyncIterable<Uint8Array>,
  transcoder: Utf8Transcoder,
  source: string,
  size: number,
): AsyncGenerator<WholeRecords> {
  let before = 0;
  let ends = new RecordEnds();
  const gathered = new GatheredBytes(size + LARGEST_PIECE);
  const orRefuse = (pieces: Iterable<Uint8Array>) => {
    try {
      for (const piece of pieces) gathered.add(piece);
    } catch {
      const line = before + countLineEnds(gathered.all);
      throw notText(`${source}, after line ${line}`, transcoder.encoding);
    }
  };
  for await (const chunk of chunks) {
    orRefuse(transcoder.transcode(chunk));
    if (gathered.length < size) continue;
    const end = ends.lastIn(gathered.all);
    if (end > 0) {
      const whole = { bytes: gathered.take(end), before };
      // Before it is given away.
      before += countLineEnds(whole.bytes);
      ends = new RecordEnds();
      yield whole;
    }
    if (gathered.length > LONGEST && decodeLossless(gathered.all).length > LONGEST) {
      throw new ChurnError(
        'invalid-file',
        `${source}, line ${before + 1}: a record of more than ${LONGEST} characters; is a quote opened and never closed?`,
      );
    }
  }
  orRefuse(transcoder.end());
  if (gathered.length > 0) yield { bytes: gathered.take(gathered.length), before };
}

/** The `invalid-file` error for bytes that are not of the encoding that they should be of. */
export function notText(where: string, encoding: string): ChurnError {
  return new ChurnError('invalid-file', `${where}: ${notOfEncoding(encoding)}`);
}

/** Finds where records end in bytes that grow, and looks at each of them once. */
class RecordEnds {
  #inside = false;
  #seen = 0;
  #end = 0;

  /**
   * Behind the last whole record; 0 where none ends for certain. A line end is inside a field exactly where the quotes before it are odd
   * in number.
   */
  lastIn(bytes: Uint8Array): number {
    // A carriage return at the very end may have its line feed in what comes next.
    const length = bytes.at(-1) === CR ? bytes.length - 1 : bytes.length;
    // Most files have no quotes, and then the last line end is all there is to find.
    if (!this.#inside && !bytes.includes(QUOTE, this.#seen)) {
      let last = length - 1;
      while (last >= this.#seen && !isLineEnd(bytes[last])) last--;
      // One that was seen before may stand inside of quotes.
      if (last >= this.#seen) this.#end = last + 1;
    } else {
      for (let at = this.#seen; at < length; at++) {
        if (bytes[at] === QUOTE) this.#inside = !this.#inside;
        else if (!this.#inside && isLineEnd(bytes[at])) this.#end = at + 1;
      }
    }
    this.#seen = length;
    return this.#end;
  }
}

/** Where the first record from `start` on ends, before its line end. */
export function recordEnd(bytes: Uint8Array, start: number): number {
  let isInside = false;
  for (let at = start; at < bytes.length; at++) {
    if (bytes[at] === QUOTE) isInside = !isInside;
    else if (!isInside && isLineEnd(bytes[at])) return at;
  }
  return bytes.length;
}

/** The first place from `start` on that is no line end. */
export function skipLineEnds(bytes: Uint8Array, start: number): number {
  let at = start;
  while (at < bytes.length && isLineEnd(bytes[at])) at++;
  return at;
}

/** Behind the line end at a place. */
export function lineEndEnd(bytes: Uint8Array, at: number): number {
  return Math.min(at + (bytes[at] === CR && bytes[at + 1] === LF ? 2 : 1), bytes.length);
}

/** How many lines end: with LF, CRLF or CR. */
export function countLineEnds(bytes: Uint8Array): number {
  let count = 0;
  for (let at = bytes.indexOf(LF); at >= 0; at = bytes.indexOf(LF, at + 1)) count++;
  for (let at = bytes.indexOf(CR); at >= 0; at = bytes.indexOf(CR, at + 1)) {
    if (bytes[at + 1] !== LF) count++;
  }
  return count;
}

function isLineEnd(byte: number): boolean {
  return byte === LF || byte === CR;
}
