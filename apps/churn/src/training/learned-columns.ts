import { didYouMean, type Table } from '@churn/core';
import { type ColumnEvidence, type DatasetSchema, quoted } from '@churn/io';
import { DropColumns } from '@churn/transforms';
import type { DataConfig } from '../config/config.js';
import { countedList } from '../reporting/counted-list.js';
import { type TargetConfig, targetColumns } from './target-columns.js';

const MAX_TEXTS = 5;

/** The use of a column. */
type ColumnUse = 'target' | 'learn' | 'drop';

/** A column of the file: how it was read and used, for reports. */
export interface ReadColumn extends Omit<ColumnEvidence, 'decision'> {
  readonly use: ColumnUse;
}

/**
 * Determines the features: the declared columns, or else those that are neither IDs nor constant, without the target, its related columns,
 * and dropped ones.
 */
export function learnedColumns(
  evidence: readonly ColumnEvidence[],
  table: Table,
  { drop, columns, ...data }: TargetConfig & Pick<DataConfig, 'drop' | 'columns'>,
): ReadColumn[] {
  const ofTarget = new Map(targetColumns(data).map(({ name, what }) => [name, `the ${what}`]));
  const elapsed = data.durations?.elapsed;
  const declared = columns && new Set(columns.map(({ name }) => name));
  const dropped = new Set(new DropColumns(drop).fit(table).state.dropped);
  return evidence.map(({ decision, ...column }): ReadColumn => {
    const { name } = column.column;
    const role = ofTarget.get(name);
    if (role !== undefined) return { ...column, use: 'target', reason: role };
    if (name === elapsed) return { ...column, use: 'drop', reason: 'the elapsed time, for scoring' };
    if (dropped.has(name)) return { ...column, use: 'drop', reason: 'dropped by the configuration' };
    if (declared && !declared.has(name)) return { ...column, use: 'drop', reason: 'not declared' };
    return { ...column, use: decision };
  });
}

/** The warnings about names to drop that match no column; a pattern may match none. */
export function dropWarnings(drop: readonly string[], columns: readonly ReadColumn[]): string[] {
  const names = columns.map(({ column }) => column.name);
  const others = names.filter((name) => !drop.includes(name));
  return drop
    .filter((name) => !name.includes('*') && !names.includes(name))
    .map((name) => `data.drop: column ${quoted(name)} is missing${didYouMean(name, others)}`);
}

/** The warnings about features. */
export function columnWarnings(columns: readonly ReadColumn[]): string[] {
  return columns
    .filter(({ use }) => use === 'learn')
    .flatMap(({ column, warnings }) => warnings.map((warning) => `${quoted(column.name)}: ${warning}`));
}

/** The texts that were read as missing in features, with their first line. */
export function readAsMissing(columns: readonly ReadColumn[]): string[] {
  return columns
    .filter(({ use, missingTexts }) => use === 'learn' && missingTexts.length > 0)
    .map(({ column, missingTexts }) => {
      const examples = missingTexts.map(({ text, count, line }) => {
        return `${quoted(text)} (${count === 1 ? 'in' : `${count} times, first in`} line ${line})`;
      });
      return `${quoted(column.name)} ${countedList(examples, MAX_TEXTS)}`;
    });
}

/** The names of the features, in the order of their declaration, or else of the file. */
export function learnedNames(columns: readonly ReadColumn[], declared: DatasetSchema | undefined): string[] {
  const learned = columns.filter(({ use }) => use === 'learn').map(({ column }) => column.name);
  if (!declared) return learned;
  const isLearned = new Set(learned);
  return declared.map(({ name }) => name).filter((name) => isLearned.has(name));
}
