import { type SpawnOptionsWithoutStdio, spawn } from 'node:child_process';
import { setTimeout } from 'node:timers/promises';
import { BIN } from './bin';

/** The built command. */

/** A `churn serve` in a process of its own. */
export interface ServiceProcess {
  readonly address: string;
  /** What it has logged so far. */
  readonly log: string;
  /** Waits for a line. @returns its first group, or all that matched. @throws if the process ends first. */
  logged(pattern: RegExp): Promise<string>;
  signal(name: NodeJS.Signals): void;
  /** Ends it by a signal. @returns its exit code; `null` if it was killed. */
  end(signal?: NodeJS.Signals): Promise<number | null>;
}

/** Starts a service on a free port. @param shell the commands to run before it in the same shell, such as `ulimit -f 64`. */
export async function startService(
  args: readonly string[],
  { shell = ':', ...options }: SpawnOptionsWithoutStdio & { readonly shell?: string } = {},
): Promise<ServiceProcess> {
  const command = [process.execPath, BIN, 'serve', '--port', '0', ...args];
  const child = spawn('sh', ['-c', `${shell}; exec "$@"`, 'sh', ...command], options);
  const ended = new Promise<number | null>((resolve) => child.once('close', resolve));
  let log = '';
  child.stderr.on('data', (data) => {
    log += data;
  });
  const logged = async (pattern: RegExp) => {
    for (;;) {
      const found = pattern.exec(log);
      if (found) return found[1] ?? found[0];
      if (child.exitCode !== null || child.signalCode) {
        throw new Error(`the service ended before it logged ${pattern}: ${log}`);
      }
      await setTimeout(25);
    }
  };
  return {
    address: await logged(/serving .* at (http:\S+)/),
    get log() {
      return log;
    },
    logged,
    signal(name) {
      child.kill(name);
    },
    end(signal = 'SIGTERM') {
      child.kill(signal);
      return ended;
    },
  };
}
