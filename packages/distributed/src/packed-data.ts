import { createHash } from 'node:crypto';
import { promisify } from 'node:util';
import { gunzip, gzip } from 'node:zlib';
import { ChurnError } from '@churn/core';
import type { SearchData } from '@churn/selection';
import { readShared, type SharedData, shareData } from '@churn/selection/node';
import { packValue, unpackValue } from './packed-value.js';

/** The rows, splits and weights of a search as bytes. */
export interface PackedData {
  /** SHA-256 of the bytes before compression, 64 hexadecimal digits: by this they are stored. */
  readonly hash: string;
  readonly bytes: Uint8Array;
}

export function packData(data: SearchData): PackedData {
  const bytes = packValue(shareData(data));
  return { hash: sha256(bytes), bytes };
}

/** What is stored. */
export async function compressData({ bytes }: PackedData): Promise<Uint8Array> {
  // Most of the bytes are digits of fractions, on which higher levels take ten times as long for a few per cent.
  return promisify(gzip)(bytes, { level: 1 });
}

/**
 * The rows of what was stored.
 * @throws `invalid-data` if that is damaged, or is not what has this hash.
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
    throw new ChurnError('invalid-data', `the stored rows ${hash} are damaged: they have the hash ${found}`);
  }
  return readShared(unpackValue(bytes) as SharedData);
}

export function sha256(content: Uint8Array | string): string {
  return createHash('sha256').update(content).digest('hex');
}
