import { ChurnError } from '@churn/core';
import type { CompressionType } from 'apache-arrow';
import { unlessInstalled } from '../files/from-package.js';
import { loadUnzstd, type Unzstd } from '../files/zstd.js';
import { decompressLz4Frame } from './lz4-frame.js';

export type ArrowLibrary = typeof import('apache-arrow');

/** The maximum decompressed size of a buffer: an absolute size, or a multiple of its compressed size. */
const LIMIT = { bytes: 2 ** 28, perByte: 200 };

/**
 * Loads the Arrow library and registers its decompressors.
 * @param what is read or written, for messages: `customers.arrow: Arrow`.
 * @throws `invalid-file` if it is not installed.
 */
export async function loadArrow(what: string): Promise<ArrowLibrary> {
  const arrow = await import('apache-arrow').catch(unlessInstalled('apache-arrow', what));
  const { compressionRegistry, CompressionType } = arrow;
  const register = (type: CompressionType, decode: (bytes: Uint8Array) => Uint8Array) => {
    if (!compressionRegistry.get(type)) compressionRegistry.set(type, { decode });
  };
  register(CompressionType.LZ4_FRAME, decompressLz4Frame);
  const zstd = await loadUnzstd('the file is compressed with Zstandard, which').catch(
    (error: unknown) => error,
  );
  register(CompressionType.ZSTD, (bytes) => {
    if (typeof zstd !== 'function') throw zstd;
    return decompressZstd(bytes, zstd as () => Unzstd);
  });
  return arrow;
}

function decompressZstd(bytes: Uint8Array, unzstd: () => Unzstd): Uint8Array {
  const most = Math.max(LIMIT.bytes, LIMIT.perByte * bytes.length);
  const pieces: Uint8Array[] = [];
  let length = 0;
  for (const piece of unzstd()(bytes, true)) {
    length += piece.length;
    if (length > most) throw new ChurnError('invalid-file', 'a small column decompresses to too many bytes');
    pieces.push(piece);
  }
  return Buffer.concat(pieces);
}
