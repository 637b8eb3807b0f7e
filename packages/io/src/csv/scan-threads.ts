import { availableParallelism } from 'node:os';
import { isMainThread, Worker } from 'node:worker_threads';
import { requireParameter } from '@churn/core';
import { mergeScans } from './merge-scans.js';
import { type ScannedRecords, type ScanOptions, scanRecords } from './scan-records.js';
import type { ScanJob } from './scan-worker.js';

const [LF, QUOTE] = [10, 34];
/** The minimum number of bytes per thread: fewer are read before a thread has started. */
const MIN_BYTES = 2 ** 23;

/**
 * The number of threads; default the number of cores, or 1 in a worker thread.
 * @throws `invalid-parameter` unless it is an integer of at least 1.
 */
export function wantedThreads(threads: number = isMainThread ? availableParallelism() : 1): number {
  requireParameter(Number.isInteger(threads) && threads >= 1, 'threads', 'an integer of at least 1', threads);
  return threads;
}

/**
 * Runs `scanRecords` on several threads, each scanning a part of the bytes. The result is the same for any number of threads.
 *
 * @param minBytes the minimum number of bytes per thread.
 */
export async function scanOnThreads(
  bytes: Buffer,
  options: ScanOptions,
  threads: number,
  minBytes = MIN_BYTES,
): Promise<ScannedRecords | undefined> {
  const parts = partsOf(
    bytes,
    options,
    Math.min(threads, Math.floor((options.end - options.start) / minBytes)),
  );
  if (parts.length < 2) return scanRecords(bytes, options);
  const shared = new SharedArrayBuffer(bytes.length);
  Buffer.from(shared).set(bytes);
  const [own, ...others] = parts;
  const workers = others.map((part) => scanOnWorker({ bytes: shared, part }));
  const first = scanRecords(bytes, own);
  const scans = [first, ...(await Promise.all(workers))];
  const complete = scans.filter((scan) => scan !== undefined);
  return complete.length === parts.length ? mergeScans(complete) : undefined;
}

/** Scans a part on a new thread or, if it cannot be started, here. */
function scanOnWorker(job: ScanJob): Promise<ScannedRecords | undefined> {
  const here = () => scanRecords(Buffer.from(job.bytes), job.part);
  return new Promise((resolve, reject) => {
    const orReject = () => {
      try {
        resolve(here());
      } catch (error) {
        reject(error);
      }
    };
    try {
      const worker = new Worker(new URL('./csv/scan-worker.js', import.meta.url), { workerData: job });
      worker.once('message', resolve);
      worker.once('error', orReject);
      worker.once('exit', (code) => code !== 0 && orReject());
    } catch {
      orReject();
    }
  });
}

/**
 * Parts of about equal size that end with a record: at a line end preceded by an even number of quotes. A misplaced quote may shift the boundaries,
 * but then scanning the part with the quote fails.
 */
export function partsOf(bytes: Buffer, options: ScanOptions, count: number): ScanOptions[] {
  const { start, end } = options;
  const hasQuotes = count > 1 && bytes.includes(QUOTE, start);
  const parts: ScanOptions[] = [];
  let begin = start;
  for (let i = 1; i < count && begin < end; i++) {
    const cut = Math.max(begin, start + Math.floor(((end - start) * i) / count));
    const next = hasQuotes ? recordEnd(bytes, begin, cut) : bytes.indexOf(LF, cut) + 1;
    if (next === 0 || next >= end) break;
    parts.push({ ...options, start: begin, end: next });
    begin = next;
  }
  return [...parts, { ...options, start: begin }];
}

/** The end of the first record from `start` that ends at `cut` or later; 0 without one. */
function recordEnd(bytes: Buffer, start: number, cut: number): number {
  let isInside = false;
  for (let at = start; at < cut; at++) if (bytes[at] === QUOTE) isInside = !isInside;
  for (let at = cut; at < bytes.length; at++) {
    if (bytes[at] === QUOTE) isInside = !isInside;
    else if (bytes[at] === LF && !isInside) return at + 1;
  }
  return 0;
}
