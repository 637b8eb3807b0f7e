import type { ColumnId } from '../../program.js';
import { column, isInfinite, isMissing, or } from '../expressions.js';
import type { ProgramBuilder } from '../program-builder.js';
import { isBounded } from '../range.js';

/** Rejects rows whose predicted value is not finite, if that is possible. */
export function refuseOverflow(amount: ColumnId, builder: ProgramBuilder): void {
  if (isBounded(builder.rangeOfColumn(amount))) return;
  builder.reject(or(isMissing(column(amount)), isInfinite(column(amount))), 'values that have a prediction');
}
