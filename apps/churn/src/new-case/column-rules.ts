import type { CategoryColumn, Column } from '@churn/core';
import type { DatasetColumn } from '@churn/io';

/** The maximum number of levels that are declared; columns with more may get new ones. */
const FEW_LEVELS = 20;
/** The minimum number of values; properties of fewer may be chance. */
const MIN_VALUES = 20;

/**
 * The declaration of a feature in a configuration: its format, and the rules that all of its values satisfy.
 * @param read how the column was read.
 * @param column its values.
 */
export function columnRules(
  { kind, decimal, dateOrder }: DatasetColumn,
  column: Column,
): Omit<DatasetColumn, 'name'> {
  const written = { kind, ...(decimal && { decimal }), ...(dateOrder && { dateOrder }) };
  if (column.kind === 'numeric') return { ...written, ...numberRules(column.values) };
  return kind === 'category' ? { ...written, ...levelRules(column) } : written;
}

function numberRules(values: Float64Array): Pick<DatasetColumn, 'integer' | 'min'> {
  const present = values.filter((value) => !Number.isNaN(value));
  if (present.length < MIN_VALUES) return {};
  return {
    ...(present.every(Number.isInteger) && { integer: true }),
    ...(present.every((value) => value >= 0) && { min: 0 }),
  };
}

function levelRules({ codes, levels }: CategoryColumn): Pick<DatasetColumn, 'levels'> {
  const present = new Set(codes);
  const found = levels.filter((_, code) => present.has(code));
  return found.length > 0 && found.length <= FEW_LEVELS ? { levels: found } : {};
}
