import { execFileSync } from 'node:child_process';

/** The binary of workerd, the runtime of Cloudflare's workers; `undefined` if it has none that runs on this machine. */
export const workerd: string | undefined = (() => {
  try {
    const path: string = require('workerd').default;
    execFileSync(path, ['--version'], { stdio: 'ignore' });
    return path;
  } catch {
    return undefined;
  }
})();
