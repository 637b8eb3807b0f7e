import { ANY_NUMBER, type NumberRange } from './number-range.js';

/** A SQL expression. */
export interface Fragment {
  readonly sql: string;
  /** The query columns that it reads. */
  readonly uses: ReadonlySet<string>;
  /** Whether it can be an operand without parentheses. */
  readonly isAtom: boolean;
  /** The range of a number. */
  readonly range: NumberRange;
  /** Whether it can be NaN, which must be replaced by NULL before comparisons. */
  readonly mayBeNaN: boolean;
  /** The value, if it is a constant. */
  readonly constant?: number;
}

type Traits = Partial<Pick<Fragment, 'isAtom' | 'range' | 'mayBeNaN' | 'constant'>>;

/** A fragment composed of others. */
export function fragment(sql: string, of: readonly Fragment[], traits: Traits = {}): Fragment {
  const uses = new Set(of.flatMap((each) => [...each.uses]));
  return { sql, uses, isAtom: false, range: ANY_NUMBER, mayBeNaN: false, ...traits };
}

/** With parentheses unless it is an atom. */
export function operand({ sql, isAtom }: Fragment): string {
  return isAtom ? sql : `(${sql})`;
}
