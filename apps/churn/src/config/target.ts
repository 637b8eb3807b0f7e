import { z } from 'zod';
import { columnName } from './column-name.js';

/** What is predicted of a row: its class, or a value. */
export type TaskName = 'classes' | 'value';

/** The target, and what is predicted of it. */
interface TargetOf {
  readonly column: string;
  readonly task: TaskName;
}

/** A column of classes by its name, or one of numbers as `{ value: column }`. */
export const target = z
  .union([columnName, z.strictObject({ value: columnName })], {
    error: ({ input }) =>
      input === undefined || typeof input === 'string'
        ? undefined
        : `expected the name of a column, or { value: column } for a column of numbers, got ${JSON.stringify(input)}`,
  })
  .transform(
    (given): TargetOf =>
      typeof given === 'string' ? { column: given, task: 'classes' } : { column: given.value, task: 'value' },
  );
