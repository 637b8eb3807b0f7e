import { styled } from './styles.js';

/** Whether a program reads what the command says: `--json`, even where the other options are wrong. */
export function isJsonOutput(args: readonly string[] = process.argv): boolean {
  const end = args.indexOf('--');
  return (end < 0 ? args : args.slice(0, end)).includes('--json');
}

/** The line that tells an error where there is no logger. */
export function errorLine(code: string, message: string): string {
  return isJsonOutput()
    ? `${JSON.stringify({ level: 'error', code, message })}\n`
    : `${styled('error:', 'red', process.stderr)} ${message}\n`;
}
