import { sha256 } from '@noble/hashes/sha2.js';
import { bytesToHex, utf8ToBytes } from '@noble/hashes/utils.js';

/** As much of `createHash` of Node as the application needs: browsers have hashes that are awaited alone. */
export function createHash(_algorithm: 'sha256') {
  const hash = sha256.create();
  return {
    update(content: string | Uint8Array) {
      hash.update(typeof content === 'string' ? utf8ToBytes(content) : content);
      return this;
    },
    digest: (_encoding: 'hex') => bytesToHex(hash.digest()),
  };
}
