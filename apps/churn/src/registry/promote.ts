import { ChurnError, type JsonObject } from '@churn/core';
import type { Config } from '../config/config.js';
import { registryFolder } from '../config/registry.js';
import { fileSha256 } from '../runs/file-sha256.js';
import { loadAnyModel } from '../scoring/scoring-model.js';
import type { NumberedEntry } from './alias-entry.js';
import { addEntry, requireAlias, settledHistory } from './alias-history.js';
import { author } from './author.js';
import { type Contender, challengerOf, championOf, type RunContender } from './contender.js';
import { askGate, type GateDecision, unaskedGate } from './gate.js';
import { modelCard } from './model-card.js';
import { storeCard, storeModel } from './model-store.js';

export interface PromoteOptions {
  /** The alias. */
  readonly as: string;
  /** A model of the run; by default the best. */
  readonly model?: string;
  readonly why?: string;
  /** Whether to promote regardless of the gate. */
  readonly force?: boolean;
}

/** The outcome of a promotion. */
export interface Promotion {
  readonly outcome: 'promoted' | 'refused' | 'unchanged';
  readonly challenger: RunContender;
  /** The previous entry of the alias. */
  readonly before: NumberedEntry | undefined;
  /** The decision of the gate; `null` without a gate. */
  readonly decision: GateDecision | null;
}

/**
 * Points an alias to a model of a run, if it passes the gate: copies the model into the registry, then adds an entry to the alias. If
 * somebody else promotes at the same time, one is first, and the other is compared with it.
 *
 * @param run the name of the run.
 * @throws `invalid-parameter` if there is no such run or model; `model-file` if the model cannot be loaded; `invalid-file` if the registry
 * cannot be written, which leaves the alias unchanged; also as `askGate` does.
 */
export async function promote(run: string, options: PromoteOptions, config: Config): Promise<Promotion> {
  const { as, model, why = null, force = false } = options;
  requireAlias(as);
  const registry = registryFolder(config);
  const challenger = await challengerOf(config, run, model);
  const { hash } = await loadAnyModel(challenger.file);
  const sha256 = challenger.ofRun.sha256 ?? (await fileSha256(challenger.file));
  for (;;) {
    const { current: before, next } = await settledHistory(registry, as);
    if (before?.sha256 === sha256) {
      return { outcome: 'unchanged', challenger, before, decision: null };
    }
    const champion = before && (await championOf(registry, before, config));
    const decision = await decide(challenger, champion, config, force);
    if (decision?.passed === false && !force) return { outcome: 'refused', challenger, before, decision };
    await storeModel(registry, challenger.file, sha256);
    await storeCard(registry, sha256, await modelCard(challenger, config, decision));
    const isAdded = await addEntry(registry, as, {
      number: next,
      action: 'promote',
      run: challenger.run,
      model: challenger.model,
      sha256,
      hash,
      metrics: challenger.ofRun.metrics,
      who: author(),
      when: new Date().toISOString(),
      why,
      gate: decision as JsonObject | null,
      replaces: before?.number ?? null,
      restores: null,
    });
    if (isAdded) return { outcome: 'promoted', challenger, before, decision };
  }
}

/** With `force`, models that cannot be compared are promoted, too. */
async function decide(
  challenger: Contender,
  champion: Contender | undefined,
  config: Config,
  force: boolean,
): Promise<GateDecision | null> {
  const { gate } = config.registry;
  if (gate === undefined) return null;
  try {
    return await askGate(challenger, champion, config, gate);
  } catch (error) {
    if (!force || !ChurnError.is(error)) throw error;
    return unaskedGate(error.message, champion, config, gate);
  }
}
