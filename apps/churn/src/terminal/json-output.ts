import { styled } from './styles.js';

/** Whether output is JSON: with `--json`, even if other options are invalid. */
export function isJsonOutput(args: readonly string[] = process.argv): boolean {
  const end = args.indexOf('--');
  return (end < 0 ? args : args.slice(0, end)).includes('--json');
}

/** The text of an error without a logger; as JSON, its message is on one line. */
export function errorLine(code: string, message: string): string {
  return isJsonOutput()
    ? `${JSON.stringify({ level: 'error', code, message: message.replaceAll('\n', ' ') })}\n`
    : `${styled('error:', 'red', process.stderr)} ${message}\n`;
}
