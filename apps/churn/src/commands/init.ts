import { access } from 'node:fs/promises';
import { basename, join, relative } from 'node:path';
import {
  type CategoryColumn,
  ChurnError,
  type Column,
  missingColumn,
  parseIsoDate,
  type Table,
} from '@churn/core';
import {
  csv,
  detectDelimiter,
  parseCsv,
  quotedList,
  type Records,
  readContent,
  toTable,
  writeFileAtomic,
} from '@churn/io';
import { GradientBoostingClassifier, LogisticRegression, RandomForestClassifier } from '@churn/models';
import { stringify } from 'yaml';
import { fileFormat } from '../input.js';
import { suggestedGrid } from '../model/models.js';

export interface InitOptions {
  /** The file to learn from. */
  readonly data: string;
  readonly target: string;
  /** The label to find; default the rarest of two. Of more labels, all are told apart. */
  readonly positive?: string;
  /** The new project's folder. */
  readonly out: string;
}

/** A category column of more levels than these is not held to those of today. */
const FEW_LEVELS = 20;
/** An ID has 20 digits at most; a larger number is whole for want of digits. */
const MOST_ID = 1e20;
/** A target of more labels than these is hardly one to classify by. */
const MANY_LABELS = 50;

/**
 * Makes a configuration for another business case, with the columns that its data file has: ready to train.
 *
 * @returns what was written and what to do next, to show a user.
 * @throws `invalid-file` where there is a configuration already; `column-name` without the target; `invalid-target` where it has too
 *   few or too many labels; what reading throws.
 */
export async function init({ data, target, positive, out }: InitOptions): Promise<string> {
  const file = join(out, 'config', 'churn.yaml');
  await refuseExisting(file);
  const { records, delimiter = ',' } = await readData(data);
  const table = toTable(records);
  if (!table.has(target))
    throw new ChurnError('column-name', `${data}: target ${missingColumn(target, table.names).message}`);
  const label = labelToFind(table, target, data, positive);
  const all = Array.from(table.entries());
  const dates = all.filter(([name, column]) => name !== target && isDate(column)).map(([name]) => name);
  const drop = all
    .filter(([name, column]) => name !== target && !dates.includes(name) && isKey(column))
    .map(([name]) => name);
  const learned = all.filter(([name]) => !drop.includes(name));
  const columns = Object.fromEntries(
    learned.map(([name, column]) => [
      name,
      name === target
        ? { kind: 'category', nullable: false }
        : dates.includes(name)
          ? { kind: 'date' }
          : rulesOf(column),
    ]),
  );
  const config = {
    data: {
      file: relative('.', data) || data,
      ...(delimiter !== ',' && { delimiter }),
      target,
      ...(label !== undefined && { positive: label }),
      ...(drop.length > 0 && { drop }),
      columns,
    },
    predicts: wordOf(target),
    models: {
      logistic_regression: suggestedGrid(LogisticRegression),
      random_forest: suggestedGrid(RandomForestClassifier),
      gradient_boosting: suggestedGrid(GradientBoostingClassifier),
    },
    ...(label !== undefined && { threshold: { maximise: 'f1' } }),
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

/** The records of a file, and what stands between the fields of CSV. */
async function readData(file: string): Promise<{ records: Records; delimiter?: string }> {
  const format = fileFormat(file);
  if (format !== csv) return { records: await format.read(file) };
  // Once, since it may be a pipe.
  const { bytes } = await readContent(file);
  const delimiter = detectDelimiter(bytes);
  return { records: parseCsv(bytes, { source: file, delimiter }), delimiter };
}

async function refuseExisting(file: string): Promise<void> {
  const isThere = await access(file).then(
    () => true,
    () => false,
  );
  if (isThere)
    throw new ChurnError('invalid-file', `${file}: there is a configuration already; give another --out`);
}

/** The label that is asked for, or else the rarest of two; nothing where there are more. */
function labelToFind(
  table: Table,
  target: string,
  data: string,
  positive: string | undefined,
): string | undefined {
  const counts = countsOf(asCategories(table.column(target)));
  if (counts.length < 2 || counts.length > MANY_LABELS) {
    throw new ChurnError(
      'invalid-target',
      `${data}: expected 2 to ${MANY_LABELS} labels in "${target}", got ${counts.length}`,
    );
  }
  if (positive !== undefined && !counts.some(([label]) => label === positive)) {
    const shown = quotedList(counts.map(([label]) => label));
    throw new ChurnError(
      'invalid-target',
      `--positive ${positive}: expected a label of "${target}" in ${data}, which has ${shown}`,
    );
  }
  return positive ?? (counts.length === 2 ? counts.sort(([, a], [, b]) => a - b)[0][0] : undefined);
}

/** Whether all values of a column are ISO dates. */
function isDate(column: Column): boolean {
  if (column.kind === 'numeric') return false;
  const levels = countsOf(column).map(([level]) => level);
  return levels.length > 0 && levels.every((level) => parseIsoDate(level) !== undefined);
}

/** A text as the name of what is predicted: letters, digits and `_`, a letter first. */
function wordOf(text: string): string {
  const word = text
    .normalize('NFKD')
    .toLowerCase()
    .replace(/[^a-z0-9]+/g, '_')
    .replace(/^[^a-z]+|_$/g, '');
  return word || 'target';
}

/** Whether nearly every row has a value of its own, as IDs do. */
function isKey(column: Column): boolean {
  const isWhole =
    column.kind === 'category' ||
    column.values.every(
      (value) => Number.isNaN(value) || (Number.isInteger(value) && Math.abs(value) < MOST_ID),
    );
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
