import { join } from 'node:path';
import { closeLogFile, errorText, type Logger, logToFile } from '../terminal/logger.js';
import { beginRun } from './run-folder.js';

export interface RunOptions {
  /** The output folder. */
  readonly folder: string;
  /** The log file of the run; by default there is none. */
  readonly log?: string;
}

/** A run in place, and the result of its work. */
export interface WrittenRun<T> {
  readonly id: string;
  readonly result: T;
}

/**
 * Lets `work` write its results to a folder, and puts it in place when it is complete. After an error, only the log of the run stays.
 *
 * @param describe writes files that contain the ID of the run, last.
 * @throws as `work` and `beginRun` do.
 */
export async function writeRun<T>(
  { folder, log }: RunOptions,
  logger: Logger,
  work: (folder: string) => Promise<T>,
  describe?: (result: T, folder: string, id: string) => Promise<void>,
): Promise<WrittenRun<T>> {
  const run = await beginRun(folder);
  try {
    if (log !== undefined) await logToFile(logger, join(run.path, log));
    const result = await work(run.path);
    await closeLogFile(logger);
    const id = await run.commit(async (name) => describe?.(result, run.path, name));
    return { id, result };
  } catch (error) {
    logger.error(errorText(error), { isReported: true });
    // The earlier error is the one to report.
    await closeLogFile(logger).catch(() => undefined);
    const kept = log === undefined ? undefined : await run.keepOnly(log).catch(() => undefined);
    run.discard();
    if (kept !== undefined) logger.info(`log of the failed run: ${kept}`);
    throw error;
  }
}
