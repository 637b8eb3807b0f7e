import { access } from 'node:fs/promises';
import { join, relative } from 'node:path';
import { ChurnError } from '@churn/core';
import { percent } from '@churn/eda';
import { writeFileAtomic } from '@churn/io';
import { dataName } from '../config/config.js';
import { schemaAddress } from '../config/schema-address.js';
import { fileFormat } from '../input.js';
import { askCase } from '../new-case/ask-case.js';
import { type NewCase, newCase } from '../new-case/new-case.js';
import { countedList } from '../reporting/counted-list.js';
import { summaryText as timesText } from '../reporting/survival-text.js';
import { summaryText } from '../reporting/value-text.js';
import { columnTable } from '../terminal/column-table.js';
import { commandLine } from '../terminal/command-line.js';
import { isJsonOutput } from '../terminal/json-output.js';
import type { Outcome } from '../terminal/outcome.js';
import { readAsMissing } from '../training/learned-columns.js';

/** Of how many columns texts that stood for no value are told. */
const TOLD_COLUMNS = 20;

export interface InitOptions {
  /** The file to train on. */
  readonly data: string;
  /** The column of classes to predict; this, or `value`. */
  readonly target?: string;
  /** The column of numbers to predict. */
  readonly value?: string;
  /** The column of durations, with that of their event and perhaps the time within which it may come. */
  readonly duration?: string;
  readonly event?: string;
  readonly horizon?: number;
  /** The positive label; default the yes of yes and no, or the rarer of two. Of more labels, all are distinguished. */
  readonly positive?: string;
  /** The new project's folder. */
  readonly out: string;
  /** Between the fields of CSV; default by its header. */
  readonly delimiter?: string;
  /** Of CSV that is not UTF-8. */
  readonly encoding?: string;
  /** Of a workbook; default the first. */
  readonly sheet?: string;
}

/**
 * Makes a configuration for another business case, with the columns that its data file has: ready to train.
 *
 * @returns what each column is, what to look at and what was written.
 * @throws `invalid-parameter` without a target, with two of them or with a label of values; `invalid-file` where there is a configuration already; `column-name` without the target; `invalid-target` where it has too
 *   few or too many labels; what reading throws.
 */
export async function init({
  data,
  positive,
  out,
  delimiter: between,
  encoding,
  sheet,
  ...options
}: InitOptions): Promise<Outcome> {
  const { value, duration, event, horizon } = options;
  const named = oneTarget(options, positive);
  const target = named.trim().normalize('NFC');
  const file = join(out, 'config', 'churn.yaml');
  await refuseExisting(file);
  const reading = { ...(encoding && { encoding }), ...(sheet && { sheet }) };
  const records = await fileFormat(data).read(data, { delimiter: between, ...reading });
  const { delimiter = ',' } = records;
  const made = newCase(records, {
    data: { file: relative('.', data) || data, ...(delimiter !== ',' && { delimiter }), ...reading },
    target,
    task: duration !== undefined ? 'survival' : value === undefined ? 'classes' : 'value',
    ...(event !== undefined && { event: event.trim().normalize('NFC') }),
    horizon,
    positive,
    file,
    outputs: join(out, 'outputs'),
  });
  const schema = await schemaAddress(file);
  await writeFileAtomic(file, `# yaml-language-server: $schema=${schema}\n${made.text}`);
  return {
    text: told(made, target, file),
    files: [{ what: 'configuration', path: file }],
    figures: summary(made, target),
    next: [commandLine('churn', 'train', '--config', file)],
  };
}

/** What a command line may leave open of a case, to be asked for. */
export type OpenInitOptions = Omit<InitOptions, 'data'> & Partial<Pick<InitOptions, 'data'>>;

/**
 * Asks on the terminal for what the command line left open.
 * @throws `invalid-parameter` where there is no terminal, or nobody answers; what reading throws.
 */
export async function askInit(given: OpenInitOptions): Promise<InitOptions> {
  if (!process.stdin.isTTY || !process.stdout.isTTY || isJsonOutput()) {
    throw new ChurnError('invalid-parameter', '--interactive: expected a terminal, and no --json');
  }
  const { terminalAsker } = await import('../new-case/terminal-asker.js');
  const { delimiter, encoding, sheet } = given;
  const answers = await askCase(given, terminalAsker, async (data) => {
    const { header, records } = await fileFormat(data).read(data, { delimiter, encoding, sheet });
    return new Map(header.map((name, column) => [name, records.map((cells) => String(cells[column] ?? ''))]));
  });
  return { ...given, ...answers };
}

/** What was found, for programs. */
function summary(
  { text: _, config, labels, positive, values, times, columns, ...found }: NewCase,
  target: string,
) {
  return {
    data: dataName(config.data),
    ...found,
    target: {
      column: target,
      ...(values
        ? { values }
        : times
          ? { times }
          : { labels: labels.map(({ text: label, rows }) => ({ label, rows })) }),
      ...(positive && { positive: positive.label.text, reason: positive.reason }),
    },
    columns: columns.map(({ column, ...evidence }) => ({ ...column, ...evidence })),
  };
}

/** What was found, for people. */
function told(
  { columns, rows, labels, positive, values, times, warnings, config }: NewCase,
  target: string,
  file: string,
): string {
  const aim = positive
    ? `the positive label is "${positive.label.text}" (${percent(positive.label.rows / rows)} of the rows), as ${positive.reason}`
    : values
      ? `the value is predicted: ${summaryText(values)}`
      : times
        ? `the time to its event is predicted: ${timesText(times)}`
        : `${labels.length} classes are predicted`;
  const missing = readAsMissing(columns);
  const counts = (['learn', 'drop'] as const).map((each) => columns.filter(({ use }) => use === each).length);
  return [
    columnTable(columns),
    `${dataName(config.data)}: ${rows} rows, ${counts[0]} feature columns, ${counts[1]} dropped; "${target}": ${aim}`,
    ...(missing.length > 0 ? [`read as missing: ${countedList(missing, TOLD_COLUMNS, '; ')}`] : []),
    ...(warnings.length > 0 ? [warnings.map((warning) => `warning: ${warning}`).join('\n')] : []),
    `configuration: ${file}`,
  ].join('\n\n');
}

/** The column to predict, by either of its options. */
function oneTarget(
  { target, value, duration, event, horizon }: Omit<InitOptions, 'data' | 'out'>,
  positive?: string,
): string {
  const [named, ...others] = [target, value, duration].filter((each) => each !== undefined);
  if (named === undefined || others.length > 0) {
    const received = named === undefined ? 'none of them' : `${others.length + 1} of them`;
    throw new ChurnError(
      'invalid-parameter',
      `init: expected --target COLUMN for classes, --value COLUMN for numbers or --duration COLUMN for times, got ${received}`,
    );
  }
  if (value !== undefined && positive !== undefined) {
    throw new ChurnError(
      'invalid-parameter',
      `--positive ${positive}: expected none, since --value has no labels`,
    );
  }
  if ((duration === undefined) !== (event === undefined)) {
    const [given, lacking] = event === undefined ? ['--duration', '--event'] : ['--event', '--duration'];
    throw new ChurnError('invalid-parameter', `${given}: expected ${lacking} COLUMN as well, got none`);
  }
  if (horizon !== undefined && duration === undefined) {
    throw new ChurnError(
      'invalid-parameter',
      `--horizon ${horizon}: expected --duration COLUMN as well, got none`,
    );
  }
  return named;
}

async function refuseExisting(file: string): Promise<void> {
  const isThere = await access(file).then(
    () => true,
    () => false,
  );
  if (isThere)
    throw new ChurnError('invalid-file', `${file}: a configuration already exists; pass another --out`);
}
