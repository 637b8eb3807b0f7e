import { visibleText } from '@churn/core';

/** The text of a log entry, with indented continuation lines, so that none can be mistaken for an entry. */
export function entryText(message: string): string {
  return message
    .split('\n')
    .map((line, i) => (i === 0 || line.startsWith('  ') ? line : `  ${line}`))
    .map(visibleText)
    .join('\n');
}
