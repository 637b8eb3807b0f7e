import { ChurnError } from '@churn/core';
import { GatheredBytes } from '../files/gathered-bytes.js';
import { notOfEncoding, type Utf8Transcoder } from '../text/text-decoder.js';
import { decodeLossless } from '../text/utf8-decoder.js';

const LF = 10;
const CR = 13;
const QUOTE = 34;
/** The maximum number of characters in a record: a longer one has an unclosed quote. */
const MAX_RECORD = 2 ** 24;
/** The maximum size of a decoded chunk in bytes. */
const MAX_PIECE = 2 ** 18;

/** Whole records of a CSV text. */
export interface WholeRecords {
  /** The records in UTF-8, in memory of their own. */
  readonly bytes: Uint8Array;
  /** The number of lines before them. */
  readonly before: number;
}

/**
 * Divides a CSV text into parts that end with a record, each of about `size` bytes or one long record.
 * @throws `invalid-file` if bytes are not in their encoding, and for a record that does not end.
 */
export async function* wholeRecords(
  chunks: AsyncIterable<Uint8Array>,
  transcoder: Utf8Transcoder,
  source: string,
  size: number,
): AsyncGenerator<WholeRecords> {
  let before = 0;
  let ends = new RecordEnds();
  const gathered = new GatheredBytes(size + MAX_PIECE);
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
      // Counted before the bytes are handed over.
      before += countLineEnds(whole.bytes);
      ends = new RecordEnds();
      yield whole;
    }
    if (gathered.length > MAX_RECORD && decodeLossless(gathered.all).length > MAX_RECORD) {
      throw new ChurnError(
        'invalid-file',
        `${source}, line ${before + 1}: a record of more than ${MAX_RECORD} characters; is a quote opened and never closed?`,
      );
    }
  }
  orRefuse(transcoder.end());
  if (gathered.length > 0) yield { bytes: gathered.take(gathered.length), before };
}

/** The `invalid-file` error for bytes that are not in the expected encoding. */
export function notText(where: string, encoding: string): ChurnError {
  return new ChurnError('invalid-file', `${where}: ${notOfEncoding(encoding)}`);
}

/** Finds the ends of records in growing bytes, examining each byte once. */
class RecordEnds {
  #inside = false;
  #seen = 0;
  #end = 0;

  /**
   * The end of the last whole record; 0 if none is certain to end. A line end is inside a field if and only if the number of quotes before it is
   * odd.
   */
  lastIn(bytes: Uint8Array): number {
    // The line feed of a final carriage return may be in the next chunk.
    const length = bytes.at(-1) === CR ? bytes.length - 1 : bytes.length;
    // Most files have no quotes, and then the last line end is all there is to find.
    if (!this.#inside && !bytes.includes(QUOTE, this.#seen)) {
      let last = length - 1;
      while (last >= this.#seen && !isLineEnd(bytes[last])) last--;
      // An earlier one may be inside quotes.
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

/** The end of the first record from `start`, before its line end. */
export function recordEnd(bytes: Uint8Array, start: number): number {
  let isInside = false;
  for (let at = start; at < bytes.length; at++) {
    if (bytes[at] === QUOTE) isInside = !isInside;
    else if (!isInside && isLineEnd(bytes[at])) return at;
  }
  return bytes.length;
}

/** The first index from `start` that is not a line end. */
export function skipLineEnds(bytes: Uint8Array, start: number): number {
  let at = start;
  while (at < bytes.length && isLineEnd(bytes[at])) at++;
  return at;
}

/** The index after the line end at `at`. */
export function lineEndEnd(bytes: Uint8Array, at: number): number {
  return Math.min(at + (bytes[at] === CR && bytes[at + 1] === LF ? 2 : 1), bytes.length);
}

/** The number of line ends: LF, CRLF or CR. */
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
