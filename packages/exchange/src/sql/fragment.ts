import { ANY_NUMBER, type NumberRange } from './number-range.js';

/** A piece of SQL that has a value in each row. */
export interface Fragment {
  readonly sql: string;
  /** The columns of the query that it reads. */
  readonly uses: ReadonlySet<string>;
  /** Whether it can stand beside an operator without parentheses. */
  readonly isAtom: boolean;
  /** Of a number: where it lies. */
  readonly range: NumberRange;
  /** Whether it can be NaN, which stands for a missing number and has to become NULL before it is compared. */
  readonly mayBeNaN: boolean;
  /** Of a number that is the same in all rows. */
  readonly constant?: number;
}

type Traits = Partial<Pick<Fragment, 'isAtom' | 'range' | 'mayBeNaN' | 'constant'>>;

/** A fragment made of others. */
export function fragment(sql: string, of: readonly Fragment[], traits: Traits = {}): Fragment {
  const uses = new Set(of.flatMap((each) => [...each.uses]));
  return { sql, uses, isAtom: false, range: ANY_NUMBER, mayBeNaN: false, ...traits };
}

/** As it stands beside an operator. */
export function operand({ sql, isAtom }: Fragment): string {
  return isAtom ? sql : `(${sql})`;
}
