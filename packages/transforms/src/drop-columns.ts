import {
  type FittedTransformer,
  fitThenTransform,
  isString,
  type RowStep,
  requireParameter,
  type StateReader,
  type Table,
  type TableSchema,
  type Transformer,
} from '@churn/core';
import { nameList } from './name-list.js';
import { dropFromRow } from './select-row.js';
import { wildcard } from './wildcard.js';

/** Each pattern with a `*` is held against each column. */
const MOST_WILDCARDS = 100;
const WILDCARDS = `names and up to ${MOST_WILDCARDS} patterns with a *`;

/** The patterns, and the columns at `fit` that matched one. */
export type DropColumnsState = { readonly patterns: readonly string[]; readonly dropped: readonly string[] };

/**
 * Removes columns by name or by pattern, where `*` stands for any run of characters. Names that are not there are passed
 * over, so that new rows need not have them.
 *
 * ```ts
 * new DropColumns(['CLIENTNUM', 'Naive_Bayes_*']);
 * ```
 */
export class DropColumns implements Transformer<FittedDropColumns> {
  readonly role = 'transformer';
  static readonly type = 'DropColumns';
  readonly patterns: readonly string[];

  /** @throws `invalid-parameter` where `patterns` is not a list of text, or more than a hundred have a `*`. */
  constructor(patterns: readonly string[]) {
    const areNames = Array.isArray(patterns) && patterns.every(isString);
    requireParameter(areNames, 'patterns', 'a list of column names or patterns', patterns);
    requireParameter(areFewWildcards(patterns), 'patterns', WILDCARDS, patterns);
    this.patterns = [...patterns];
  }

  /** @throws `model-file` where `state` is not what this class writes. */
  static restore(state: StateReader): FittedDropColumns {
    const patterns = state.list('patterns', isString);
    state.expect(areFewWildcards(patterns), 'patterns', WILDCARDS);
    return new FittedDropColumns({ patterns, dropped: state.names('dropped') });
  }

  fit(x: Table): FittedDropColumns {
    return new FittedDropColumns({ patterns: this.patterns, dropped: matching(x.names, this.patterns) });
  }

  fitTransform(x: Table) {
    return fitThenTransform(this, x);
  }
}

/** The columns that a `DropColumns` removes. */
export class FittedDropColumns implements FittedTransformer {
  readonly role = 'transformer';
  readonly type = DropColumns.type;

  constructor(readonly state: DropColumnsState) {}

  /** The columns that were dropped at `fit`: a pipeline does not demand them of new rows. */
  get unread(): readonly string[] {
    return this.state.dropped;
  }

  transform(x: Table): Table {
    return x.drop(matching(x.names, this.state.patterns));
  }

  compileRow(schema: TableSchema): RowStep {
    const names = schema.map(({ name }) => name);
    return dropFromRow(schema, matching(names, this.state.patterns));
  }

  describe(): string {
    return `DropColumns: dropped ${nameList(this.state.dropped)}`;
  }
}

function matching(names: readonly string[], patterns: readonly string[]): string[] {
  const wildcards = patterns.filter(isWildcard).map(wildcard);
  const exact = new Set(patterns);
  return names.filter((name) => exact.has(name) || wildcards.some((fits) => fits(name)));
}

function isWildcard(pattern: string): boolean {
  return pattern.includes('*');
}

function areFewWildcards(patterns: readonly string[]): boolean {
  return patterns.filter(isWildcard).length <= MOST_WILDCARDS;
}
