import { ChurnError } from '@churn/core';
import type { RulesMode } from '../scoring/reject-broken.js';
import { watchModel } from '../serve/model-file.js';
import { openMonitoring, type ServedMonitoring } from '../serve/monitoring.js';
import { createServer } from '../serve/server.js';
import type { Logger } from '../terminal/logger.js';

export interface ServeOptions {
  readonly model: string;
  readonly host: string;
  /** 0 takes a free one. */
  readonly port: number;
  /** The environment variable that holds the API key. */
  readonly apiKeyEnv?: string;
  /** Whether rows against the declared rules are scored with a warning, or refused; default `warn`. */
  readonly rules?: RulesMode;
  readonly maxRows?: number;
  readonly monitoring: ServedMonitoring;
}

/** How long clients have to notice that the service ends. */
const DRAIN_MS = 500;

/**
 * Serves a model over HTTP until the process is told to end (SIGTERM, SIGINT), and then answers what it has accepted. SIGHUP, and a
 * change of the model file, load the model anew.
 *
 * @throws `invalid-parameter` where the key is not in the environment or cannot be sent in a header, or where the address cannot be listened on.
 */
export async function serve(options: ServeOptions, logger: Logger): Promise<void> {
  const { host, port, rules, maxRows } = options;
  const apiKey = keyOf(options);
  const watched = await watchModel(options.model, logger);
  const model = watched.current;
  const { close, ...monitoring } = await openMonitoring(options.monitoring, model, logger);
  const app = createServer({ model, logger, apiKey, rules, maxRows, ...monitoring });
  const ended = new Promise<string>((resolve) => {
    for (const signal of ['SIGTERM', 'SIGINT'] as const) process.once(signal, () => resolve(signal));
  });
  process.on('SIGHUP', watched.reload);
  try {
    const address = await listen(() => app.listen({ host, port }));
    logger.info(`serving ${options.model} at ${address}`);
    logger.info(`${await ended}: answering what was accepted, then closing`);
    await app.drain(DRAIN_MS);
  } finally {
    process.off('SIGHUP', watched.reload);
    watched.stop();
    await close();
  }
}

function keyOf({ apiKeyEnv }: ServeOptions): string | undefined {
  if (apiKeyEnv === undefined) return undefined;
  const key = process.env[apiKeyEnv];
  if (!key) {
    throw new ChurnError(
      'invalid-parameter',
      `--api-key-env ${apiKeyEnv}: expected a key in this environment variable, which is empty`,
    );
  }
  // A header could not carry it as it is.
  if (!/^[\x20-\x7e]+$/.test(key) || key.trim() !== key) {
    throw new ChurnError(
      'invalid-parameter',
      `--api-key-env ${apiKeyEnv}: expected a key of printable ASCII characters, without a space or line end around it`,
    );
  }
  return key;
}

async function listen(start: () => Promise<string>): Promise<string> {
  try {
    return await start();
  } catch (error) {
    throw new ChurnError('invalid-parameter', `cannot listen: ${(error as Error).message}`, { cause: error });
  }
}
