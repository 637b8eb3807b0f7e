import { type ChildProcess, spawn } from 'node:child_process';
import { join } from 'node:path';

/** A running program of test/programs, and its output so far. */
export interface Program {
  readonly child: ChildProcess;
  readonly output: { out: string; err: string };
  /** Settles when either stream contains the text. @throws if the program ends first. */
  printed(text: string | RegExp): Promise<void>;
  /** The JSON that it printed, once it has ended; `undefined` if it was killed. */
  result(): Promise<unknown>;
  kill(): Promise<void>;
}

/** Starts a program, which uses the built package: threads cannot import TypeScript. */
export function start(name: string, options: object): Program {
  const script = join(__dirname, '../../test/programs', name);
  const child = spawn(process.execPath, [script, JSON.stringify(options)], {
    stdio: ['ignore', 'pipe', 'pipe'],
    // By default the child would inherit the original, not Jest's copy for this test file.
    env: process.env,
  });
  const output = { out: '', err: '' };
  const ended = new Promise<void>((resolve) => child.once('close', () => resolve()));
  child.stdout.on('data', (data) => {
    output.out += data;
  });
  child.stderr.on('data', (data) => {
    output.err += data;
  });
  return {
    child,
    output,
    async printed(text) {
      const isPrinted = () => [output.out, output.err].some((each) => each.search(text) >= 0);
      while (!isPrinted()) {
        if (child.exitCode !== null || child.signalCode) {
          throw new Error(`${name} ended before it printed ${text}: ${output.out}${output.err}`);
        }
        await new Promise((resolve) => setTimeout(resolve, 20));
      }
    },
    async result() {
      await ended;
      return child.signalCode ? undefined : JSON.parse(output.out);
    },
    async kill() {
      child.kill('SIGKILL');
      await ended;
    },
  };
}
