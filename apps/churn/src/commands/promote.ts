import type { Config } from '../config/config.js';
import type { NumberedEntry } from '../registry/alias-entry.js';
import { contenderText } from '../registry/contender.js';
import { decisionLines } from '../registry/gate.js';
import { type PromoteOptions, promote as promoteModel } from '../registry/promote.js';
import { rollback as rollBack } from '../registry/rollback.js';
import type { Outcome } from '../terminal/outcome.js';

/** The outcome of a promotion, to show to the user. */
export interface PromotionOutcome extends Outcome {
  readonly isRefused: boolean;
}

/** Points an alias to a model of a run, if it passes the gate of the configuration. @throws as `promote` of the registry does. */
export async function promote(
  run: string,
  options: PromoteOptions,
  config: Config,
): Promise<PromotionOutcome> {
  const { as } = options;
  const { outcome, challenger, before, decision } = await promoteModel(run, options, config);
  const name = contenderText(challenger);
  const figures = {
    ...{ alias: as, outcome, run: challenger.run, model: challenger.model, decision },
    before: before ? { run: before.run, model: before.model } : null,
  };
  if (outcome === 'unchanged') return { isRefused: false, text: `${as} is ${name} already`, figures };
  const lines = decision ? decisionLines(decision) : [];
  const refusals = decision?.refusals ?? [];
  if (outcome === 'refused') {
    const stays = `${as} stays ${contenderText(before as NumberedEntry)}`;
    return {
      isRefused: true,
      text: [`${name} is not promoted`, ...refusals, ...lines, stays].join('\n'),
      figures,
    };
  }
  const instead = before ? `, instead of ${contenderText(before)}` : '';
  const forced = refusals.map((reason) => `the gate refuses it: ${reason}`);
  return { isRefused: false, text: [`${as} is ${name}${instead}`, ...lines, ...forced].join('\n'), figures };
}

/** Points an alias back to its previous model. @throws as `rollback` of the registry does. */
export async function rollback(
  alias: string,
  options: { readonly why?: string },
  config: Pick<Config, 'registry' | 'output'>,
): Promise<Outcome> {
  const { before, after } = await rollBack(alias, options, config);
  const named = ({ run, model }: typeof after) => ({ run, model });
  return {
    text: `${alias} is ${contenderText(after)} again, instead of ${contenderText(before)}`,
    figures: { alias, ...named(after), before: named(before) },
  };
}
