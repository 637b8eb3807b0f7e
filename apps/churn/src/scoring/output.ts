import { once } from 'node:events';
import { type Stats, statSync } from 'node:fs';
import { rm } from 'node:fs/promises';
import { basename, dirname, join, resolve } from 'node:path';
import { ChurnError } from '@churn/core';
import { type AtomicWriter, atomicWriter, fileError } from '@churn/io';
import { STANDARD_STREAM } from './standard-stream.js';

/**
 * A file that appears when it is complete, or standard output.
 * @throws `invalid-file` if it cannot be written, which is told before there is anything to write.
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

/** Removes a file of an earlier run; what is no file, such as `/dev/null`, stays. */
export async function removeOutput(file: string): Promise<void> {
  if (!statOf(file)?.isFile()) return;
  try {
    await rm(file, { force: true });
  } catch (error) {
    throw fileError('write', file, error);
  }
}

/**
 * Refuses to write to a file that is read, or is to hold something else.
 *
 * @param outputs by the options that name them.
 * @param inputs by the options that name them.
 * @throws `invalid-parameter` if two are one file.
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
      throw new ChurnError(
        'invalid-parameter',
        `${option} ${file}: expected another file than that of ${other}`,
      );
    }
    seen.set(identity, option);
  }
}

/** What tells a file from any other, whatever its paths; nothing for what is no file. */
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
