import { ChurnError } from '@churn/core';
import type { NamedModel } from '../registry/named-model.js';
import type { RulesMode } from '../scoring/rules-mode.js';
import {
  type ServedCounterfactualSettings,
  type ServedCounterfactuals,
  servedCounterfactuals,
} from '../serve/counterfactuals.js';
import { type Followed, followAlias } from '../serve/followed-alias.js';
import { watchModel } from '../serve/model-file.js';
import { type Monitoring, openMonitoring, type ServedMonitoring } from '../serve/monitoring.js';
import { loadServedModel, type ServedModel } from '../serve/served-model.js';
import { createServer } from '../serve/server.js';
import { type Shadow, startShadow } from '../serve/shadow.js';
import type { Logger } from '../terminal/logger.js';
import type { Outcome } from '../terminal/outcome.js';

export interface ServeOptions {
  readonly model: NamedModel;
  /** A model that scores each row after the response, in shadow mode; by default none. */
  readonly shadow?: NamedModel;
  readonly host: string;
  /** 0 for a free one. */
  readonly port: number;
  /** The name of the model in the Open Inference Protocol; by default what it predicts. */
  readonly modelName?: string;
  /** The environment variable with the API key. */
  readonly apiKeyEnv?: string;
  /** Whether rows that violate declared rules are scored with a warning, or rejected; by default `warn`. */
  readonly rules?: RulesMode;
  readonly maxRows?: number;
  readonly monitoring: ServedMonitoring;
  /** The settings of counterfactuals; by default there are none. */
  readonly counterfactuals?: ServedCounterfactualSettings;
}

/** The time for clients to notice that the service is closing. */
const DRAIN_MS = 500;

/**
 * Serves a model over HTTP until SIGTERM or SIGINT, and then finishes accepted requests. SIGHUP, and a change of the model file or the
 * alias, reload the model.
 *
 * @param onListening called with the address of the service.
 * @throws `invalid-parameter` if the key is not in the environment or cannot be sent in a header, or if the service cannot listen on the
 * address.
 */
export async function serve(
  options: ServeOptions,
  logger: Logger,
  onListening?: (outcome: Outcome) => void,
): Promise<void> {
  const { model, modelName, host, port, rules, maxRows } = options;
  const apiKey = keyOf(options);
  const watched = await watch(model, logger);
  let shadow: Shadow | undefined;
  let monitoring: Monitoring;
  let counterfactuals: ServedCounterfactuals | undefined;
  try {
    shadow = options.shadow && (await startShadow(options.shadow, logger));
    counterfactuals =
      options.counterfactuals && (await servedCounterfactuals(options.counterfactuals, watched.current()));
    monitoring = await openMonitoring(options.monitoring, watched.current, logger);
  } catch (error) {
    watched.stop();
    await shadow?.close();
    throw error;
  }
  const { close, observers, ...figures } = monitoring;
  const app = createServer({
    ...{ model: watched.current, logger, modelName, apiKey, rules, maxRows, shadow, counterfactuals },
    ...figures,
    observers: shadow ? [shadow.observe, ...observers] : observers,
  });
  const ended = new Promise<string>((resolve) => {
    for (const signal of ['SIGTERM', 'SIGINT'] as const) process.once(signal, () => resolve(signal));
  });
  process.on('SIGHUP', watched.reload);
  try {
    const address = await listen(app, { host, port });
    logger.info(`serving ${model.name} at ${address}`);
    onListening?.({ text: `serving ${model.name} at ${address}`, figures: { model: model.name, address } });
    if (options.shadow) logger.info(`${options.shadow.name} scores in shadow mode: ${address}/v1/shadow`);
    logger.info(`${await ended}: finishing accepted requests, then closing`);
    await app.drain(DRAIN_MS);
  } finally {
    process.off('SIGHUP', watched.reload);
    watched.stop();
    await shadow?.close();
    await close();
  }
}

function watch({ file, alias }: NamedModel, logger: Logger): Promise<Followed<ServedModel>> {
  if (alias === undefined) return watchModel(file, logger);
  return followAlias(alias, file, {
    load: loadServedModel,
    onReplaced: ({ hash }) => logger.info(`serving a new model as ${alias.name}: ${hash.slice(0, 12)}`),
    logger,
  });
}

function keyOf({ apiKeyEnv }: ServeOptions): string | undefined {
  if (apiKeyEnv === undefined) return undefined;
  const key = process.env[apiKeyEnv];
  if (!key) {
    throw new ChurnError(
      'invalid-parameter',
      `--api-key-env ${apiKeyEnv}: expected a key in this environment variable, got none`,
    );
  }
  // Other characters would not survive in a header.
  if (!/^[\x20-\x7e]+$/.test(key) || key.trim() !== key) {
    throw new ChurnError(
      'invalid-parameter',
      `--api-key-env ${apiKeyEnv}: expected a key of printable ASCII characters, without a space or line end around it`,
    );
  }
  return key;
}

/** @returns the address of the service. */
async function listen(
  app: ReturnType<typeof createServer>,
  { host, port }: Pick<ServeOptions, 'host' | 'port'>,
): Promise<string> {
  try {
    return await app.listen({ host, port });
  } catch (error) {
    const { message } = error as Error;
    throw new ChurnError('invalid-parameter', `--host ${host} --port ${port}: cannot listen: ${message}`, {
      cause: error,
    });
  }
}
