import { Presets, SingleBar } from 'cli-progress';
import { isJsonOutput } from './json-output.js';
import { hasCursor } from './styles.js';

/** The interval of log lines without a terminal. */
export const LINE_EVERY_MS = 5000;

/** A bar on the terminal; `undefined` without a terminal. */
export function progressBar(format: string): SingleBar | undefined {
  if (isJsonOutput() || !hasCursor(process.stderr)) return undefined;
  return new SingleBar({ format, stream: process.stderr, hideCursor: true }, Presets.shades_classic);
}
