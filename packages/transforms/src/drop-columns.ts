import { isString, type Parameter, parameter, required } from '@churn/core';
import { nameList } from './name-list.js';
import { type Dropping, dropFromRow } from './select-row.js';
import { type FittedBy, transformer } from './transformer.js';
import { wildcard } from './wildcard.js';

/** Each pattern with a `*` is matched against each column. */
const MAX_WILDCARDS = 100;
const WILDCARDS = `names and up to ${MAX_WILDCARDS} patterns with a *`;

const parameters = {
  /** Column names, and patterns in which `*` stands for any run of characters. */
  patterns: required(
    parameter(`a list of column ${WILDCARDS}`, arePatterns) satisfies Parameter<readonly string[]>,
  ),
};

/** The patterns, and the columns that matched one at `fit`. */
export type DropColumnsState = { readonly patterns: readonly string[]; readonly dropped: readonly string[] };

/**
 * Removes columns by name or by pattern, where `*` stands for any run of characters. Names of missing columns are ignored, so that new
 * rows need not have them.
 *
 * ```ts
 * new DropColumns(['CLIENTNUM', 'Naive_Bayes_*']);
 * ```
 */
export class DropColumns extends transformer({
  type: 'DropColumns',
  parameters,
  learn: (x, { patterns }): DropColumnsState => ({ patterns, dropped: matching(x.names, patterns) }),
  restore(state) {
    const patterns = state.list('patterns', isString);
    state.expect(arePatterns(patterns), 'patterns', WILDCARDS);
    return { patterns, dropped: state.names('dropped') };
  },
  apply: ({ patterns, dropped }): Dropping => ({
    unread: dropped,
    transform: (x) => x.drop(matching(x.names, patterns)),
    compileRow(schema) {
      const names = schema.map(({ name }) => name);
      return dropFromRow(schema, matching(names, patterns));
    },
  }),
  describe: ({ dropped }) => `dropped ${nameList(dropped)}`,
}) {
  /** @throws `invalid-parameter` if `patterns` is not a list of strings, or more than a hundred contain a `*`. */
  constructor(patterns: readonly string[]) {
    super({ patterns });
  }
}

/** A fitted `DropColumns`: the columns that it removes. */
export type FittedDropColumns = FittedBy<typeof DropColumns>;

function matching(names: readonly string[], patterns: readonly string[]): string[] {
  const wildcards = patterns.filter(isWildcard).map(wildcard);
  const exact = new Set(patterns);
  return names.filter((name) => exact.has(name) || wildcards.some((fits) => fits(name)));
}

function isWildcard(pattern: string): boolean {
  return pattern.includes('*');
}

function arePatterns(value: unknown): value is readonly string[] {
  return Array.isArray(value) && value.every(isString) && value.filter(isWildcard).length <= MAX_WILDCARDS;
}
