import { run } from './process';

/** A fit of the script: how many threads it asked for, how many workers were started, and a hash of the model. */
interface Fit {
  readonly nJobs: number | null;
  readonly nStarted: number;
  readonly hash: string;
}

/** What test/engines/fit-in-threads.mjs tells in an engine, run in a folder where it lies. */
export function fitsInThreads(
  command: string,
  args: readonly string[],
  folder: string,
  options: readonly string[] = [],
): Fit[] {
  const lines = run(command, [...args, 'fit-in-threads.mjs', ...options], folder)
    .trim()
    .split('\n');
  return lines.map((line) => JSON.parse(line));
}
