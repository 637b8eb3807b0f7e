import type { Executor } from '@churn/selection';
import { webWorkerExecutor } from '../web-worker-executor.js';

/** A search in more workers takes more memory than it saves time. */
const MAX_WORKERS = 8;

// In place of that of the application, which starts threads of Node.

export function threadsOf(): number {
  return Math.max(1, Math.min(MAX_WORKERS, (navigator.hardwareConcurrency ?? 2) - 1));
}

export async function executorFor(): Promise<Executor> {
  return webWorkerExecutor(threadsOf());
}
