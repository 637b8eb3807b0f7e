import { z } from 'zod';
import { columnName } from './column-name.js';

/** Columns to group rows by; none twice. */
export const groups = z
  .array(columnName)
  .superRefine((names, context) => {
    const repeated = names.find((name, i) => names.indexOf(name) < i);
    if (repeated === undefined) return;
    context.addIssue(`expected different columns, got ${JSON.stringify(repeated)} twice`);
  })
  .default([]);

/** What to group by, and what is predicted. */
interface Grouped {
  readonly groups: readonly string[];
  readonly data: { readonly target: string };
}

/** What cannot be grouped by: rows of one value of the target have nothing to distinguish. */
export function groupFaults({ groups, data: { target } }: Grouped) {
  if (!groups.includes(target)) return [];
  return [
    { path: ['groups'], message: `expected other columns than the target, got ${JSON.stringify(target)}` },
  ];
}
