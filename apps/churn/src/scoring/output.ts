import { once } from 'node:events';
import { type Stats, statSync } from 'node:fs';
import { rm } from 'node:fs/promises';
import { basename, dirname, join, resolve } from 'node:path';
import { ChurnError } from '@churn/core';
import { type AtomicWriter, atomicWriter, fileError } from '@churn/io';
import { STANDARD_STREAM } from './standard-stream.js';

/**
 * A file that appears when it is complete, or standard output.
 * @throws `invalid-file` if it cannot be written, checked before anything is written.
 */
export async function openOutput(file: string): Promise<AtomicWriter> {
  if (file !== STANDARD_STREAM) {
    if (statOf(file)?.isDirectory()) throw fileError('write', file, { code: 'EISDIR' });
    return atomicWriter(file);
  }
  return {
    async write(piece) {
      if (!process.stdout.write(piece)) await once(process.stdout, 'drain');
    },
    async seal() {},
    async commit() {},
    async discard() {},
  };
}

/** Removes the file of an earlier run, unless it is not a regular file, such as `/dev/null`. */
export async function removeOutput(file: string): Promise<void> {
  if (!statOf(file)?.isFile()) return;
  try {
    await rm(file, { force: true });
  } catch (error) {
    throw fileError('write', file, error);
  }
}

/**
 * Rejects outputs that would overwrite an input or another output.
 *
 * @param outputs the output files, by option.
 * @param inputs the input files, by option.
 * @throws `invalid-parameter` if two are the same file.
 */
export function refuseSameFile(
  outputs: ReadonlyMap<string, string>,
  inputs: ReadonlyMap<string, string>,
): void {
  const seen = new Map<string, string>();
  for (const [option, file] of [...inputs, ...outputs]) {
    const identity = identityOf(file);
    if (identity === undefined) continue;
    const other = seen.get(identity);
    if (other !== undefined && !(inputs.has(option) && inputs.has(other))) {
      throw new ChurnError('invalid-parameter', `${option} ${file}: expected a different file than ${other}`);
    }
    seen.set(identity, option);
  }
}

/** The identity of a file, independent of its path; `undefined` if it is not a regular file. */
function identityOf(file: string): string | undefined {
  if (file === STANDARD_STREAM) return undefined;
  const stats = statOf(file);
  if (stats) return stats.isFile() ? `${stats.dev}:${stats.ino}` : undefined;
  const folder = statOf(dirname(file));
  return folder ? join(`${folder.dev}:${folder.ino}`, basename(file)) : resolve(file);
}

function statOf(file: string): Stats | undefined {
  try {
    return statSync(file);
  } catch {
    return undefined;
  }
}
