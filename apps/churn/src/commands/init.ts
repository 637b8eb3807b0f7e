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
import { isThere } from '../runs/is-there.js';
import { columnTable } from '../terminal/column-table.js';
import { commandLine } from '../terminal/command-line.js';
import { isJsonOutput } from '../terminal/json-output.js';
import type { Outcome } from '../terminal/outcome.js';
import { readAsMissing } from '../training/learned-columns.js';

/** The maximum number of columns whose missing-value texts are listed. */
const MAX_COLUMNS = 20;

export interface InitOptions {
  /** The data file. */
  readonly data: string;
  /** The column of classes to predict; an alternative to `value` and `duration`. */
  readonly target?: string;
  /** The numeric column to predict. */
  readonly value?: string;
  /** The column of durations, with that of their event and optionally the horizon. */
  readonly duration?: string;
  readonly event?: string;
  readonly horizon?: number;
  /** The positive label; by default the yes of yes and no, or the rarer of two. With more labels, the target is multiclass. */
  readonly positive?: string;
  /** The new project's folder. */
  readonly out: string;
  /** The CSV delimiter; by default detected from the header. */
  readonly delimiter?: string;
  /** The encoding of CSV that is not UTF-8. */
  readonly encoding?: string;
  /** The sheet of a workbook; by default the first. */
  readonly sheet?: string;
}

/**
 * Writes the configuration of a new business case from the columns of its data file, ready for training.
 *
 * @returns how each column was read, warnings and the written file.
 * @throws `invalid-parameter` without a target, with two of them, or with a label for a numeric target; `invalid-file` if a configuration
 * already exists; `column-name` if the target is missing; `invalid-target` if it has too few or too many labels; also as reading does.
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
  await refuseExisting(file, data);
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
    text: caseText(made, target, file),
    files: [{ what: 'configuration', path: file }],
    figures: summary(made, target),
    next: [commandLine('churn', 'train', '--config', file)],
  };
}

/** Options that the command line may leave out, to be asked for. */
export type OpenInitOptions = Omit<InitOptions, 'data'> & Partial<Pick<InitOptions, 'data'>>;

/**
 * Asks on the terminal for options that the command line left out.
 * @throws `invalid-parameter` without a terminal or an answer; also as reading does.
 */
export async function askInit(given: OpenInitOptions): Promise<InitOptions> {
  const isTerminal = process.stdin.isTTY && process.stdout.isTTY;
  if (!isTerminal || isJsonOutput()) {
    const received = isTerminal ? '--json' : 'no terminal';
    throw new ChurnError('invalid-parameter', `--interactive: expected a terminal and text, got ${received}`);
  }
  const { terminalAsker } = await import('../new-case/terminal-asker.js');
  const { delimiter, encoding, sheet } = given;
  const answers = await askCase(given, terminalAsker, async (data) => {
    const { header, records } = await fileFormat(data).read(data, { delimiter, encoding, sheet });
    return new Map(header.map((name, column) => [name, records.map((cells) => String(cells[column] ?? ''))]));
  });
  return { ...given, ...answers };
}

/** The result as JSON. */
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

/** The result as text. */
function caseText(
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
    ...(missing.length > 0 ? [`read as missing: ${countedList(missing, MAX_COLUMNS, '; ')}`] : []),
    ...(warnings.length > 0 ? [warnings.map((warning) => `warning: ${warning}`).join('\n')] : []),
    `configuration: ${file}`,
  ].join('\n\n');
}

/** The column to predict, from whichever option names it. */
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
    const [given, other] = event === undefined ? ['--duration', '--event'] : ['--event', '--duration'];
    throw new ChurnError('invalid-parameter', `${given}: expected ${other} COLUMN as well, got none`);
  }
  if (horizon !== undefined && duration === undefined) {
    throw new ChurnError(
      'invalid-parameter',
      `--horizon ${horizon}: expected --duration COLUMN as well, got none`,
    );
  }
  return named;
}

async function refuseExisting(file: string, data: string): Promise<void> {
  // Reading reports a missing data file, which is to be mended first.
  if ((await isThere(file)) && (await isThere(data))) {
    throw new ChurnError('invalid-file', `${file}: a configuration already exists; pass another --out`);
  }
}
