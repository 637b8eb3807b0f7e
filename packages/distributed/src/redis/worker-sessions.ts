import { ChurnError, type Json } from '@churn/core';
import type { Executor, ExecutorSession, SearchData } from '@churn/selection';
import type { Result } from '../result.js';
import { candidatesOf, type Task } from '../task.js';
import type { RedisJob } from './redis-job.js';

/** How many idle sessions stay open: a search opens one after another. */
const MAX_IDLE = 1;

interface OpenSession {
  readonly session: Promise<ExecutorSession>;
  /** The parameters of the candidates received so far, by number. */
  readonly params: unknown[];
  busy: number;
  isClosed: boolean;
}

export interface WorkerSessionsOptions {
  /** Runs the tasks, such as `threadExecutor(2)`. */
  readonly executor: Executor;
  /** The pipeline modules, by the names of the functions that they export. */
  readonly modules: Readonly<Record<string, URL | string>>;
  /** Reads the rows of a job. */
  readonly read: (job: RedisJob) => Promise<SearchData>;
}

/** The open sessions of a worker, one per search. */
export class WorkerSessions {
  readonly #open = new Map<string, OpenSession>();
  /** A task may have been taken from the queue just before its search ended; it must not open a session again. */
  readonly #closed = new Set<string>();
  #isClosed = false;

  constructor(readonly options: WorkerSessionsOptions) {}

  /**
   * @returns the result of a task; `undefined` if its search is closed first.
   * @throws the task's error.
   */
  async run(job: RedisJob): Promise<Result | undefined> {
    if (this.#isClosed || this.#closed.has(job.session)) return undefined;
    const open = this.#open.get(job.session) ?? this.#begin(job);
    open.busy++;
    try {
      const session = await this.#opened(job.session, open);
      return open.isClosed ? undefined : await runIn(session, open.params, job.task);
    } catch (error) {
      if (open.isClosed) return undefined;
      throw error;
    } finally {
      open.busy--;
    }
  }

  /** Stops the tasks of a search, and starts no others. */
  async close(name: string): Promise<void> {
    this.#closed.add(name);
    await this.#close(name);
  }

  /** Stops the tasks of all searches, and starts no others. */
  async closeAll(): Promise<void> {
    this.#isClosed = true;
    await Promise.all([...this.#open.keys()].map((name) => this.#close(name)));
  }

  async #close(name: string): Promise<void> {
    const open = this.#open.get(name);
    if (!open) return;
    open.isClosed = true;
    this.#open.delete(name);
    const session = await open.session.catch(() => undefined);
    await session?.close();
  }

  #begin(job: RedisJob): OpenSession {
    const idle = [...this.#open].filter(([, { busy }]) => busy === 0).map(([name]) => name);
    for (const name of idle.slice(0, Math.max(0, idle.length - MAX_IDLE))) void this.#close(name);
    const params: unknown[] = [];
    const open: OpenSession = { session: this.#openSession(job, params), params, busy: 0, isClosed: false };
    this.#open.set(job.session, open);
    return open;
  }

  async #openSession(job: RedisJob, params: unknown[]): Promise<ExecutorSession> {
    const { executor, modules, read } = this.options;
    const { exportName, context, forOrder } = job.job;
    if (!Object.hasOwn(modules, exportName)) {
      const known = Object.keys(modules).join(', ');
      throw new ChurnError(
        'invalid-parameter',
        `pipeline: the workers have no function "${exportName}"; expected one of: ${known}`,
      );
    }
    const module = { url: String(modules[exportName]), exportName, context: context as Json };
    const build = () => {
      throw new Error('models are built by the threads that fit them');
    };
    return executor.open(await read(job), { params, build, forOrder, module });
  }

  async #opened(name: string, open: OpenSession): Promise<ExecutorSession> {
    try {
      return await open.session;
    } catch (error) {
      // The next task tries again.
      if (this.#open.get(name) === open) this.#open.delete(name);
      throw error;
    }
  }
}

async function runIn(session: ExecutorSession, params: unknown[], task: Task): Promise<Result> {
  candidatesOf(task).forEach((candidate, i) => {
    params[candidate] = task.params[i];
  });
  if ('piece' in task) return { predictions: await session.run(task.piece) };
  return { fitted: await session.fit(task.fit) };
}
