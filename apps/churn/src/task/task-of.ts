import type { Config } from '../config/config.js';
import type { TaskName } from '../config/target.js';
import { classTask } from './class-task.js';
import { survivalTask } from './survival-task.js';
import type { Task } from './task.js';
import { valueTask } from './value-task.js';

const TASKS: Readonly<Record<TaskName, Task>> = {
  classes: classTask,
  value: valueTask,
  survival: survivalTask,
};

/** The task of a configuration. */
export function taskOf({ data }: { readonly data: Pick<Config['data'], 'task'> }): Task {
  return TASKS[data.task];
}
