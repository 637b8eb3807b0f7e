import { Presets, SingleBar } from 'cli-progress';
import { isJsonOutput } from './json-output.js';
import { hasCursor } from './styles.js';

/** How often a line is logged if there is no terminal. */
export const LINE_EVERY_MS = 5000;

/** A bar on the terminal; `undefined` if there is none. */
export function progressBar(format: string): SingleBar | undefined {
  if (isJsonOutput() || !hasCursor(process.stderr)) return undefined;
  return new SingleBar({ format, stream: process.stderr, hideCursor: true }, Presets.shades_classic);
}
