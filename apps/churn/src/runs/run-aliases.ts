import type { Config } from '../config/config.js';
import { registryFolder } from '../config/registry.js';
import type { NumberedEntry } from '../registry/alias-entry.js';
import { ALIAS, currentEntry, listAliases } from '../registry/alias-history.js';

/** The aliases that point to a model of each run, by run ID. */
export async function aliasesOfRuns(
  config: Pick<Config, 'registry' | 'output'>,
): Promise<ReadonlyMap<string, readonly string[]>> {
  const registry = registryFolder(config);
  const found = new Map<string, string[]>();
  for (const alias of await listAliases(registry)) {
    const run = (await currentEntry(registry, alias))?.run;
    if (run !== undefined) found.set(run, [...(found.get(run) ?? []), alias]);
  }
  return found;
}

/** The current entry of an alias; `undefined` if it does not exist. */
export async function entryOfAlias(
  config: Pick<Config, 'registry' | 'output'>,
  alias: string,
): Promise<NumberedEntry | undefined> {
  const registry = registryFolder(config);
  // Other text is not looked up, since it may be a path.
  return ALIAS.test(alias) ? currentEntry(registry, alias) : undefined;
}
