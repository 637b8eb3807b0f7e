import { createHash } from 'node:crypto';
import { promisify } from 'node:util';
import { gunzip, gzip } from 'node:zlib';
import { ChurnError } from '@churn/core';
import type { SearchData } from '@churn/selection';
import { readShared, type SharedData, shareData } from '@churn/selection/node';
import { packValue, unpackValue } from './packed-value.js';

/** The rows, splits and weights of a search, packed as bytes. */
export interface PackedData {
  /** The SHA-256 of the uncompressed bytes, 64 hexadecimal digits, by which they are stored. */
  readonly hash: string;
  readonly bytes: Uint8Array;
}

export function packData(data: SearchData): PackedData {
  const bytes = packValue(shareData(data));
  return { hash: sha256(bytes), bytes };
}

/** Compresses data for storage. */
export async function compressData({ bytes }: PackedData): Promise<Uint8Array> {
  // Most of the bytes are digits of fractions, on which higher levels take ten times as long for a few per cent.
  return promisify(gzip)(bytes, { level: 1 });
}

/**
 * Reads stored data.
 * @throws `invalid-data` if it is damaged or does not have this hash.
 */
export async function readData(stored: Uint8Array, hash: string): Promise<SearchData> {
  let bytes: Uint8Array;
  try {
    bytes = await promisify(gunzip)(stored);
  } catch (error) {
    throw new ChurnError('invalid-data', `the stored rows ${hash} are damaged`, { cause: error });
  }
  const found = sha256(bytes);
  if (found !== hash) {
    throw new ChurnError('invalid-data', `the stored rows ${hash} are damaged: their hash is ${found}`);
  }
  return readShared(unpackValue(bytes) as SharedData);
}

export function sha256(content: Uint8Array | string): string {
  return createHash('sha256').update(content).digest('hex');
}
