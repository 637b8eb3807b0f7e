import { ChurnError } from '@churn/core';
import { writeFileAtomic } from '@churn/io';
import { compareRuns as compare, type RunComparison } from '../comparison/compare-runs.js';
import { comparisonPage } from '../comparison/comparison-page.js';
import { verdict } from '../comparison/verdict.js';
import type { Config } from '../config/config.js';
import { challengerOf } from '../registry/contender.js';
import { differenceTable, metricDifferenceTable } from '../terminal/comparison-table.js';
import type { Outcome } from '../terminal/outcome.js';

export interface CompareOptions {
  /** The file for the page; by default none is written. */
  readonly out?: string;
}

/** Compares two runs by the best model of each, or by the model that an alias points to. */
export async function compareRuns(
  config: Pick<Config, 'output' | 'registry'>,
  [first, second]: readonly [string, string],
  { out }: CompareOptions,
): Promise<Outcome> {
  const a = await challengerOf(config, first);
  const b = await challengerOf(config, second);
  if (a.record.id === b.record.id && a.model === b.model) {
    throw new ChurnError('invalid-parameter', `expected two runs to compare, got ${a.record.id} for both`);
  }
  const comparison = await compare(config, a, b);
  if (out !== undefined) await writeFileAtomic(out, await comparisonPage(comparison));
  return {
    text: shown(comparison, out),
    files: out === undefined ? [] : [{ what: 'page', path: out }],
    figures: forPrograms(comparison),
  };
}

function forPrograms({ a, b, rows, ...found }: RunComparison) {
  return {
    verdict: verdict({ rows, ...found }),
    a: { run: a.record.id, model: a.model },
    b: { run: b.record.id, model: b.model },
    ...found,
    rows: typeof rows === 'string' ? null : rows.labels.length,
    why: typeof rows === 'string' ? rows : null,
  };
}

function shown(comparison: RunComparison, out: string | undefined): string {
  const { a, b, settings, data, metrics } = comparison;
  const named = [a, b].map(({ record, model }, i) => `${'AB'[i]}: ${record.id}, ${model}`);
  const parts = [named.join('\n'), verdict(comparison), metricDifferenceTable(metrics)];
  parts.push(settings.length > 0 ? differenceTable('setting', settings) : 'The settings are the same.');
  parts.push(data.length > 0 ? differenceTable('data', data) : 'The data is the same.');
  if (out !== undefined) parts.push(`page: ${out}`);
  return parts.join('\n\n');
}
