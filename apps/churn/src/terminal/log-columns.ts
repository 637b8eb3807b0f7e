import { countedList } from '../reporting/counted-list.js';
import type { Dataset } from '../training/dataset.js';
import { type ReadColumn, readAsMissing } from '../training/learned-columns.js';
import type { Logger } from './logger.js';

/** The maximum number of warnings shown; the report has all. */
const MAX_WARNINGS = 20;
const MAX_COLUMNS = 8;

/** Logs how the columns were read, which are not features and why, and warnings. */
export function logColumns(
  { columns, warnings }: Pick<Dataset, 'columns' | 'warnings'>,
  logger: Logger,
): void {
  logger.info(describeColumns(columns));
  const missing = readAsMissing(columns);
  if (missing.length > 0) logger.info(`read as missing: ${countedList(missing, MAX_COLUMNS, '; ')}`);
  for (const warning of warnings.slice(0, MAX_WARNINGS)) logger.warn(warning);
  const more = warnings.length - MAX_WARNINGS;
  if (more > 0) logger.warn(`and ${more} more warnings in the report`);
}

function describeColumns(columns: readonly ReadColumn[]): string {
  const learned = columns.filter(({ use }) => use === 'learn');
  const dropped = columns.filter(({ use }) => use === 'drop');
  const kinds = ['numeric', 'category', 'boolean', 'date'] as const;
  const counts = kinds.flatMap((kind) => {
    const n = learned.filter(({ column }) => column.kind === kind).length;
    return n > 0 ? [`${n} ${kind}`] : [];
  });
  const without = dropped.map(({ column, reason }) => `${column.name} (${reason})`);
  const left = without.length > 0 ? `; not used as features: ${countedList(without, MAX_COLUMNS)}` : '';
  return `columns read: ${counts.join(', ')}${left}`;
}
