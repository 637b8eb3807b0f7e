import { fileURLToPath } from 'node:url';
import { Piscina } from 'piscina';
import type { WorkerJob, WorkerMessage, WorkerReply, WorkerTask } from './worker.js';

/** A third of what Node gives a thread by itself: nearly all that a search makes lies in arrays outside of it. */
const YOUNG_GENERATION_MB = 16;

/** How long threads wait for the next search. */
const IDLE_MS = 2000;

/** Threads that serve one search at a time. */
class ThreadPool {
  readonly #pool: Piscina<WorkerMessage, WorkerReply | undefined>;
  /** The job at hand, and the number by which threads know it. */
  #job: WorkerJob | undefined;
  #number = 0;
  #running = 0;

  constructor(readonly workers: number) {
    this.#pool = new Piscina({
      filename: fileURLToPath(new URL('./worker.js', import.meta.url)),
      minThreads: workers,
      maxThreads: workers,
      concurrentTasksPerWorker: 1,
      resourceLimits: { maxYoungGenerationSizeMb: YOUNG_GENERATION_MB },
    });
  }

  get isIdle(): boolean {
    return this.#running === 0;
  }

  async run(job: WorkerJob, task: WorkerTask): Promise<WorkerReply> {
    if (job !== this.#job) this.#number++;
    this.#job = job;
    const message = { number: this.#number, task };
    this.#running++;
    try {
      // A thread that does not know the job yet says so, and is told all of it.
      return (await this.#pool.run(message)) ?? ((await this.#pool.run({ ...message, job })) as WorkerReply);
    } finally {
      this.#running--;
    }
  }

  destroy(): Promise<void> {
    return this.#pool.destroy();
  }
}

/** The pool that nobody uses, of each size: its threads are kept for a while, since each takes half a second to start. */
const idle = new Map<number, { readonly pool: ThreadPool; readonly timer: NodeJS.Timeout }>();

/** A pool of so many threads, for one search. */
export function takePool(workers: number): ThreadPool {
  const kept = idle.get(workers);
  if (!kept) return new ThreadPool(workers);
  clearTimeout(kept.timer);
  idle.delete(workers);
  return kept.pool;
}

/** Ends what is under way in the pool, or keeps it for the next search. */
export async function giveBack(pool: ThreadPool): Promise<void> {
  const { workers } = pool;
  if (!pool.isIdle || idle.has(workers)) return pool.destroy();
  const end = () => {
    idle.delete(workers);
    void pool.destroy();
  };
  idle.set(workers, { pool, timer: setTimeout(end, IDLE_MS).unref() });
}
