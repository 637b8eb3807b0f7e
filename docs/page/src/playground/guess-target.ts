import type { Column, Table } from '@churn/core';
import type { PredictedKind, TargetChoice } from './messages.js';

/** A target of more labels is hardly one to classify by. */
const MAX_CLASSES = 20;

/** What columns are called that say what became of a row. */
const OUTCOME =
  /^(is_?|has_?)?(churn(ed)?|left|exited|attrit\w*|cancell?ed|subscribed|converted|response|responded|survived|default(ed)?|fraud|outcome|target|label|class|y)(_?(flag|label|status|value))?$/i;

/** What can be predicted of the columns of a table, and the likely one: that is called like an outcome, or else the last. */
export function targetsOf(
  table: Table,
  isLearned: (name: string) => boolean,
): { readonly targets: readonly TargetChoice[]; readonly guess: string | undefined } {
  const targets = Array.from(table.entries(), ([name, column]) => ({ name, kinds: kindsOf(column) })).filter(
    ({ name, kinds }) => kinds.length > 0 && isLearned(name),
  );
  const named = targets.find(({ name }) => OUTCOME.test(name));
  return { targets, guess: (named ?? targets.at(-1))?.name };
}

/** What a column can be learned as: the likelier first. */
function kindsOf(column: Column): PredictedKind[] {
  const values = column.kind === 'numeric' ? column.values : column.codes;
  const isMissing = column.kind === 'numeric' ? Number.isNaN : (code: number) => code < 0;
  const distinct = new Set<number>();
  for (const value of values) {
    if (!isMissing(value)) distinct.add(value);
    if (distinct.size > MAX_CLASSES) break;
  }
  if (distinct.size < 2) return [];
  const isFew = distinct.size <= MAX_CLASSES;
  if (column.kind === 'category') return isFew ? ['classes'] : [];
  if (distinct.size === 2) return ['classes'];
  return isFew ? ['value', 'classes'] : ['value'];
}
