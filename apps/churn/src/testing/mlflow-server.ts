import { type ChildProcess, spawn } from 'node:child_process';
import { join } from 'node:path';
import { setTimeout } from 'node:timers/promises';
import { freePort } from './free-port';

/** A Python with MLflow, if any. */
export const MLFLOW_PYTHON = process.env.MLFLOW_PYTHON;

const STARTING_MS = 90_000;

export interface RunningServer {
  readonly address: string;
  stop(): Promise<void>;
}

/** Starts an MLflow server with its data in a folder. */
export async function startMlflow(folder: string): Promise<RunningServer> {
  const port = await freePort();
  const args = ['-m', 'mlflow', 'server', '--host', '127.0.0.1', '--port', String(port), '--workers', '1'];
  const stores = [
    ...['--backend-store-uri', `sqlite:///${join(folder, 'mlflow.db')}`],
    ...['--artifacts-destination', join(folder, 'artifacts')],
  ];
  const child = spawn(MLFLOW_PYTHON as string, [...args, ...stores], {
    cwd: folder,
    // A separate process group, since the server has child processes.
    detached: true,
    env: { ...process.env, MLFLOW_SERVER_ENABLE_JOB_EXECUTION: 'false', MLFLOW_DISABLE_TELEMETRY: 'true' },
    stdio: ['ignore', 'ignore', 'pipe'],
  });
  let output = '';
  child.stderr.on('data', (data) => {
    output += data;
  });
  const address = `http://127.0.0.1:${port}`;
  for (let waited = 0; !(await isHealthy(address)); waited += 200) {
    if (child.exitCode !== null || waited > STARTING_MS) {
      await stop(child);
      throw new Error(`MLflow did not start: ${output}`);
    }
    await setTimeout(200);
  }
  return { address, stop: () => stop(child) };
}

async function stop(child: ChildProcess): Promise<void> {
  if (child.exitCode !== null) return;
  const ended = new Promise((resolve) => child.once('exit', resolve));
  process.kill(-(child.pid as number), 'SIGKILL');
  await ended;
}

async function isHealthy(address: string): Promise<boolean> {
  return fetch(`${address}/health`).then(
    ({ ok }) => ok,
    () => false,
  );
}
