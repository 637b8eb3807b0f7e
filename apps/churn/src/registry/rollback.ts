import { ChurnError } from '@churn/core';
import type { Config } from '../config/config.js';
import { registryFolder } from '../config/registry.js';
import type { NumberedEntry } from './alias-entry.js';
import { type AliasHistory, addEntry, requireAlias, settledHistory } from './alias-history.js';
import { author } from './author.js';
import { requireStored } from './model-store.js';

/** The outcome of a rollback. */
export interface Rollback {
  readonly before: NumberedEntry;
  readonly after: NumberedEntry;
}

/**
 * Points an alias back to its model before the current promotion. Repeated rollbacks go back further.
 *
 * @throws `invalid-parameter` if there is no previous model, or somebody else changes the alias at the same time; `invalid-file` if that
 * model is damaged.
 */
export async function rollback(
  alias: string,
  { why = null }: { readonly why?: string | null },
  config: Pick<Config, 'registry' | 'output'>,
): Promise<Rollback> {
  requireAlias(alias);
  const registry = registryFolder(config);
  const history = await settledHistory(registry, alias);
  const { current: before, next } = history;
  const earlier = before && earlierPromotion(history, before);
  if (!before || !earlier) {
    throw new ChurnError(
      'invalid-parameter',
      before
        ? `${alias}: there is nothing to roll back to: ${before.model} of run ${before.run} is the first model promoted to it`
        : `${alias}: no such alias in ${registry}`,
    );
  }
  await requireStored(registry, earlier.sha256);
  const after: NumberedEntry = {
    ...earlier,
    number: next,
    action: 'rollback',
    who: author(),
    when: new Date().toISOString(),
    why,
    gate: null,
    replaces: before.number,
    restores: earlier.number,
  };
  if (await addEntry(registry, alias, after)) return { before, after };
  throw new ChurnError(
    'invalid-parameter',
    `${alias}: somebody else has just changed it; check churn registry, and roll back again if needed`,
  );
}

/** The promotion in force before that of an entry. */
function earlierPromotion({ entries }: AliasHistory, entry: NumberedEntry): NumberedEntry | undefined {
  const byNumber = new Map(entries.map((each) => [each.number, each]));
  const promotion = promotionOf(byNumber, entry);
  const replaced = promotion?.replaces == null ? undefined : byNumber.get(promotion.replaces);
  return replaced && promotionOf(byNumber, replaced);
}

function promotionOf(
  byNumber: ReadonlyMap<number, NumberedEntry>,
  entry: NumberedEntry,
): NumberedEntry | undefined {
  return entry.restores === null ? entry : byNumber.get(entry.restores);
}
