import { powerOfTwo } from '@churn/core';
import { unlessInstalled } from './from-package.js';

/** A byte may become many kilobytes: what comes out of so many bytes fits into memory. */
const SLICE = 2 ** 12;
/** As much as the reference implementation accepts. */
const LARGEST_WINDOW = 2 ** 27;

/**
 * Decompresses Zstandard piece by piece.
 * @throws if it is damaged or cut off.
 */
export type Unzstd = (chunk: Uint8Array, isLast: boolean) => Generator<Uint8Array>;

/**
 * What begins to decompress Zstandard: by a package on each version of Node, since what newer ones have of their own stops after the
 * first of several frames.
 *
 * @param what is read by it, for the message.
 * @throws `invalid-file` if the package is not installed.
 */
export async function loadUnzstd(what: string): Promise<() => Unzstd> {
  const { Decompress } = await import('fzstd').catch(unlessInstalled('fzstd', what));
  return () => {
    const out: Uint8Array[] = [];
    const decoder = new Decompress((piece) => out.push(piece));
    let isFirst = true;
    return function* (chunk, isLast) {
      if (isFirst && windowSize(chunk) > LARGEST_WINDOW) throw new Error('its window is too large');
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

/** How many bytes a decoder has to remember, by the header of a frame; see RFC 8878, 3.1.1.1. */
function windowSize(frame: Uint8Array): number {
  const isSingleSegment = (frame[4] & 0x20) !== 0;
  if (isSingleSegment) return 0;
  const base = powerOfTwo(10 + (frame[5] >> 3));
  return base + (base / 8) * (frame[5] & 7);
}
