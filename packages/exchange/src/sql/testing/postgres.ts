import { execFileSync, spawn } from 'node:child_process';
import { chmodSync, existsSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { createServer } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout } from 'node:timers/promises';

const BIN = '/usr/lib/postgresql/15/bin';

/** Whether PostgreSQL is installed; required in CI. */
export const HAS_POSTGRES = existsSync(join(BIN, 'initdb')) || process.env.CI_REQUIRE_POSTGRES === '1';

export interface RunningPostgres {
  /** Runs statements. @returns the rows of the last one with rows, as JSON. */
  run(script: string): readonly Record<string, unknown>[];
  stop(): Promise<void>;
}

/** Starts a server in a temporary folder, on a free loopback port. */
export async function startPostgres(): Promise<RunningPostgres> {
  const folder = mkdtempSync(join(tmpdir(), 'churn-postgres-'));
  const data = join(folder, 'data');
  const port = await freePort();
  chmodSync(folder, 0o777);
  const asUser = (program: string, args: readonly string[]): [string, string[]] =>
    process.getuid?.() === 0
      ? ['runuser', ['-u', 'postgres', '--', join(BIN, program), ...args]]
      : [join(BIN, program), [...args]];
  execFileSync(...asUser('initdb', ['-D', data, '-U', 'churn', '-A', 'trust', '-E', 'UTF8', '--no-sync']), {
    cwd: folder,
    stdio: 'pipe',
  });
  const server = spawn(
    ...asUser('postgres', [
      '-D',
      data,
      '-h',
      '127.0.0.1',
      '-p',
      String(port),
      '-k',
      folder,
      '-c',
      'fsync=off',
    ]),
    { cwd: folder, stdio: 'ignore' },
  );
  const psql = (...args: readonly string[]) =>
    execFileSync(
      join(BIN, 'psql'),
      [
        '-X',
        '-q',
        '-A',
        '-t',
        '-v',
        'ON_ERROR_STOP=1',
        '-h',
        '127.0.0.1',
        '-p',
        String(port),
        '-U',
        'churn',
        ...args,
        'postgres',
      ],
      { encoding: 'utf8', stdio: 'pipe', maxBuffer: 1e9 },
    );
  for (let tries = 0; ; tries++) {
    try {
      psql('-c', 'SELECT 1');
      break;
    } catch (error) {
      if (tries > 100) throw error;
      await setTimeout(100);
    }
  }
  return {
    run(script) {
      const file = join(folder, 'script.sql');
      writeFileSync(file, script);
      const lines = psql('-f', file).trim();
      return lines === '' ? [] : lines.split('\n').map((line) => JSON.parse(line));
    },
    async stop() {
      const ended = new Promise((resolve) => server.once('exit', resolve));
      execFileSync(...asUser('pg_ctl', ['-D', data, '-m', 'immediate', 'stop']), {
        cwd: folder,
        stdio: 'pipe',
      });
      await ended;
      rmSync(folder, { recursive: true, force: true });
    },
  };
}

function freePort(): Promise<number> {
  return new Promise((resolve, reject) => {
    const server = createServer().once('error', reject);
    server.listen(0, '127.0.0.1', () => {
      const address = server.address();
      server.close(() =>
        typeof address === 'object' && address ? resolve(address.port) : reject(new Error('no port')),
      );
    });
  });
}
