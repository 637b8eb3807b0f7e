import type { Job as Description, Task } from '../task.js';

/** A task on the queue: all that a worker must know, by reference. */
export interface RedisJob {
  /** Which session of an executor numbered the candidates and transforms of its tasks: numbers of different ones mean different things. */
  readonly session: string;
  readonly job: Description;
  /** Where the data lies: in the folder or bucket that machines share, or in Redis. */
  readonly isShared: boolean;
  readonly task: Task;
}

/** How many workers may die of a task until it is given up. */
export const MOST_DEATHS = 20;
