import { rmSync } from 'node:fs';
import { open, rm, stat, utimes } from 'node:fs/promises';
import { hostname } from 'node:os';
import { join } from 'node:path';
import { ChurnError } from '@churn/core';
import { reasonOf } from '../reason-of.js';

/**
 * Marks a task as being worked on by a process: a file that only one process can create. Its modification time is the heartbeat of the
 * process. If the heartbeat stops, another process takes over with the claim of the next number, which again only one can create. Expired
 * claims need not be removed for that; two processes could not do so safely.
 */
export interface Claim {
  readonly key: string;
  readonly number: number;
}

/** The files of this process's claims, removed when it exits, so that other processes need not wait until they expire. */
const present = new Set<string>();

/** The latest claim of each task, by its key, among the file names of a folder. */
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

/** Creates a claim, with the host and process in its file. @returns whether no other process was faster. */
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

/** Renews the heartbeat of a claim. */
export async function renewClaim(folder: string, claim: Claim): Promise<void> {
  const now = new Date();
  // A claim that was taken over may be gone: the other process then has the result.
  await utimes(fileOf(folder, claim), now, now).catch(() => undefined);
}

/** The time of a claim's last heartbeat, by its owner's clock, in milliseconds; `undefined` if the claim is gone. */
export async function lastHeartbeat(folder: string, claim: Claim): Promise<number | undefined> {
  return stat(fileOf(folder, claim)).then(
    ({ mtimeMs }) => mtimeMs,
    () => undefined,
  );
}

/** Removes a claim and the ones it superseded. */
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
