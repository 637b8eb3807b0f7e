import { builtinModule } from './builtin-module.js';
import { WORKER_SOURCE } from './worker-source.js';

/** A worker thread of Node, or of a page. */
interface Worker {
  postMessage(message: unknown): void;
  terminate(): unknown;
  unref?(): void;
  on?(event: 'error' | 'exit', listener: () => void): void;
  addEventListener?(event: 'error', listener: (event: { preventDefault(): void }) => void): void;
}

/** Globals of browsers, which the type library in use lacks. */
interface Page {
  readonly crossOriginIsolated?: boolean;
  readonly Worker?: new (url: string) => Worker;
  readonly Blob?: new (parts: string[], options: { type: string }) => object;
  readonly URL?: { createObjectURL(blob: object): string };
}

const idle: Worker[] = [];
const alive = new Set<Worker>();

/** Takes up to `most` idle workers: possibly fewer, and none if threads do not start. */
export function takeWorkers(most: number): Worker[] {
  const taken: Worker[] = [];
  while (taken.length < most) {
    const worker = idle.pop() ?? (alive.size < most ? start() : undefined);
    if (!worker) break;
    taken.push(worker);
  }
  return taken;
}

/** Returns workers to the pool; they may still be finishing their work. */
export function giveBack(workers: readonly Worker[]): void {
  idle.push(...workers.filter((worker) => alive.has(worker)));
}

/** Terminates workers, which frees their heaps. */
export function endWorkers(workers: readonly Worker[]): void {
  for (const worker of workers) {
    alive.delete(worker);
    worker.terminate();
  }
}

function start(): Worker | undefined {
  let worker: Worker | undefined;
  try {
    worker = startInNode() ?? startInPage();
  } catch {
    // A policy forbids workers, or the runtime has none.
  }
  if (worker) alive.add(worker);
  return worker;
}

function startInNode(): Worker | undefined {
  const threads = builtinModule<{ Worker?: new (source: string, options: object) => Worker }>(
    'node:worker_threads',
  );
  if (!threads?.Worker) return undefined;
  const worker = new threads.Worker(WORKER_SOURCE, { eval: true });
  worker.on?.('error', () => forget(worker));
  worker.on?.('exit', () => forget(worker));
  // An idle worker does not keep the process running.
  worker.unref?.();
  return worker;
}

function startInPage(): Worker | undefined {
  const { crossOriginIsolated, Worker, Blob, URL } = globalThis as Page;
  if (!crossOriginIsolated || !Worker || !Blob || !URL) return undefined;
  const worker = new Worker(URL.createObjectURL(new Blob([WORKER_SOURCE], { type: 'text/javascript' })));
  worker.addEventListener?.('error', (event) => {
    event.preventDefault();
    forget(worker);
  });
  return worker;
}

/** Removes a failed worker from the pool. */
function forget(worker: Worker): void {
  alive.delete(worker);
  const place = idle.indexOf(worker);
  if (place >= 0) idle.splice(place, 1);
}
