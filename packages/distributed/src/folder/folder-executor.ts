import { mkdir } from 'node:fs/promises';
import { ChurnError, requireParameter } from '@churn/core';
import type { Executor } from '@churn/selection';
import type { Build } from '../build.js';
import { packData } from '../packed-data.js';
import { reasonOf } from '../reason-of.js';
import { jobOf, pieceTask, taskKey } from '../task.js';
import { requireBuild } from './folder-build.js';
import { FolderSession } from './folder-session.js';

export interface FolderExecutorOptions {
  /** The folder that all processes share. It is created if it is missing. */
  readonly folder: string;
  /** The number of this process, from 1 to `shards`; it determines where in the search the process starts. Default 1. */
  readonly shard?: number;
  /** The number of processes. Any of them may be missing, or start later. Default 1. */
  readonly shards?: number;
  /** Runs the pieces of this process, such as `threadExecutor(2)`. */
  readonly executor: Executor;
  /**
   * Whether the processes do not share the folder. Each then runs a fixed share of the pieces; once these are done, `run` of any other
   * piece throws `ShareDone`. Default false.
   */
  readonly isApart?: boolean;
  /** The code, as returned by `readBuild`. A folder belongs to one build. */
  readonly build: Build;
  /** The number of milliseconds without a heartbeat after which another process's piece is taken over. Default 30,000. */
  readonly expiryMs?: number;
  /** The interval at which the folder is polled for the results of others, in milliseconds. Default 500. */
  readonly pollMs?: number;
  /** Called after each piece that this process ran, with its key and the time it took in milliseconds. */
  readonly onPiece?: ((key: string, ms: number) => void) | undefined;
}

/**
 * Divides the pieces of a search among processes that share a folder, without a server. Each process runs the whole search with the same
 * arguments and reaches the same result. A piece is run by the process that first claims it, by creating a file; the others wait for its
 * result, or take over if the process has died. Results stay in the folder and are reused when the search runs again.
 *
 * Candidates are fitted on all rows by each process itself.
 *
 * @throws `invalid-parameter` for an invalid option. `open` throws it if the pipeline is not a `PipelineModule` or the folder belongs to
 * another build, and `invalid-file` if the folder cannot be written to.
 */
export function folderExecutor({
  folder,
  shard = 1,
  shards = 1,
  executor,
  isApart = false,
  build,
  expiryMs = 30_000,
  pollMs = 500,
  onPiece,
}: FolderExecutorOptions): Executor {
  requireParameter(Number.isInteger(shards) && shards >= 1, 'shards', 'an integer of at least 1', shards);
  const isShard = Number.isInteger(shard) && shard >= 1 && shard <= shards;
  requireParameter(isShard, 'shard', `an integer from 1 to ${shards}`, shard);
  requireParameter(expiryMs > 0, 'expiryMs', 'a number above 0', expiryMs);
  requireParameter(pollMs > 0, 'pollMs', 'a number above 0', pollMs);
  return {
    // Twice as many as can run at once, so that a process looking for an unclaimed piece has a choice.
    // Apart, all that are known, so that the whole share is done before the search ends.
    concurrency: isApart ? Infinity : 2 * shards * executor.concurrency,
    async open(data, candidates) {
      const job = jobOf(candidates, packData(data).hash);
      try {
        await mkdir(folder, { recursive: true });
      } catch (error) {
        throw new ChurnError('invalid-file', `cannot create ${folder}: ${reasonOf(error)}`, { cause: error });
      }
      await requireBuild(folder, build);
      const open = () => executor.open(data, candidates);
      const session = new FolderSession({
        folder,
        offset: (shard - 1) / shards,
        concurrency: executor.concurrency,
        ...(isApart && { isOwn: (key: string) => shareOf(key, shards) === shard - 1 }),
        expiryMs,
        pollMs,
        open,
        onPiece,
      });
      return {
        async run(piece) {
          const task = pieceTask(piece, candidates.params);
          return session.run(taskKey(task, job, build), piece);
        },
        fit: (candidate) => session.fit(candidate),
        close: () => session.close(),
      };
    },
  };
}

/** The index of the share that a piece belongs to. Keys are hashes, so any part of them is uniformly distributed. */
function shareOf(key: string, shards: number): number {
  return Number.parseInt(key.slice(0, 8), 16) % shards;
}
