import { access } from 'node:fs/promises';
import { basename, join, relative } from 'node:path';
import { type CategoryColumn, ChurnError, type Column, missingColumn, type Table } from '@churn/core';
import { readCsv, writeFileAtomic } from '@churn/io';
import { stringify } from 'yaml';

export interface InitOptions {
  /** The CSV file to learn from. */
  readonly data: string;
  readonly target: string;
  /** The label to find; default the rarest of two. */
  readonly positive?: string;
  /** The new project's folder. */
  readonly out: string;
}

/** A category column of more levels than these is not held to those of today. */
const FEW_LEVELS = 20;

/**
 * Makes a configuration for another business case, with the columns that its data file has: ready to train.
 *
 * @returns what was written and what to do next, to show a user.
 * @throws `invalid-file` where there is a configuration already; `column-name` without the target; `invalid-labels` where it has not two
 *   labels, or `positive` is none of them; what reading throws.
 */
export async function init({ data, target, positive, out }: InitOptions): Promise<string> {
  const file = join(out, 'config', 'churn.yaml');
  await refuseExisting(file);
  const table = await readCsv(data);
  if (!table.has(target))
    throw new ChurnError('column-name', `${data}: target ${missingColumn(target, table.names).message}`);
  const label = positive ?? rarestLabel(table, target, data);
  const all = Array.from(table.entries());
  const drop = all.filter(([name, column]) => name !== target && isKey(column)).map(([name]) => name);
  const learned = all.filter(([name]) => !drop.includes(name));
  const columns = Object.fromEntries(
    learned.map(([name, column]) => [
      name,
      name === target ? { kind: 'category', nullable: false } : rulesOf(column),
    ]),
  );
  const config = {
    data: {
      file: relative('.', data) || data,
      target,
      positive: label,
      ...(drop.length > 0 && { drop }),
      columns,
    },
    models: {
      logistic_regression: { type: 'LogisticRegression', penalty: ['l2', 'l1'], C: [1, 0.1, 10] },
      random_forest: { type: 'RandomForestClassifier', nEstimators: 200, criterion: ['entropy', 'gini'] },
      gradient_boosting: { type: 'GradientBoostingClassifier', nEstimators: 200, learningRate: [0.1, 0.05] },
    },
    threshold: { maximise: 'f1' },
    output: { folder: join(out, 'outputs'), sample: { file: 'sample.csv' } },
  };
  const heading = `# Made from ${basename(data)}. Look through the columns: what is known only after the fact must not be learned from.\n`;
  const note =
    drop.length > 0 ? `# Dropped, since nearly every row has a value of its own: ${drop.join(', ')}.\n` : '';
  await writeFileAtomic(
    file,
    heading + note + stringify(config, { lineWidth: 0, flowCollectionPadding: true }),
  );
  return `configuration: ${file}\n\nnext: churn train --config ${file}`;
}

async function refuseExisting(file: string): Promise<void> {
  const isThere = await access(file).then(
    () => true,
    () => false,
  );
  if (isThere)
    throw new ChurnError('invalid-file', `${file}: there is a configuration already; give another --out`);
}

function rarestLabel(table: Table, target: string, data: string): string {
  const counts = countsOf(asCategories(table.column(target)));
  if (counts.length !== 2) {
    const shown = counts.slice(0, 5).map(([level]) => JSON.stringify(level));
    throw new ChurnError(
      'invalid-labels',
      `${data}: expected two labels in "${target}", got ${counts.length}${counts.length > 2 ? `: ${shown.join(', ')}` : ''}`,
    );
  }
  return counts.sort(([, a], [, b]) => a - b)[0][0];
}

/** Whether nearly every row has a value of its own, as IDs do. */
function isKey(column: Column): boolean {
  const isWhole =
    column.kind === 'category' ||
    column.values.every((value) => Number.isNaN(value) || Number.isInteger(value));
  const values =
    column.kind === 'category'
      ? column.codes.filter((code) => code >= 0)
      : column.values.filter((value) => !Number.isNaN(value));
  return isWhole && values.length >= 20 && new Set<number>(values).size > 0.95 * values.length;
}

function rulesOf(column: Column): Record<string, unknown> {
  if (column.kind === 'category') {
    const levels = countsOf(column).map(([level]) => level);
    return { kind: 'category', ...(levels.length <= FEW_LEVELS && { levels }) };
  }
  const present = column.values.filter((value) => !Number.isNaN(value));
  const isWhole = present.length > 0 && present.every(Number.isInteger);
  const isNotNegative = present.length > 0 && present.every((value) => value >= 0);
  return { kind: 'numeric', ...(isWhole && { integer: true }), ...(isNotNegative && { min: 0 }) };
}

function countsOf({ codes, levels }: CategoryColumn): [string, number][] {
  const counts = levels.map(() => 0);
  for (const code of codes) if (code >= 0) counts[code]++;
  return levels.map((level, i): [string, number] => [level, counts[i]]).filter(([, count]) => count > 0);
}

function asCategories(column: Column): CategoryColumn {
  if (column.kind === 'category') return column;
  const levels = [...new Set(column.values)].filter((value) => !Number.isNaN(value));
  const codes = Int32Array.from(column.values, (value) => levels.indexOf(value));
  return { kind: 'category', codes, levels: levels.map(String) };
}
