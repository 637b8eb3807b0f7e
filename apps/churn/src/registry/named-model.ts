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

/** A model as a command was told it. */
export interface NamedModel {
  /** What a user calls it: its file, or the alias. */
  readonly name: string;
  readonly file: string;
  /** The alias that leads to it now, where it was named by one. */
  readonly alias?: Alias;
  /** The folder of the run that made the model, where an alias tells it; it may be gone. */
  readonly run?: string;
}

/**
 * The model that is meant by the name of a file, by an alias, or by nothing: the best of the last training. A name of letters,
 * digits, _ and - that no file has is that of an alias.
 *
 * @param config is asked only where the name is not that of a file.
 * @throws `invalid-parameter` where there is no such alias, with those that there are; `invalid-file` where nothing was trained.
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
  const settings = await config();
  const alias = { registry: registryFolder(settings), name };
  const { run, sha256 } = await aliasedModel(alias);
  const file = storedModelFile(alias.registry, sha256);
  return { name, file, alias, run: runPath(settings.output.folder, run) };
}

/**
 * The entry of the model that an alias leads to now.
 * @throws `invalid-parameter` where there is no such alias, with those that there are.
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
        : 'no alias yet: churn promote makes one'
    }`,
  );
}
