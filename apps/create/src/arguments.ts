import { parseArgs } from 'node:util';

/** The arguments of `npm create @churn`: the project's folder, its data, and options of `churn init`. */
export interface Arguments {
  /** The folder to create; asked for if it is missing. */
  readonly folder?: string;
  /** The data file to copy; without it the project gets generated customers. */
  readonly data?: string;
  /** Options passed to `churn init`, such as `target`. */
  readonly init: Readonly<Record<string, string>>;
  readonly help: boolean;
}

/** The options that can be passed to `churn init`. */
const INIT_OPTIONS = [
  'target',
  'value',
  'duration',
  'event',
  'horizon',
  'positive',
  'delimiter',
  'encoding',
  'sheet',
] as const;

/** The text of `--help`. */
export const USAGE = `Usage: npm create @churn [folder] -- [options]

Creates a project for a new business case: a configuration made for its data, commands to train, predict, serve and
list a campaign, a test and a workflow. Without --data it starts with generated customers.

Options:
  --data <file>      the data file; it is copied into the project
  --target <column>  the column to predict, for classification
  --value <column>   the column to predict, for regression, instead of --target
  --help             shows this text

The other options of "churn init" are passed on: ${INIT_OPTIONS.slice(2)
  .map((option) => `--${option}`)
  .join(', ')}.

Examples:
  npm create @churn my-case
  npm create @churn my-case -- --data customers.csv --target left
`;

/**
 * Reads the command line.
 *
 * @throws an error naming an unknown option, an option without a value, or a second folder.
 */
export function readArguments(args: readonly string[]): Arguments {
  const text = { type: 'string' } as const;
  const { values, positionals } = parseArgs({
    args: [...args],
    allowPositionals: true,
    options: {
      data: text,
      help: { type: 'boolean', short: 'h', default: false },
      ...Object.fromEntries(INIT_OPTIONS.map((option) => [option, text])),
    },
  });
  if (positionals.length > 1) {
    throw new Error(
      `expected one folder, got ${positionals.map((each) => JSON.stringify(each)).join(' and ')}`,
    );
  }
  const { data, help, ...init } = values;
  return {
    folder: positionals[0],
    data: data as string | undefined,
    init: init as Record<string, string>,
    help: help as boolean,
  };
}
