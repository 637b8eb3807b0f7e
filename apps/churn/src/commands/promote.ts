import type { Config } from '../config/config.js';
import type { NumberedEntry } from '../registry/alias-entry.js';
import { contenderText } from '../registry/contender.js';
import { decisionLines } from '../registry/gate.js';
import { type PromoteOptions, promote as promoteModel } from '../registry/promote.js';
import { rollback as rollBack } from '../registry/rollback.js';

/** What a promotion is to a user. */
export interface PromotionText {
  readonly isRefused: boolean;
  readonly text: string;
}

/** Has an alias lead to a model of a run, if the gate of the configuration lets it. @throws what `promote` of the registry throws. */
export async function promote(run: string, options: PromoteOptions, config: Config): Promise<PromotionText> {
  const { as } = options;
  const { outcome, challenger, before, decision } = await promoteModel(run, options, config);
  const name = contenderText(challenger);
  if (outcome === 'unchanged') return { isRefused: false, text: `${as} already is ${name}` };
  const figures = decision ? decisionLines(decision) : [];
  const refusals = decision?.refusals ?? [];
  if (outcome === 'refused') {
    const stays = `${as} stays ${contenderText(before as NumberedEntry)}`;
    return {
      isRefused: true,
      text: [`${name} is not promoted`, ...refusals, ...figures, stays].join('\n'),
    };
  }
  const instead = before ? `, instead of ${contenderText(before)}` : '';
  const forced = refusals.map((reason) => `the gate rejects it: ${reason}`);
  return { isRefused: false, text: [`${as} is ${name}${instead}`, ...figures, ...forced].join('\n') };
}

/** Has an alias lead to the model before. @throws what `rollback` of the registry throws. */
export async function rollback(
  alias: string,
  options: { readonly why?: string },
  config: Pick<Config, 'registry' | 'output'>,
): Promise<string> {
  const { before, after } = await rollBack(alias, options, config);
  return `${alias} is ${contenderText(after)} again, instead of ${contenderText(before)}`;
}
