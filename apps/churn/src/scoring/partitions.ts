import { stat } from 'node:fs/promises';
import { join, relative, resolve, sep } from 'node:path';
import { ChurnError } from '@churn/core';
import { hasKnownEnding, KNOWN_ENDINGS, scoredName } from '../input.js';
import { isThere } from '../runs/is-there.js';
import { STANDARD_STREAM } from './standard-stream.js';

/** A file of a partitioned input, and its output files. */
export interface Partition {
  /** Its path in the input, as used in messages. */
  readonly name: string;
  readonly input: string;
  readonly output: string;
  readonly rejected: string;
  /** The file of the note about the origin of the output. */
  readonly note: string;
}

export interface PartitionOptions {
  /** The folder of the scored files. */
  readonly output: string;
  /** The folder of the rejected rows; by default `_rejected` in the output folder. */
  readonly rejected?: string | undefined;
  /** The format of all files; by default determined by their extensions. */
  readonly format?: string | undefined;
}

/** Loaded on demand, since most inputs are single files. */
const globbing = () => import('tinyglobby');

/** Whether an input is several files: a folder, or a pattern such as `sales/**\/*.parquet` that is not the name of an existing file. */
export async function isPartitioned(input: string): Promise<boolean> {
  if (input === STANDARD_STREAM) return false;
  const stats = await stat(input).catch(() => undefined);
  if (stats) return stats.isDirectory();
  const { isDynamicPattern } = await globbing();
  return isDynamicPattern(input);
}

/**
 * The files of a folder or a pattern, sorted by path, identically on every machine. Paths keep their folders, such as
 * `country=de/part-0.parquet`. As in Spark and Hive, names that start with `_` or `.` are ignored.
 *
 * @throws `invalid-file` if there is no file; `invalid-parameter` if two would have the same output.
 */
export async function findPartitions(
  input: string,
  { output, rejected = join(output, '_rejected'), format }: PartitionOptions,
): Promise<Partition[]> {
  const { base, pattern } = await splitPattern(input);
  if (resolve(output) === resolve(base)) {
    throw new ChurnError(
      'invalid-parameter',
      `--output ${output}: expected a different folder than --input ${input}`,
    );
  }
  const { glob } = await globbing();
  const names = await glob(pattern, { cwd: base, ignore: ['**/_*', '**/_*/**', ...within(base, output)] });
  const inputs = names.filter((name) => format !== undefined || hasKnownEnding(name)).sort();
  if (inputs.length === 0) {
    const endings = format === undefined ? ` with an extension of ${KNOWN_ENDINGS}` : '';
    throw new ChurnError('invalid-file', `--input ${input}: expected one or more files${endings}, got none`);
  }
  const sources = new Map<string, string>();
  return inputs.map((name) => {
    const scored = scoredName(name, format);
    const other = sources.get(scored);
    if (other !== undefined) {
      throw new ChurnError(
        'invalid-parameter',
        `--input ${input}: expected files with different outputs; ${other} and ${name} would both be scored to ${scored}`,
      );
    }
    sources.set(scored, name);
    return {
      name,
      input: join(base, name),
      output: join(output, scored),
      rejected: join(rejected, `${scored}.csv`),
      note: join(output, '_scored', `${scored}.json`),
    };
  });
}

/** Splits a path into the folder before its first pattern and the rest. */
async function splitPattern(input: string): Promise<{ readonly base: string; readonly pattern: string }> {
  if (await isThere(input)) return { base: input, pattern: '**/*' };
  const parts = input.split('/');
  const { isDynamicPattern } = await globbing();
  const first = parts.findIndex((part) => isDynamicPattern(part));
  const base = parts.slice(0, first).join('/');
  return {
    base: base || (input.startsWith('/') ? '/' : '.'),
    pattern: parts.slice(first).join('/'),
  };
}

/** The pattern of all files of a folder inside another, to exclude outputs from the input. */
function within(base: string, folder: string): string[] {
  const path = relative(base, folder).split(sep);
  return path[0] === '..' ? [] : [`${path.map(escaped).join('/')}/**`];
}

function escaped(part: string): string {
  return part.replaceAll(/[()[\]{}!*?@+\\]/g, String.raw`\$&`);
}
