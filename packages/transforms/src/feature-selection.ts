import { ChurnError, isNumberOrNull, type StateReader, type Table } from '@churn/core';
import { nameList } from './name-list.js';
import { dropFromRow } from './select-row.js';
import type { Transformation } from './transformer.js';

/** The result of a selection for each column considered. */
export type FeatureSelectionState = {
  /** The columns kept. */
  readonly selected: readonly string[];
  readonly dropped: readonly string[];
  /** The score of each column by name; `null` if it has none. */
  readonly scores: Readonly<Record<string, number | null>>;
};

/** Applies a selection to a table; columns not considered pass through. */
export interface FeatureSelection extends Transformation {
  /** The columns dropped at `fit`; a pipeline does not require them of new rows. */
  readonly unread: readonly string[];
}

/** The common part of all selection definitions. */
export const selecting = {
  restore(state: StateReader): FeatureSelectionState {
    const [selected, dropped] = [state.names('selected'), state.names('dropped')];
    const scores = state.record('scores', isNumberOrNull);
    const all = new Set([...selected, ...dropped]);
    const isWhole =
      all.size === selected.length + dropped.length && [...all].every((name) => Object.hasOwn(scores, name));
    state.expect(isWhole, 'scores', 'of all columns of "selected" and "dropped", each in exactly one');
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
 * The columns that a selection considers.
 * @throws `column-name` or `column-kind` if one is not a numeric column of the table; `invalid-data` if there are none.
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
