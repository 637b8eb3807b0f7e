import { spellingKey } from '@churn/core';
import { percent } from '../format.js';
import type { Leak } from './find-leaks.js';
import type { ProfileWarning } from './profile-warning.js';
import type { TableProfile } from './table-profile.js';

/**
 * The warnings that follow from a profile's figures: no more than one value; more than 95% different values of at least 20 integers or
 * categories; 20% or more missing; infinite values; skewness beyond 2; levels of fewer than 1% of rows; levels that differ only in case or spaces; a pair with an absolute Pearson,
 * Spearman or Cramér's V above 0.95; a column that `findLeaks` found; a class of fewer than 20% of rows; repeated rows.
 */
export function profileWarnings(
  profile: Omit<TableProfile, 'warnings'>,
  leaks: readonly Leak[] = [],
): ProfileWarning[] {
  const warnings: ProfileWarning[] = [];
  const warn = (code: ProfileWarning['code'], columns: readonly string[], value: number, what: string) => {
    const subject = columns.map((name) => `"${name}"`).join(' and ');
    warnings.push({ code, columns, value, message: subject === '' ? what : `${subject}: ${what}` });
  };
  const rows = profile.profiledRows;
  for (const column of profile.columns) {
    const present = rows - column.missing;
    if (rows > 0 && column.distinct <= 1) {
      warn(
        'constant',
        [column.name],
        column.distinct,
        column.distinct === 0 ? 'has no value' : 'is constant',
      );
    }
    if (column.missing >= 0.2 * rows && column.missing > 0) {
      warn(
        'many-missing',
        [column.name],
        column.missing / rows,
        `${percent(column.missing / rows)} are missing`,
      );
    }
    const isCode = column.kind === 'category' || (column.isWhole && column.infinite === 0);
    if (isCode && present >= 20 && column.distinct > 0.95 * present) {
      warn('id-like', [column.name], column.distinct / present, 'nearly all values are distinct');
      continue;
    }
    if (column.kind === 'category') {
      const rare =
        column.top.filter((each) => each.rows < 0.01 * rows).length + column.distinct - column.top.length;
      if (rare > 0)
        warn(
          'rare-levels',
          [column.name],
          rare,
          `${rare === 1 ? '1 level has' : `${rare} levels have`} few rows or ${rare === 1 ? 'is' : 'are'} beyond the listed`,
        );
      for (const levels of similarLevels(column.top.map(({ level }) => level)))
        warn(
          'similar-levels',
          [column.name],
          levels.length,
          `${LEVELS.format(levels.map((each) => JSON.stringify(each)))} differ only in case or spaces`,
        );
    } else {
      if (column.infinite > 0)
        warn('infinite', [column.name], column.infinite, `${column.infinite} are infinite`);
      if (Math.abs(column.skew ?? 0) > 2) {
        warn(
          'high-skew',
          [column.name],
          column.skew as number,
          `skewness ${(column.skew as number).toFixed(2)}`,
        );
      }
    }
  }
  const { pearson, spearman, cramersV } = profile.correlations;
  const seen = new Set<string>();
  for (const [title, { columns, values }] of [
    ['Pearson', pearson],
    ['Spearman', spearman],
    ["Cramér's V", cramersV],
  ] as const) {
    for (let i = 0; i < columns.length; i++) {
      for (let j = 0; j < i; j++) {
        const value = values[i][j] ?? 0;
        const pair = JSON.stringify([columns[j], columns[i]]);
        if (Math.abs(value) <= 0.95 || seen.has(pair)) continue;
        seen.add(pair);
        warn(
          'highly-correlated',
          [columns[j], columns[i]],
          value,
          `${title} correlation ${value.toFixed(3)}`,
        );
      }
    }
  }
  if (profile.target?.kind === 'classes') {
    const share = Math.min(profile.target.rate, 1 - profile.target.rate);
    if (share < 0.2)
      warn('imbalance', [], share, `the minority class of the target has ${percent(share)} of the rows`);
    for (const { column, auc, message } of leaks) {
      warnings.push({ code: 'leaking', columns: [column], value: auc, message });
    }
  }
  if (profile.duplicateRows > 0) {
    warn('duplicate-rows', [], profile.duplicateRows, `${profile.duplicateRows} rows repeat an earlier one`);
  }
  return warnings;
}

const LEVELS = new Intl.ListFormat('en-GB');

/** The groups of levels that differ only in case, spaces or Unicode normalisation. */
function similarLevels(levels: readonly string[]): string[][] {
  const groups = new Map<string, string[]>();
  for (const level of levels) {
    const key = spellingKey(level);
    groups.set(key, [...(groups.get(key) ?? []), level]);
  }
  return [...groups.values()].filter((group) => group.length > 1);
}
