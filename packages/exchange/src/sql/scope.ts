import type { ColumnId } from '../program/program.js';
import type { SqlDialect } from './dialect.js';
import { type Fragment, fragment } from './fragment.js';
import type { Layers } from './layers.js';
import { rangeOf } from './number-range.js';

/** The context of an expression: the dialect, earlier columns, and the layers that it may add columns to. */
export interface Scope {
  readonly dialect: SqlDialect;
  readonly layers: Layers;
  column(id: ColumnId): Fragment;
}

/** A number literal, NULL for NaN. */
export function numberFragment({ dialect }: Scope, value: number): Fragment {
  const range = rangeOf(value);
  if (Number.isNaN(value)) {
    return fragment(`CAST(NULL AS ${dialect.numberType})`, [], { isAtom: true, range, constant: value });
  }
  if (Math.abs(value) === Infinity) {
    return fragment(value > 0 ? dialect.infinity : `-${dialect.infinity}`, [], { range, constant: value });
  }
  // A negative number after a minus sign would start a comment.
  return fragment(dialect.number(value), [], { isAtom: value >= 0, range, constant: value });
}

/** With NULL instead of NaN. */
export function withoutNaN({ dialect, layers }: Scope, value: Fragment): Fragment {
  if (!value.mayBeNaN) return value;
  const bound = layers.bind(value);
  return fragment(dialect.nanToNull(bound.sql), [bound], { isAtom: true, range: bound.range });
}
