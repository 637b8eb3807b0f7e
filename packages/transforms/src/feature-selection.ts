import {
  ChurnError,
  type FittedTransformer,
  isNumberOrNull,
  type RowStep,
  type StateReader,
  type Table,
  type TableSchema,
} from '@churn/core';
import { nameList } from './name-list.js';
import { dropFromRow } from './select-row.js';

/** What a selection found of each column that it looked at. */
export type FeatureSelectionState = {
  /** The columns that stay. */
  readonly selected: readonly string[];
  readonly dropped: readonly string[];
  /** How much each column says, by its name; `null` where that cannot be told. */
  readonly scores: Readonly<Record<string, number | null>>;
};

/** The columns that a selection by the target keeps; those that it did not look at pass through. */
export class FittedFeatureSelection implements FittedTransformer {
  readonly role = 'transformer';

  constructor(
    readonly type: string,
    readonly state: FeatureSelectionState,
  ) {}

  /** The columns that were dropped at `fit`: a pipeline does not demand them of new rows. */
  get unread(): readonly string[] {
    return this.state.dropped;
  }

  /** @throws `column-name` where a column that stays is not there. */
  transform(x: Table): Table {
    for (const name of this.state.selected) x.column(name);
    return x.drop(this.state.dropped.filter((name) => x.has(name)));
  }

  compileRow(schema: TableSchema): RowStep {
    return dropFromRow(schema, this.state.dropped);
  }

  describe(): string {
    return `${this.type}: kept ${nameList(this.state.selected)}`;
  }
}

/** @throws `model-file` where the state is not one of a selection. */
export function restoreSelection(type: string, state: StateReader): FittedFeatureSelection {
  const [selected, dropped] = [state.names('selected'), state.names('dropped')];
  const scores = state.record('scores', isNumberOrNull);
  const all = new Set([...selected, ...dropped]);
  const isWhole =
    all.size === selected.length + dropped.length && [...all].every((name) => Object.hasOwn(scores, name));
  state.expect(isWhole, 'scores', 'of all columns of "selected" and "dropped", each in one of them');
  return new FittedFeatureSelection(type, { selected, dropped, scores });
}

/** The columns that a selection looks at. @throws `column-name` or `column-kind` where one is not there as numbers. */
export function candidates(x: Table, columns: readonly string[] | undefined): readonly string[] {
  if (!columns) return x.namesOf('numeric');
  for (const name of columns) x.numeric(name);
  return columns;
}

/** The state of a selection that keeps some of the columns. */
export function selection(
  names: readonly string[],
  scores: ArrayLike<number>,
  isSelected: (j: number) => boolean,
): FeatureSelectionState {
  if (names.length === 0) throw new ChurnError('invalid-data', 'there are no numeric columns to select from');
  return {
    selected: names.filter((_, j) => isSelected(j)),
    dropped: names.filter((_, j) => !isSelected(j)),
    scores: Object.fromEntries(names.map((name, j) => [name, Number.isFinite(scores[j]) ? scores[j] : null])),
  };
}
