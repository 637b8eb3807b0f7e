import { constants } from 'node:buffer';
import { extname } from 'node:path';
import { ChurnError } from '@churn/core';
import { decompress } from './decompress.js';
import { readBytes } from './read-bytes.js';
import { sha256 } from './sha256.js';

/** What a file holds. */
export interface Content {
  /** Decompressed, where the file is compressed by gzip or Zstandard. */
  readonly bytes: Uint8Array;
  /** The SHA-256 of the file as it is stored, in hexadecimal digits. */
  readonly sha256: string;
}

/** A small file that would fill the memory is no data: tables are compressed to a hundredth of their size at best. */
const MOST = { bytes: 2 ** 25, perByte: 200 };

/**
 * The content of a file, or of what is read like one, decompressed.
 * @throws `invalid-file` if it cannot be read, is damaged or too long, naming the file and why.
 */
export async function readContent(file: string): Promise<Content> {
  const stored = await readBytes(file);
  const most = Math.min(Math.max(MOST.bytes, MOST.perByte * stored.length), constants.MAX_STRING_LENGTH);
  const pieces: Uint8Array[] = [];
  let length = 0;
  for await (const piece of decompress([stored], file)) {
    length += piece.length;
    if (length > most && piece !== stored) {
      throw new ChurnError(
        'invalid-file',
        `${file}: ${stored.length} bytes become more than ${most} when they are decompressed; expected a table`,
      );
    }
    pieces.push(piece);
  }
  return {
    bytes: pieces.length === 1 ? pieces[0] : Buffer.concat(pieces),
    // As long as reading it, and not everyone asks.
    get sha256() {
      return sha256(stored);
    },
  };
}

/** How the names of compressed files end. */
const COMPRESSED = ['.gz', '.zst'];

/** The name of a file without the ending that tells its compression. */
export function uncompressedName(file: string): string {
  const ending = extname(file);
  return COMPRESSED.includes(ending.toLowerCase()) ? file.slice(0, -ending.length) : file;
}
