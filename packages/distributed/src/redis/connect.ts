import { ChurnError } from '@churn/core';
import { Redis } from 'ioredis';
import { reasonOf } from '../reason-of.js';

/** How long the first connection is retried. */
const FIRST_CONNECTION_MS = 5000;
const LONGEST_PAUSE_MS = 1000;

/** Called with messages about connections, workers and builds. */
export type OnMessage = (message: string, level: 'debug' | 'info' | 'warn') => void;

/**
 * Connects to Redis. If the connection is lost later, commands wait until it is restored.
 * @throws `invalid-parameter` if the address is not one of Redis, or Redis cannot be reached or refuses the connection.
 */
export async function connect(url: string, onMessage: OnMessage): Promise<Redis> {
  const address = addressOf(url);
  const began = performance.now();
  let isFirst = true;
  let isAway = false;
  let reason = 'no answer';
  const redis = new Redis(url, {
    maxRetriesPerRequest: null,
    lazyConnect: true,
    retryStrategy(times) {
      if (isFirst && performance.now() - began > FIRST_CONNECTION_MS) return null;
      return Math.min(50 * times, LONGEST_PAUSE_MS);
    },
  });
  redis.on('error', (error) => {
    reason = reasonOf(error);
  });
  redis.on('reconnecting', () => {
    if (isFirst || isAway) return;
    isAway = true;
    onMessage(`lost the connection to ${address}; retrying`, 'warn');
  });
  redis.on('ready', () => {
    if (isAway) onMessage(`reconnected to ${address}`, 'info');
    isAway = false;
  });
  try {
    await redis.connect();
    // Only the first command shows whether we have access.
    await redis.ping();
  } catch (error) {
    redis.disconnect();
    if (!/closed/i.test(reasonOf(error))) reason = reasonOf(error);
    throw new ChurnError('invalid-parameter', `${address}: cannot connect: ${reason}`, { cause: error });
  }
  isFirst = false;
  return redis;
}

/** An address without its credentials. @throws `invalid-parameter` if it is not an address of Redis. */
export function addressOf(url: string): string {
  let parsed: URL;
  try {
    parsed = new URL(url);
  } catch {
    throw wrongUrl(url);
  }
  if (!/^rediss?:$/.test(parsed.protocol) || parsed.hostname === '') throw wrongUrl(url);
  return `${parsed.protocol}//${parsed.host}${parsed.pathname === '/' ? '' : parsed.pathname}`;
}

function wrongUrl(url: string): ChurnError {
  const shown = url.replace(/\/\/[^/@]*@/, '//***@').slice(0, 80);
  return new ChurnError(
    'invalid-parameter',
    `url: expected an address such as redis://host:6379, got ${JSON.stringify(shown)}`,
  );
}
