import { rmSync } from 'node:fs';
import { open, rm, stat, utimes } from 'node:fs/promises';
import { hostname } from 'node:os';
import { join } from 'node:path';
import { ChurnError } from '@churn/core';
import { reasonOf } from '../reason-of.js';

/**
 * Says that a process works on a task: a file that only one can make. Its time of change is the heartbeat of the process. Whoever sees
 * none for long takes over by a claim with the next number, which again only one can make; thus no claim has to be removed for it,
 * which two processes could not do safely.
 */
export interface Claim {
  readonly key: string;
  readonly number: number;
}

/** Those of this process: unless it is killed it leaves none behind, so that others need not wait until they expire. */
const present = new Set<string>();

/** The highest claims of tasks by their keys, among the names of a folder's files. */
export function claimsIn(names: readonly string[]): Map<string, Claim> {
  const claims = new Map<string, Claim>();
  for (const name of names) {
    const found = /^([0-9a-f]{64})\.claim-(\d+)$/.exec(name);
    if (!found) continue;
    const [, key, number] = found;
    if (Number(number) >= (claims.get(key)?.number ?? 0)) claims.set(key, { key, number: Number(number) });
  }
  return claims;
}

/** Makes a claim, which says who has it. @returns whether nobody was quicker. */
export async function makeClaim(folder: string, claim: Claim): Promise<boolean> {
  const path = fileOf(folder, claim);
  try {
    const file = await open(path, 'wx');
    if (present.size === 0) process.on('exit', removePresent);
    present.add(path);
    try {
      await file.writeFile(`${JSON.stringify({ host: hostname(), pid: process.pid })}\n`);
    } finally {
      await file.close();
    }
    return true;
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'EEXIST') return false;
    throw new ChurnError('invalid-file', `cannot write to ${folder}: ${reasonOf(error)}`, { cause: error });
  }
}

/** Shows that its process is alive. */
export async function beat(folder: string, claim: Claim): Promise<void> {
  const now = new Date();
  // The claim may have been taken over and removed: whoever did it has the result.
  await utimes(fileOf(folder, claim), now, now).catch(() => undefined);
}

/** When a claim was last seen to be alive, by the clock of whoever wrote it; `undefined` if it is gone. */
export async function lastBeat(folder: string, claim: Claim): Promise<number | undefined> {
  return stat(fileOf(folder, claim)).then(
    ({ mtimeMs }) => mtimeMs,
    () => undefined,
  );
}

/** Removes a claim and those that it took over. */
export async function removeClaims(folder: string, { key, number }: Claim): Promise<void> {
  for (let each = 0; each <= number; each++) {
    const path = fileOf(folder, { key, number: each });
    await rm(path, { force: true }).catch(() => undefined);
    present.delete(path);
  }
  if (present.size === 0) process.off('exit', removePresent);
}

function removePresent(): void {
  for (const path of present) rmSync(path, { force: true });
}

function fileOf(folder: string, { key, number }: Claim): string {
  return join(folder, `${key}.claim-${number}`);
}
