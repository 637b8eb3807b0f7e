import type { RunMessage, RunRequest } from './messages.js';
import { startWorker } from './start-worker.js';

export interface RunOptions {
  /** Seconds after which a program is stopped; default 60. */
  readonly timeLimit?: number;
  readonly onMessage: (message: Exclude<RunMessage, { kind: 'end' }>) => void;
}

/** A program that runs. */
export interface Run {
  /** Resolves when it has ended, in whatever way. */
  readonly ended: Promise<void>;
  /** Ends it at once. */
  stop(): void;
}

/** Runs code blocks as one program in a worker of their own. */
export function runBlocks(blocks: readonly string[], { timeLimit = 60, onMessage }: RunOptions): Run {
  const worker = startWorker(new URL('./run-worker.js', import.meta.url));
  let end = () => {};
  const ended = new Promise<void>((resolve) => {
    end = resolve;
  });
  const fail = (message: string) => {
    onMessage({ kind: 'failure', message });
    end();
  };
  const timer = setTimeout(() => fail(`stopped after ${timeLimit} seconds`), 1000 * timeLimit);
  worker.addEventListener('message', ({ data }: MessageEvent<RunMessage>) => {
    if (data.kind === 'end') end();
    else onMessage(data);
  });
  worker.addEventListener('error', ({ message }) =>
    fail(message || 'the packages could not be loaded; check the connection'),
  );
  worker.postMessage({ blocks } satisfies RunRequest);
  const stopped = ended.then(() => {
    clearTimeout(timer);
    worker.terminate();
  });
  return { ended: stopped, stop: () => fail('stopped') };
}
