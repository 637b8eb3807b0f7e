import { ChurnError, requireParameter } from '@churn/core';
import type { Executor } from '../search/executor.js';
import type { FittedCandidate } from '../search/fit-candidate.js';
import type { Prediction } from '../search/pieces.js';
import { shareData } from './shared-data.js';
import { giveBack, takePool } from './thread-pools.js';
import type { WorkerJob, WorkerTask } from './worker.js';

/**
 * Runs a search, or `fitCandidates`, on worker threads. Rows are shared between them, not copied; the pipeline must be a
 * `PipelineModule`, which each thread imports. Results do not depend on the number of threads. Threads wait two seconds for the next
 * search before they end, and keep no process alive.
 *
 * ```ts
 * await gridSearch({ grid, pipeline: new PipelineModule(url, 'churnPipeline'), executor: threadExecutor(2) }, x, y);
 * ```
 *
 * @throws `invalid-parameter` unless `workers` is an integer of at least 1.
 */
export function threadExecutor(workers: number): Executor {
  requireParameter(Number.isInteger(workers) && workers >= 1, 'workers', 'an integer of at least 1', workers);
  return {
    concurrency: workers,
    async open(data, { params, module, forOrder }) {
      if (!module) {
        throw new ChurnError(
          'invalid-parameter',
          'pipeline: functions cannot be sent to worker threads; pass a new PipelineModule(url, exportName)',
        );
      }
      const { url, exportName, context } = module;
      const job: WorkerJob = {
        data: shareData(data),
        forOrder,
        module: { url, exportName, context },
      };
      const pool = takePool(workers);
      const run = async <T extends Prediction[] | FittedCandidate>(task: WorkerTask): Promise<T> => {
        const reply = await pool.run(job, task);
        if (!('failure' in reply)) return reply as T;
        const { code, message, faults } = reply.failure;
        throw new ChurnError(code, message, { faults });
      };
      const paramsOf = (indices: readonly number[]) => new Map(indices.map((i) => [i, params[i]]));
      return {
        run: (piece) => run<Prediction[]>({ piece, params: paramsOf(piece.candidates) }),
        fit: (candidate) => run<FittedCandidate>({ fit: candidate, params: paramsOf([candidate]) }),
        close: () => giveBack(pool),
      };
    },
  };
}
