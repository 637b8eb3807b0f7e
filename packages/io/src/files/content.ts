import { constants } from 'node:buffer';
import { extname } from 'node:path';
import { ChurnError } from '@churn/core';
import { decompress } from './decompress.js';
import { readBytes } from './read-bytes.js';
import { sha256 } from './sha256.js';

/** The content of a file. */
export interface Content {
  /** The content, decompressed if the file is compressed with gzip or Zstandard. */
  readonly bytes: Uint8Array;
  /** The SHA-256 of the stored file, in hexadecimal digits. */
  readonly sha256: string;
}

/** The maximum decompressed size: tables are compressed to a hundredth of their size at best. */
const LIMIT = { bytes: 2 ** 25, perByte: 200 };

/**
 * Reads a file or a pipe and decompresses it.
 * @throws `invalid-file` if it cannot be read, is damaged or too large, naming the file and the reason.
 */
export async function readContent(file: string): Promise<Content> {
  const stored = await readBytes(file);
  const most = Math.min(Math.max(LIMIT.bytes, LIMIT.perByte * stored.length), constants.MAX_STRING_LENGTH);
  const pieces: Uint8Array[] = [];
  let length = 0;
  for await (const piece of decompress([stored], file)) {
    length += piece.length;
    if (length > most && piece !== stored) {
      throw new ChurnError(
        'invalid-file',
        `${file}: ${stored.length} bytes decompress to more than ${most}; expected a table`,
      );
    }
    pieces.push(piece);
  }
  return {
    bytes: pieces.length === 1 ? pieces[0] : Buffer.concat(pieces),
    // Computed on demand: it takes as long as reading.
    get sha256() {
      return sha256(stored);
    },
  };
}

/** The extensions of compressed files. */
const COMPRESSED = ['.gz', '.zst'];

/** The name of a file without the extension of its compression. */
export function uncompressedName(file: string): string {
  const ending = extname(file);
  return COMPRESSED.includes(ending.toLowerCase()) ? file.slice(0, -ending.length) : file;
}
