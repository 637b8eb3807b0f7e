import { existsSync } from 'node:fs';

/** The binary of workerd, the runtime of Cloudflare's workers; `undefined` where it has none for this machine. */
export const workerd: string | undefined = (() => {
  try {
    const path: string = require('workerd').default;
    return existsSync(path) ? path : undefined;
  } catch {
    return undefined;
  }
})();
