import type { ProgramDatePart } from '../../expression.js';
import { and, column, isMissing, not } from '../expressions.js';
import { replacing, type TransformerLowering } from '../transformer-lowering.js';

export const dateParts: TransformerLowering = ({ state, frame, builder }) => {
  const { columns, parts, invalid } = state as {
    readonly columns: readonly string[];
    readonly parts: readonly ProgramDatePart[];
    readonly invalid: 'error' | 'missing';
  };
  return replacing(frame, ({ name, id }) => {
    if (!columns.includes(name)) return undefined;
    const of = column(id);
    if (invalid === 'error') {
      const isOther = and(not(isMissing(of)), not({ op: 'isDate', of }));
      builder.reject(isOther, 'a date such as 2024-02-29 or 2024-02-29T13:45:00Z');
    }
    return parts.map((part) => ({ op: 'datePart', part, of }));
  });
};
