import { fileURLToPath } from 'node:url';
import { ChurnError, requireParameter } from '@churn/core';
import { Piscina } from 'piscina';
import type { Executor } from '../search/executor.js';
import type { FittedCandidate } from '../search/fit-candidate.js';
import type { Prediction } from '../search/pieces.js';
import { shareData } from './shared-data.js';
import type { WorkerFailure, WorkerJob, WorkerTask } from './worker.js';

/** A third of what Node gives a thread by itself: nearly all that a search makes lies in arrays outside of it. */
const YOUNG_GENERATION_MB = 16;

/**
 * Does the work of a search, or of `fitCandidates`, on worker threads. Rows are shared between them, not copied; the pipeline must be given as a
 * `PipelineModule`, which each thread imports. Results are the same for any number of threads.
 *
 * ```ts
 * await gridSearch({ grid, pipeline: new PipelineModule(url, 'churnPipeline'), executor: threadExecutor(2) }, x, y);
 * ```
 *
 * @throws `invalid-parameter` unless `workers` is a whole number from 1.
 */
export function threadExecutor(workers: number): Executor {
  requireParameter(Number.isInteger(workers) && workers >= 1, 'workers', 'a whole number from 1', workers);
  return {
    concurrency: workers,
    async open(data, { params, module, forOrder }) {
      if (!module) {
        throw new ChurnError(
          'invalid-parameter',
          'pipeline: worker threads cannot be sent a function; give it as new PipelineModule(url, exportName)',
        );
      }
      const { url, exportName, context } = module;
      const job: WorkerJob = {
        data: shareData(data),
        forOrder,
        module: { url, exportName, context },
      };
      const pool = new Piscina({
        filename: fileURLToPath(new URL('./worker.js', import.meta.url)),
        workerData: job,
        minThreads: workers,
        maxThreads: workers,
        concurrentTasksPerWorker: 1,
        resourceLimits: { maxYoungGenerationSizeMb: YOUNG_GENERATION_MB },
      });
      const done = async <T extends Prediction[] | FittedCandidate>(task: WorkerTask): Promise<T> => {
        const result: T | WorkerFailure = await pool.run(task);
        if (!('failure' in result)) return result;
        const { code, message, faults } = result.failure;
        throw new ChurnError(code, message, { faults });
      };
      const paramsOf = (indices: readonly number[]) => new Map(indices.map((i) => [i, params[i]]));
      return {
        run: (piece) => done<Prediction[]>({ piece, params: paramsOf(piece.candidates) }),
        fit: (candidate) => done<FittedCandidate>({ fit: candidate, params: paramsOf([candidate]) }),
        async close() {
          await pool.destroy();
        },
      };
    },
  };
}
