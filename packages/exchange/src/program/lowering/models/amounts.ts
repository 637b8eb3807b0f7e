import type { ColumnId } from '../../program.js';
import { column, isInfinite, isMissing, or } from '../expressions.js';
import type { ProgramBuilder } from '../program-builder.js';
import { isBounded } from '../range.js';

/** Refuses rows whose amount is beyond the range of numbers, where there can be some. */
export function refuseUnbounded(amount: ColumnId, builder: ProgramBuilder): void {
  if (isBounded(builder.rangeOfColumn(amount))) return;
  builder.refuse(
    or(isMissing(column(amount)), isInfinite(column(amount))),
    'values that have a finite amount',
  );
}
