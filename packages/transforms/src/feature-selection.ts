import { ChurnError, isNumberOrNull, type StateReader, type Table } from '@churn/core';
import { nameList } from './name-list.js';
import { dropFromRow } from './select-row.js';
import type { Transformation } from './transformer.js';

/** What a selection found of each column that it looked at. */
export type FeatureSelectionState = {
  /** The columns that stay. */
  readonly selected: readonly string[];
  readonly dropped: readonly string[];
  /** How much each column says, by its name; `null` where that cannot be told. */
  readonly scores: Readonly<Record<string, number | null>>;
};

/** What a selection does with a table: the columns that it did not look at pass through. */
export interface FeatureSelection extends Transformation {
  /** The columns that were dropped at `fit`: a pipeline does not demand them of new rows. */
  readonly unread: readonly string[];
}

/** What all definitions of selections have in common. */
export const selecting = {
  restore(state: StateReader): FeatureSelectionState {
    const [selected, dropped] = [state.names('selected'), state.names('dropped')];
    const scores = state.record('scores', isNumberOrNull);
    const all = new Set([...selected, ...dropped]);
    const isWhole =
      all.size === selected.length + dropped.length && [...all].every((name) => Object.hasOwn(scores, name));
    state.expect(isWhole, 'scores', 'of all columns of "selected" and "dropped", each in one of them');
    return { selected, dropped, scores };
  },
  apply: ({ selected, dropped }: FeatureSelectionState): FeatureSelection => ({
    unread: dropped,
    transform(x) {
      for (const name of selected) x.column(name);
      return x.drop(dropped.filter((name) => x.has(name)));
    },
    compileRow: (schema) => dropFromRow(schema, dropped),
  }),
  describe: ({ selected }: FeatureSelectionState) => `kept ${nameList(selected)}`,
};

/**
 * The columns that a selection looks at.
 * @throws `column-name` or `column-kind` where one is not there as numbers; `invalid-data` where there are none.
 */
export function candidates(x: Table, columns: readonly string[] | undefined): readonly string[] {
  const names = columns ?? x.namesOf('numeric');
  for (const name of names) x.numeric(name);
  if (names.length === 0) throw new ChurnError('invalid-data', 'there are no numeric columns to select from');
  return names;
}

/** The state of a selection that keeps some of the columns. */
export function selection(
  names: readonly string[],
  scores: ArrayLike<number>,
  isSelected: (j: number) => boolean,
): FeatureSelectionState {
  return {
    selected: names.filter((_, j) => isSelected(j)),
    dropped: names.filter((_, j) => !isSelected(j)),
    scores: Object.fromEntries(names.map((name, j) => [name, Number.isFinite(scores[j]) ? scores[j] : null])),
  };
}
