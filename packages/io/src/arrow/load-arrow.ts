import { ChurnError } from '@churn/core';
import type { CompressionType } from 'apache-arrow';
import { unlessInstalled } from '../files/from-package.js';
import { loadUnzstd, type Unzstd } from '../files/zstd.js';
import { decompressLz4Frame } from './lz4-frame.js';

export type ArrowLibrary = typeof import('apache-arrow');

/** More than this in a buffer is no data where the buffer is small. */
const MOST = { bytes: 2 ** 28, perByte: 200 };

/**
 * The library that few need, with the ways to decompress what Arrow files hold.
 * @param what is read or written, for messages: `customers.arrow: Arrow`.
 * @throws `invalid-file` if it is not installed.
 */
export async function loadArrow(what: string): Promise<ArrowLibrary> {
  const arrow = await import('apache-arrow').catch(unlessInstalled('apache-arrow', what));
  const { compressionRegistry, CompressionType } = arrow;
  const setUnlessSet = (type: CompressionType, decode: (bytes: Uint8Array) => Uint8Array) => {
    if (!compressionRegistry.get(type)) compressionRegistry.set(type, { decode });
  };
  setUnlessSet(CompressionType.LZ4_FRAME, decompressLz4Frame);
  const zstd = await loadUnzstd('the file is compressed by Zstandard, which').catch(
    (error: unknown) => error,
  );
  setUnlessSet(CompressionType.ZSTD, (bytes) => {
    if (typeof zstd !== 'function') throw zstd;
    return decompressZstd(bytes, zstd as () => Unzstd);
  });
  return arrow;
}

function decompressZstd(bytes: Uint8Array, unzstd: () => Unzstd): Uint8Array {
  const most = Math.max(MOST.bytes, MOST.perByte * bytes.length);
  const pieces: Uint8Array[] = [];
  let length = 0;
  for (const piece of unzstd()(bytes, true)) {
    length += piece.length;
    if (length > most) throw new ChurnError('invalid-file', 'a small column becomes too large');
    pieces.push(piece);
  }
  return Buffer.concat(pieces);
}
