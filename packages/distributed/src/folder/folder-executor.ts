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
  /** The folder that all processes share. It is made if it is missing. */
  readonly folder: string;
  /** Which of the processes this is, counted from 1: each begins at a place of its own. Default 1. */
  readonly shard?: number;
  /** How many processes there are. Any number of them may be missing, or come later. Default 1. */
  readonly shards?: number;
  /** What runs a piece here, such as `threadExecutor(2)`. */
  readonly executor: Executor;
  /**
   * Whether the processes see no common folder: each then runs a fixed share of the pieces it is asked for, and `run` of the others throws
   * `ShareDone` when these are done. Default false.
   */
  readonly isApart?: boolean;
  /** The code, as returned by `readBuild`: a folder belongs to one. */
  readonly build: Build;
  /** After how many milliseconds without a sign of life the piece of another process is taken over. Default 30,000. */
  readonly expiryMs?: number;
  /** How often it is looked for what others have done, in milliseconds. Default 500. */
  readonly pollMs?: number;
  /** Called with each piece that is done here, by its key. */
  readonly onPiece?: ((key: string, ms: number) => void) | undefined;
}

/**
 * Shares the pieces of a search between processes that see the same folder, without a server: each runs the whole search with the same
 * arguments, and comes to the same result. A piece is run by the process that first makes its claim there, a file; the others wait for
 * the result, or take over where the process has died. Results stay in the folder, so that a search that runs again has them at once.
 *
 * Candidates are fitted on all rows by `executor` alone.
 *
 * @throws `invalid-parameter` for a wrong option; `open` throws it if the pipeline is no `PipelineModule` or the folder belongs to
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
    // As many again as can be under way, so that a process has a choice when it looks for a piece that nobody has.
    // Apart, all that is known: the share of it is to be done before an end.
    concurrency: isApart ? Infinity : 2 * shards * executor.concurrency,
    async open(data, candidates) {
      const job = jobOf(candidates, packData(data).hash);
      try {
        await mkdir(folder, { recursive: true });
      } catch (error) {
        throw new ChurnError('invalid-file', `cannot make ${folder}: ${reasonOf(error)}`, { cause: error });
      }
      await requireBuild(folder, build);
      const open = () => executor.open(data, candidates);
      const session = new FolderSession({
        folder,
        place: (shard - 1) / shards,
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

/** Which share a piece falls to, from 0: keys are hashes, of which all parts are even. */
function shareOf(key: string, shards: number): number {
  return Number.parseInt(key.slice(0, 8), 16) % shards;
}
