import type { Config } from '../config/config.js';
import { registryFolder } from '../config/registry.js';
import type { NumberedEntry } from '../registry/alias-entry.js';
import { listAliases, readHistory } from '../registry/alias-history.js';
import type { Outcome } from '../terminal/outcome.js';
import { tableOf } from '../terminal/text-table.js';

/**
 * The aliases of the registry with their history, latest first: who changed them, when and why.
 * @throws `invalid-file` or `model-file` if an entry cannot be read.
 */
export async function showRegistry(config: Pick<Config, 'registry' | 'output'>): Promise<Outcome> {
  const registry = registryFolder(config);
  const names = await listAliases(registry);
  const aliases = await Promise.all(
    names.map(async (name) => ({ name, entries: (await readHistory(registry, name)).entries.toReversed() })),
  );
  return {
    text:
      aliases.length === 0
        ? `no alias in ${registry}; create one by churn promote RUN --as champion`
        : aliases.map(({ name, entries }) => historyTable(name, entries)).join('\n\n'),
    figures: {
      aliases: aliases.map(({ name, entries }) => ({ alias: name, current: entries[0], history: entries })),
    },
  };
}

function historyTable(name: string, entries: readonly NumberedEntry[]): string {
  return tableOf(
    [name, 'model', 'model hash', 'run', 'who', 'when', 'how', 'why'],
    entries.map((entry, i) => [
      i === 0 ? `${entry.number} (now)` : String(entry.number),
      entry.model,
      entry.hash?.slice(0, 12) ?? '',
      entry.run,
      entry.who,
      `${entry.when.slice(0, 19)}Z`,
      howText(entry),
      entry.why ?? '',
    ]),
    ['left', 'left', 'left', 'left', 'left', 'left', 'left', 'left'],
  );
}

function howText({ action, restores, gate }: NumberedEntry): string {
  if (action === 'rollback') return `back to ${restores}`;
  if (gate === null) return 'without a gate';
  return gate.passed === true ? 'by the gate' : 'against the gate';
}
