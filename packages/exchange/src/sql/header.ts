import { visibleText } from '@churn/core';
import type { Program } from '../program/program.js';
import type { SqlDialect } from './dialect.js';
import type { SqlOptions } from './to-sql.js';

/** Comments that describe the statement, its inputs and how to run it. */
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
    ...(from === undefined ? ['Replace raw_rows after FROM with the name of your table.'] : []),
    `Reads: ${inputs.map((id) => `${columns[id].name} (${columns[id].kind})`).join(', ') || 'no columns'}`,
    'NULL and NaN are missing values; the prediction of a row that cannot be scored is NULL.',
  ];
  return lines.map((line) => `-- ${visibleText(line)}\n`).join('');
}
