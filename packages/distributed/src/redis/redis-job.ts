import type { Job as Description, Task } from '../task.js';

/** A task on the queue, with references to everything that a worker needs for it. */
export interface RedisJob {
  /** The session that numbered the candidates and transforms; each session has its own numbers. */
  readonly session: string;
  readonly job: Description;
  /** Whether the data is in the shared folder or bucket, rather than in Redis. */
  readonly isShared: boolean;
  readonly task: Task;
}

/** How many workers may die while running a task before it is abandoned. */
export const MAX_WORKER_DEATHS = 20;
