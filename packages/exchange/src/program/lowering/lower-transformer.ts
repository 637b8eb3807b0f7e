import { compileRow, type FittedTransformer } from '@churn/core';
import type { Expression } from '../expression.js';
import { and, column, isInfinite, not } from './expressions.js';
import { Frame, programKind } from './frame.js';
import type { ProgramBuilder } from './program-builder.js';
import { FINITE, isBounded } from './range.js';
import { transformerLowerings } from './transformer-lowerings.js';
import { unsupportedClass } from './unsupported.js';

/**
 * Lowers a fitted transformer. As in a pipeline, rows that it maps to infinite numbers are rejected.
 *
 * @returns the output table.
 * @throws `unsupported` if there is no lowering for its class.
 */
export function lowerTransformer(fitted: FittedTransformer, frame: Frame, builder: ProgramBuilder): Frame {
  const lowering = Object.hasOwn(transformerLowerings, fitted.type)
    ? transformerLowerings[fitted.type]
    : unsupportedClass(fitted.type);
  const { schema } = compileRow([fitted], frame.schema);
  const values = lowering({
    fitted,
    state: fitted.state,
    frame,
    schema,
    builder,
    lower: (part, inner) => lowerTransformer(part, inner, builder),
  });
  const ids = builder.compute(
    fitted.type,
    schema.map(({ name, kind }, j) => ({ name, kind: programKind(kind), value: values[j] })),
  );
  schema.forEach(({ name, kind }, j) => {
    if (kind === 'numeric') refuseOverflow(name, ids[j], values[j], frame, builder);
  });
  return new Frame(schema.map((each, j) => ({ ...each, id: ids[j] })));
}

/** Rejects rows with infinite outputs, unless the input of the same name is infinite already. */
function refuseOverflow(
  name: string,
  id: number,
  value: Expression,
  frame: Frame,
  builder: ProgramBuilder,
): void {
  const before = frame.columns.find((each) => each.name === name && each.kind === 'numeric')?.id;
  if (before === id) return;
  const range = builder.rangeOf(value, (each) => {
    const known = builder.rangeOfColumn(each);
    return each === before && !isBounded(known) ? FINITE : known;
  });
  if (isBounded(range)) return;
  const wasFinite = before !== undefined && !isBounded(builder.rangeOfColumn(before));
  builder.reject(
    wasFinite ? and(isInfinite(column(id)), not(isInfinite(column(before)))) : isInfinite(column(id)),
    'a number that can be processed without becoming infinite',
  );
}
