import { type ChildProcess, spawn, spawnSync } from 'node:child_process';
import { freePort } from './free-port';

/** Whether a Redis server is installed. With `CI_REQUIRE_REDIS=1`, tests that need it fail without it. */
export const HAS_REDIS =
  process.env.CI_REQUIRE_REDIS === '1' || spawnSync('redis-server', ['--version']).status === 0;

/** Starts a Redis server with its data in a folder; early connections have to be retried. */
export async function startRedis(
  folder: string,
): Promise<{ readonly url: string; readonly child: ChildProcess }> {
  const port = await freePort();
  const settings = { port, bind: '127.0.0.1', dir: folder, appendonly: 'yes', save: '' };
  const args = Object.entries(settings).flatMap(([name, value]) => [`--${name}`, String(value)]);
  return { url: `redis://127.0.0.1:${port}`, child: spawn('redis-server', args, { stdio: 'ignore' }) };
}
