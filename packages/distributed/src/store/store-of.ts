import type { DataStore } from './data-store.js';
import { folderStore } from './folder-store.js';
import { isS3Address } from './s3-address.js';
import { s3Store } from './s3-store.js';

/**
 * The store of a `share`: a folder, or a bucket such as `s3://bucket/prefix`.
 * @throws `invalid-parameter` if an address of a bucket is invalid, or there are no credentials for it.
 */
export function storeOf(share: string): DataStore {
  return isS3Address(share) ? s3Store(share) : folderStore(share);
}
