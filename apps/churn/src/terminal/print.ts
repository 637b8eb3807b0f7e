import { visibleLines, visibleText } from '@churn/core';

/** Shows text on standard output, with signs in place of what could steer a terminal. */
export function print(text: string): void {
  process.stdout.write(`${visibleLines(text)}\n`);
}

/** Text of one entry: its further lines are indented, so that none of them passes for an entry of its own. */
export function entryText(message: string): string {
  return message
    .split('\n')
    .map((line, i) => (i === 0 || line.startsWith('  ') ? line : `  ${line}`))
    .map(visibleText)
    .join('\n');
}
