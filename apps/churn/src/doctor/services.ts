import { connect } from 'node:net';
import type { Config } from '../config/config.js';
import type { Check } from './check.js';

/** The time limit for an answer of a service. */
const PATIENCE_MS = 3000;
const PORTS: Readonly<Record<string, number>> = {
  'redis:': 6379,
  'rediss:': 6379,
  'http:': 80,
  'https:': 443,
};

/** Checks whether the services that a configuration names accept connections. */
export function serviceChecks({ workers, tracking }: Pick<Config, 'workers' | 'tracking'>): Promise<Check[]> {
  const redis = typeof workers === 'object' && 'redis' in workers ? [['Redis', workers.redis] as const] : [];
  const mlflow = tracking ? [['MLflow', tracking.mlflow] as const] : [];
  return Promise.all([...redis, ...mlflow].map(([name, address]) => serviceCheck(name, address)));
}

async function serviceCheck(name: string, address: string): Promise<Check> {
  const { hostname, port, protocol } = new URL(address);
  // The address may contain a password.
  const place = `${hostname}:${port || PORTS[protocol]}`;
  const fault = await connectionFault(hostname, Number(port || PORTS[protocol]));
  return fault === undefined
    ? { name, state: 'ok', found: `${place} accepts connections` }
    : {
        ...{ name, state: 'error', found: `${place}: ${fault}` },
        advice: `start ${name}, or change its address in the configuration`,
      };
}

/** The reason why a connection fails; `undefined` if it succeeds. */
function connectionFault(host: string, port: number): Promise<string | undefined> {
  return new Promise((resolve) => {
    const socket = connect({ host: host.replace(/^\[|\]$/g, ''), port, timeout: PATIENCE_MS });
    const end = (fault?: string) => {
      socket.destroy();
      resolve(fault);
    };
    socket.once('connect', () => end());
    socket.once('timeout', () => end('no answer'));
    socket.once('error', (error: NodeJS.ErrnoException) => end(error.code ?? error.message));
  });
}
