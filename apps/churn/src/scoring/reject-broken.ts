import { invalidValueDetail, type RejectedRow, type RowBatch } from '@churn/io';
import { faultText } from './fault-text.js';
import { type RowWarning, type RowWarnings, shownValue } from './row-warnings.js';

/** The faults of values that violate rules. */
export function brokenRules(
  warnings: readonly RowWarning[],
): { readonly column: string; readonly detail: string }[] {
  return warnings.flatMap(({ column, expected, value }) =>
    column === undefined || expected === undefined
      ? []
      : [{ column, detail: invalidValueDetail({ expected, received: shownValue(value) }) }],
  );
}

/** The batch without rows that violate declared rules, which are rejected with all their faults. */
export function rejectBroken(batch: RowBatch, judge: RowWarnings): RowBatch {
  const broken = new Map<number, string>();
  for (const [row, warnings] of judge.ofTable(batch.table)) {
    const rules = brokenRules(warnings);
    if (rules.length > 0) broken.set(row, rules.map(faultText).join('; '));
  }
  if (broken.size === 0) return batch;
  const kept = Int32Array.from({ length: batch.table.nRows }, (_, row) => row).filter(
    (row) => !broken.has(row),
  );
  const rejected = Array.from(broken, ([row, reason]): RejectedRow => {
    return { line: batch.lines[row], reason, row: batch.text(row) };
  });
  return {
    table: batch.table.take(kept),
    lines: Array.from(kept, (row) => batch.lines[row]),
    rejected: [...batch.rejected, ...rejected].sort((a, b) => a.line - b.line),
    text: (row) => batch.text(kept[row]),
    format: (rows, added) =>
      batch.format(
        rows.map((row) => kept[row]),
        added,
      ),
  };
}
