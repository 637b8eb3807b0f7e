import { stat } from 'node:fs/promises';
import { join, relative, resolve, sep } from 'node:path';
import { ChurnError } from '@churn/core';
import { hasKnownEnding, KNOWN_ENDINGS, scoredName } from '../input.js';
import { isThere } from '../runs/is-there.js';
import { STANDARD_STREAM } from './standard-stream.js';

/** A file of an input of several, and where what comes of it goes. */
export interface Partition {
  /** Its path in the input, by which messages call it. */
  readonly name: string;
  readonly input: string;
  readonly output: string;
  readonly rejected: string;
  /** Where it is noted what the output was made of. */
  readonly note: string;
}

export interface PartitionOptions {
  /** The folder of the scored files. */
  readonly output: string;
  /** The folder of the rejected rows; default `_rejected` in that of the output. */
  readonly rejected?: string | undefined;
  /** The format of all files; default by their names. */
  readonly format?: string | undefined;
}

/** Most inputs are files, which take none of it. */
const globbing = () => import('tinyglobby');

/** Whether an input is several files: a folder, or a pattern such as `sales/**\/*.parquet` that is not the name of a file. */
export async function isPartitioned(input: string): Promise<boolean> {
  if (input === STANDARD_STREAM) return false;
  const stats = await stat(input).catch(() => undefined);
  if (stats) return stats.isDirectory();
  const { isDynamicPattern } = await globbing();
  return isDynamicPattern(input);
}

/**
 * The files of a folder or a pattern, in the order of their paths, which is the same on every machine. Paths keep their folders, such as
 * `country=de/part-0.parquet`. As in Spark and Hive, names that begin with `_` or `.` are no data.
 *
 * @throws `invalid-file` if there is no file; `invalid-parameter` if two would be scored to one.
 */
export async function findPartitions(
  input: string,
  { output, rejected = join(output, '_rejected'), format }: PartitionOptions,
): Promise<Partition[]> {
  const { base, pattern } = await splitPattern(input);
  if (resolve(output) === resolve(base)) {
    throw new ChurnError(
      'invalid-parameter',
      `--output ${output}: expected another folder than that of --input ${input}`,
    );
  }
  const { glob } = await globbing();
  const names = await glob(pattern, { cwd: base, ignore: ['**/_*', '**/_*/**', ...within(base, output)] });
  const inputs = names.filter((name) => format !== undefined || hasKnownEnding(name)).sort();
  if (inputs.length === 0) {
    const endings = format === undefined ? ` whose name ends in ${KNOWN_ENDINGS}` : '';
    throw new ChurnError('invalid-file', `--input ${input}: expected a file or more${endings}, got none`);
  }
  const sources = new Map<string, string>();
  return inputs.map((name) => {
    const scored = scoredName(name, format);
    const other = sources.get(scored);
    if (other !== undefined) {
      throw new ChurnError(
        'invalid-parameter',
        `--input ${input}: expected files that are scored to files of their own; ${other} and ${name} would both be scored to ${scored}`,
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

/** The folder before the first part of a path that is a pattern, and the rest. */
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

/** The pattern of all files of a folder that lies within another: what was scored is not scored again. */
function within(base: string, folder: string): string[] {
  const path = relative(base, folder).split(sep);
  return path[0] === '..' ? [] : [`${path.map(escaped).join('/')}/**`];
}

function escaped(part: string): string {
  return part.replaceAll(/[()[\]{}!*?@+\\]/g, String.raw`\$&`);
}
