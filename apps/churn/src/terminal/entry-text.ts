import { visibleText } from '@churn/core';

/** Text of one entry: its further lines are indented, so that none of them passes for an entry of its own. */
export function entryText(message: string): string {
  return message
    .split('\n')
    .map((line, i) => (i === 0 || line.startsWith('  ') ? line : `  ${line}`))
    .map(visibleText)
    .join('\n');
}
