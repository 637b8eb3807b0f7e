import type { ColumnId } from '../../program.js';
import { column, isInfinite, isMissing, or } from '../expressions.js';
import type { ProgramBuilder } from '../program-builder.js';
import { isBounded } from '../range.js';

/** Refuses rows whose amount is not a finite number, where there can be some. */
export function refuseOverflow(amount: ColumnId, builder: ProgramBuilder): void {
  if (isBounded(builder.rangeOfColumn(amount))) return;
  builder.refuse(or(isMissing(column(amount)), isInfinite(column(amount))), 'values that have a prediction');
}
