import { visibleText } from '@churn/core';
import type { Program } from '../program/program.js';
import type { SqlDialect } from './dialect.js';
import type { SqlOptions } from './to-sql.js';

/** What the statement is, what it reads, and how to run it, in comments. */
export function writeHeader(
  { columns, inputs, output }: Program,
  { title }: SqlDialect,
  { hash, view, from }: SqlOptions,
): string {
  const threshold = output.kind === 'classes' ? output.threshold : undefined;
  const lines = [
    `${view === undefined ? 'Query' : 'View'} of ${title} that scores each row of a table.`,
    ...(hash === undefined ? [] : [`Model: ${hash}`]),
    ...(threshold === undefined ? [] : [`Threshold: ${threshold}`]),
    ...(from === undefined
      ? ['Write the name of your table in place of raw_rows, where it stands after FROM.']
      : []),
    `Reads: ${inputs.map((id) => `${columns[id].name} (${columns[id].kind})`).join(', ') || 'no columns'}`,
    'NULL and NaN are missing values; a row that cannot be scored has NULL for a prediction.',
  ];
  return lines.map((line) => `-- ${visibleText(line)}\n`).join('');
}
