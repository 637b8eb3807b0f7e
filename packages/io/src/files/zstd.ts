import { powerOfTwo } from '@churn/core';
import { unlessInstalled } from './from-package.js';

/** The number of bytes decompressed at a time, since a byte may expand to many kilobytes. */
const SLICE = 2 ** 12;
/** The limit of the reference implementation. */
const MAX_WINDOW = 2 ** 27;

/**
 * Decompresses Zstandard in pieces.
 * @throws if the data is damaged or truncated.
 */
export type Unzstd = (chunk: Uint8Array, isLast: boolean) => Generator<Uint8Array>;

/**
 * Loads the Zstandard decompressor. It is a package on every version of Node, since the built-in one of newer versions stops after the first of
 * several frames.
 *
 * @param what needs it, for the message.
 * @throws `invalid-file` if the package is not installed.
 */
export async function loadUnzstd(what: string): Promise<() => Unzstd> {
  const { Decompress } = await import('fzstd').catch(unlessInstalled('fzstd', what));
  return () => {
    const out: Uint8Array[] = [];
    const decoder = new Decompress((piece) => out.push(piece));
    let isFirst = true;
    return function* (chunk, isLast) {
      if (isFirst && windowSize(chunk) > MAX_WINDOW) throw new Error('its window is too large');
      isFirst = false;
      for (let start = 0; start < chunk.length; start += SLICE) {
        decoder.push(chunk.subarray(start, start + SLICE));
        yield* out.splice(0);
      }
      if (isLast) decoder.push(new Uint8Array(), true);
      yield* out.splice(0);
    };
  };
}

/** The window size in the header of a frame, in bytes; see RFC 8878, 3.1.1.1. */
function windowSize(frame: Uint8Array): number {
  const isSingleSegment = (frame[4] & 0x20) !== 0;
  if (isSingleSegment) return 0;
  const base = powerOfTwo(10 + (frame[5] >> 3));
  return base + (base / 8) * (frame[5] & 7);
}
