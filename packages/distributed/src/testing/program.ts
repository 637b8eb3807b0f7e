import { type ChildProcess, spawn } from 'node:child_process';
import { join } from 'node:path';

/** A program of test/programs that runs, and what it has said so far. */
export interface Program {
  readonly child: ChildProcess;
  readonly said: { out: string; err: string };
  /** Settles when it has said so on either stream. @throws if it ends before. */
  says(text: string | RegExp): Promise<void>;
  /** What it printed, as JSON, when it has ended; `undefined` if it was killed. */
  result(): Promise<unknown>;
  kill(): Promise<void>;
}

/** Starts a program, which uses the built package: threads cannot import TypeScript. */
export function start(name: string, options: object): Program {
  const script = join(__dirname, '../../test/programs', name);
  const child = spawn(process.execPath, [script, JSON.stringify(options)], {
    stdio: ['ignore', 'pipe', 'pipe'],
    // Jest has a copy of it for each test file.
    env: process.env,
  });
  const said = { out: '', err: '' };
  const ended = new Promise<void>((resolve) => child.once('close', () => resolve()));
  child.stdout.on('data', (data) => {
    said.out += data;
  });
  child.stderr.on('data', (data) => {
    said.err += data;
  });
  return {
    child,
    said,
    async says(text) {
      const isSaid = () => [said.out, said.err].some((each) => each.search(text) >= 0);
      while (!isSaid()) {
        if (child.exitCode !== null || child.signalCode) {
          throw new Error(`${name} ended before it said ${text}: ${said.out}${said.err}`);
        }
        await new Promise((resolve) => setTimeout(resolve, 20));
      }
    },
    async result() {
      await ended;
      return child.signalCode ? undefined : JSON.parse(said.out);
    },
    async kill() {
      child.kill('SIGKILL');
      await ended;
    },
  };
}
