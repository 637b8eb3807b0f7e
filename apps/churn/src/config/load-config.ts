import { dirname, join } from 'node:path';
import { ChurnError } from '@churn/core';
import { decodeUtf8, readBytes } from '@churn/io';
import { isThere } from '../runs/is-there.js';
import { isObject } from './by-name.js';
import { type Config, checkedConfig } from './config.js';
import { shown } from './issue-text.js';
import { parseYaml } from './parse-yaml.js';

/** The maximum size of a configuration; ten thousand columns need less. */
const MAX_BYTES = 2 ** 20;

/**
 * Reads a configuration. If it `extends` another file, named relative to its own, it inherits all keys that it does not set.
 *
 * @throws `invalid-file` if it cannot be read, is empty or is not YAML; `invalid-parameter` with every error and its path.
 */
export async function loadConfig(file: string): Promise<Config> {
  const given = await readExtended(file).catch(async (error) => {
    if (!ChurnError.is(error) || (await isThere(file))) throw error;
    const advice = 'create one by churn init --data FILE --target COLUMN, or pass --config';
    throw new ChurnError(error.code, `${error.message}; ${advice}`, { cause: error });
  });
  return checkedConfig(given, file);
}

/** The content of a configuration file with what it inherits. */
async function readExtended(file: string, before: readonly string[] = []): Promise<unknown> {
  const config = parseYaml(decodeUtf8(await readBytes(file, MAX_BYTES), file), file);
  if (config === null) {
    throw new ChurnError('invalid-file', `${file}: empty, expected the keys of a configuration`);
  }
  if (!isObject(config) || config.extends === undefined) return config;
  const { extends: base, ...own } = config;
  if (typeof base !== 'string') {
    throw new ChurnError(
      'invalid-parameter',
      `${file}: extends: expected the name of a file, got ${shown(base)}`,
    );
  }
  const path = join(dirname(file), base);
  if (path === file || before.includes(path)) {
    throw new ChurnError('invalid-parameter', `${file}: extends: ${path} extends itself`);
  }
  const inherited = await readExtended(path, [...before, file]);
  return isObject(inherited) ? { ...inherited, ...own } : own;
}
