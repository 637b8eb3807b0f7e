import { ChurnError, visibleText } from '@churn/core';
import { autocomplete, isCancel, select, text } from '@clack/prompts';
import type { Asker, Choice } from './ask-case.js';

/** With more choices, the user filters by typing. */
const FEW = 8;

/** Asks on the terminal. Cancelling a question ends the command. */
export const terminalAsker: Asker = {
  async text(message, { initial, check } = {}) {
    const validate = (answer: string | undefined) => check?.(answer ?? '');
    return answered(await text({ message: visibleText(message), initialValue: initial, validate }));
  },
  async choose<V>(message: string, choices: readonly Choice<V>[], initialValue?: V) {
    const ask = choices.length > FEW ? autocomplete : select;
    const options = choices.map(({ label, hint, ...choice }) => ({
      ...choice,
      label: visibleText(label),
      ...(hint && { hint: visibleText(hint) }),
    }));
    // clack's types distinguish primitive values from others, which a type parameter does not.
    const prompt = { message: visibleText(message), options: options as never, initialValue, maxItems: FEW };
    return answered(await ask<V>(prompt)) as V;
  },
};

function answered<V>(answer: V): Exclude<V, symbol> {
  if (!isCancel(answer)) return answer as Exclude<V, symbol>;
  throw new ChurnError('invalid-parameter', 'init: cancelled; nothing was written');
}
