import { z } from 'zod';
import { columnName } from './column-name.js';

/** Distinct columns to group rows by. */
export const groups = z
  .array(columnName)
  .superRefine((names, context) => {
    const repeated = names.find((name, i) => names.indexOf(name) < i);
    if (repeated === undefined) return;
    context.addIssue(`expected different columns, got ${JSON.stringify(repeated)} twice`);
  })
  .default([]);

/** The parts of a configuration that matter for groups. */
interface Grouped {
  readonly groups: readonly string[];
  readonly data: { readonly target: string };
}

/** The errors in groups: the target cannot be one, since all rows of a group would have the same value. */
export function groupFaults({ groups, data: { target } }: Grouped) {
  if (!groups.includes(target)) return [];
  return [
    { path: ['groups'], message: `expected other columns than the target, got ${JSON.stringify(target)}` },
  ];
}
