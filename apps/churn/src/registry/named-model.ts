import { ChurnError, didYouMean } from '@churn/core';
import type { Config } from '../config/config.js';
import { registryFolder } from '../config/registry.js';
import { isThere } from '../runs/is-there.js';
import { bestModelFile } from '../runs/output-files.js';
import { runPath } from '../runs/run-folder.js';
import type { NumberedEntry } from './alias-entry.js';
import { ALIAS, currentEntry, listAliases } from './alias-history.js';
import { storedModelFile } from './model-store.js';

/** An alias of a registry. */
export interface Alias {
  /** The folder of the registry. */
  readonly registry: string;
  readonly name: string;
}

/** A model as specified on the command line. */
export interface NamedModel {
  /** The name used by the user: its file, or the alias. */
  readonly name: string;
  readonly file: string;
  /** The alias, if it was named by one. */
  readonly alias?: Alias;
  /** The folder of the model's run, if known from an alias; it may no longer exist. */
  readonly run?: string;
}

/**
 * The model with the given file or alias; by default the best of the latest run. A name of letters, digits, _ and - that is not a file is
 * an alias.
 *
 * @param config called only if the name is not a file.
 * @throws `invalid-parameter` if the alias does not exist, listing those that do; `invalid-file` if nothing was trained, or
 * if the configuration, which has the registry of aliases, is missing.
 */
export async function namedModel(
  name: string | undefined,
  config: () => Promise<Config>,
): Promise<NamedModel> {
  if (name === undefined) {
    const file = await bestModelFile(await config());
    return { name: file, file };
  }
  if (!ALIAS.test(name) || (await isThere(name))) return { name, file: name };
  const settings = await config().catch((error) => {
    if (!ChurnError.is(error)) throw error;
    throw new ChurnError(
      error.code,
      `${name}: expected a model file or an alias; there is no such file, and ${error.message}`,
    );
  });
  const alias = { registry: registryFolder(settings), name };
  const { run, sha256 } = await aliasedModel(alias);
  const file = storedModelFile(alias.registry, sha256);
  return { name, file, alias, run: runPath(settings.output.folder, run) };
}

/**
 * The current entry of an alias.
 * @throws `invalid-parameter` if the alias does not exist, listing those that do.
 */
async function aliasedModel({ registry, name }: Alias): Promise<NumberedEntry> {
  const entry = await currentEntry(registry, name);
  if (entry) return entry;
  const known = await listAliases(registry);
  throw new ChurnError(
    'invalid-parameter',
    `${name}: expected a model file or an alias, got neither; ${registry} has ${
      known.length > 0
        ? `the aliases ${known.join(', ')}${didYouMean(name, known)}`
        : 'no alias yet: create one by churn promote'
    }`,
  );
}
