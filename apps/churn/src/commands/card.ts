import { ChurnError } from '@churn/core';
import { decodeUtf8, readBytes } from '@churn/io';
import type { Config } from '../config/config.js';
import { registryFolder } from '../config/registry.js';
import { challengerOf } from '../registry/contender.js';
import { modelCard } from '../registry/model-card.js';
import { storedCardFile } from '../registry/model-store.js';
import { entryOfAlias } from '../runs/run-aliases.js';
import type { Outcome } from '../terminal/outcome.js';

/**
 * The card of a model: for an alias, that in the registry; for a run, a new one.
 * @param text the name of the alias or the run.
 * @throws `invalid-parameter` if there is neither; `invalid-file` if its card cannot be read.
 */
export async function card(
  text: string,
  { model }: { readonly model?: string },
  config: Config,
): Promise<Outcome> {
  const registry = registryFolder(config);
  const entry = await entryOfAlias(config, text);
  if (entry === undefined)
    return ofCard(await modelCard(await challengerOf(config, text, model), config, null));
  if (model !== undefined) {
    throw new ChurnError(
      'invalid-parameter',
      `--model ${model}: expected a run, since alias ${text} refers to one model`,
    );
  }
  const file = storedCardFile(registry, entry.sha256);
  return ofCard(decodeUtf8(await readBytes(file), file));
}

function ofCard(markdown: string): Outcome {
  return { text: markdown.trimEnd(), figures: { markdown } };
}
