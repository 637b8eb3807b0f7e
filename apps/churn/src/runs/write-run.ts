import { join } from 'node:path';
import { closeLogFile, errorText, type Logger, logToFile } from '../terminal/logger.js';
import { beginRun } from './run-folder.js';

export interface RunOptions {
  /** Where runs are. */
  readonly folder: string;
  /** The file of the run that holds what was logged; default none. */
  readonly log?: string;
}

/** A run that is in its place, and what its work gave. */
export interface WrittenRun<T> {
  readonly id: string;
  readonly result: T;
}

/**
 * Has `work` write its results to a folder, and puts it in place when all are there. Where something goes wrong nothing of the run stays,
 * but for its log.
 *
 * @param describe writes to the folder what tells the ID of the run, last of all.
 * @throws the errors of `work`, and `beginRun`.
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
    logger.error(errorText(error), { isTold: true });
    // What went wrong before is what the user should hear of.
    await closeLogFile(logger).catch(() => undefined);
    const kept = log === undefined ? undefined : await run.keepOnly(log).catch(() => undefined);
    run.discard();
    if (kept !== undefined) logger.info(`log of the run that failed: ${kept}`);
    throw error;
  }
}
