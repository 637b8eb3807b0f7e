import { rmdirSync, rmSync } from 'node:fs';
import { lstat, mkdir, open, readdir, rename, rm, symlink, unlink } from 'node:fs/promises';
import { basename, dirname, join, normalize, resolve, sep } from 'node:path';
import { ChurnError } from '@churn/core';
import { fileError } from '@churn/io';
import { HOST, hasEnded } from './process-identity.js';

/**
 * A folder for the results of a run, which appear together: `runs/.<id>.<host>.<process>.part` is renamed to `runs/<id>` when complete, and
 * then the link `latest` next to `runs` is pointed to it. A killed run leaves both unchanged.
 */
export interface RunFolder {
  /** The folder to write to. */
  readonly path: string;
  /**
   * Renames the folder and updates the link.
   * @param describe writes files that contain the ID, just before.
   * @returns the ID.
   * @throws `invalid-file` if that fails.
   */
  commit(describe?: (id: string) => Promise<void>): Promise<string>;
  /** Keeps only one file of the run, in `runs/<id>.failed`. @returns its path, or `undefined` on failure. */
  keepOnly(file: string): Promise<string>;
  /** Removes the folder unless the run is in place. */
  discard(): void;
}

const RUNS = 'runs';
const LATEST = 'latest';
const PART = /^\.[^.]+\.([^.]+)\.(\d+)\.part$/;
const IS_WINDOWS = process.platform === 'win32';

/** Parts of this process, as opposed to a dead one with the same ID. */
const ownParts = new Set<string>();

/** The link to the latest complete run in an output folder. */
export function latestRun(folder: string): string {
  return join(folder, LATEST);
}

/** The folder of runs in an output folder. */
export function runsFolder(folder: string): string {
  return join(folder, RUNS);
}

/** The path of a complete run. */
export function runPath(folder: string, id: string): string {
  return join(folder, RUNS, id);
}

/** Removes all runs in progress, synchronously, when the process ends. */
export function discardRuns(): void {
  ownParts.forEach(discardPart);
}

function discardPart(path: string): void {
  // Files written at this moment can interfere.
  rmSync(path, { recursive: true, force: true, maxRetries: 5 });
  ownParts.delete(path);
}

/** Removes empty folders from `path` up to `top`. */
function removeEmpty(path: string, top: string): void {
  try {
    for (let each = path; each.length >= top.length; each = dirname(each)) rmdirSync(each);
  } catch {
    // Something else is in the folder.
  }
}

/**
 * Starts a run, and removes the remains of killed ones.
 *
 * @throws `invalid-file` if the folder cannot be written to, or a link cannot be made in it.
 */
export async function beginRun(folder: string): Promise<RunFolder> {
  const runs = runsFolder(folder);
  const latest = latestRun(folder);
  let part: Part;
  let made: string | undefined;
  try {
    made = await mkdir(runs, { recursive: true });
    await clearDead(runs);
    part = await makePart(runs);
  } catch (error) {
    throw fileError('write', folder, error);
  }
  const { id, path } = part;
  const discard = () => {
    discardPart(path);
    if (made !== undefined) removeEmpty(runs, made);
  };
  try {
    await assertLinkable(latest, join(path, LATEST));
  } catch (error) {
    discard();
    throw error;
  }
  const putInPlace = async (suffix: string, describe?: (id: string) => Promise<void>) => {
    const name = await renameToFree(path, (i) => join(runs, numbered(id, i) + suffix), describe);
    ownParts.delete(path);
    await syncFolder(runs);
    return name;
  };
  return {
    path,
    async commit(describe) {
      try {
        const name = await putInPlace('', describe);
        // Under a name that the next run removes if this one is killed here.
        await replaceLink(latest, join(RUNS, name), path);
        await syncFolder(folder);
        return name;
      } catch (error) {
        throw ChurnError.is(error) ? error : fileError('write', latest, error);
      }
    },
    async keepOnly(file) {
      const [kept] = normalize(file).split(sep);
      for (const name of await readdir(path)) {
        if (name !== kept) await rm(join(path, name), { recursive: true, force: true });
      }
      return join(runs, await putInPlace('.failed'), file);
    },
    discard,
  };
}

/**
 * Removes a run, or the remains of a failed one. It is renamed first, so that nobody finds half of it.
 * @throws `invalid-file` if that fails.
 */
export async function removeRun(folder: string, id: string): Promise<void> {
  const runs = runsFolder(folder);
  // Under a name that the next run removes if this process is killed here.
  const gone = join(runs, `.${id.replaceAll('.', '-')}.${HOST}.${process.pid}.part`);
  try {
    await rename(runPath(folder, id), gone);
    await rm(gone, { recursive: true, force: true });
  } catch (error) {
    throw fileError('write', runPath(folder, id), error);
  }
}

interface Part {
  readonly id: string;
  readonly path: string;
}

/** Creates the folder of a run, named by its start in UTC to the second, with a number if another run has the same name. */
async function makePart(runs: string): Promise<Part> {
  const time = `${new Date().toISOString().slice(0, 19).replaceAll(':', '-')}Z`;
  for (let i = 1; ; i++) {
    const id = numbered(time, i);
    const path = join(runs, `.${id}.${HOST}.${process.pid}.part`);
    if (ownParts.has(path)) continue;
    // Registered before creation, since a signal may arrive in between.
    ownParts.add(path);
    try {
      await mkdir(path);
      return { id, path };
    } catch (error) {
      ownParts.delete(path);
      if (!isTaken(error)) throw error;
    }
  }
}

/** @param named returns the i-th name to try. */
async function renameToFree(
  path: string,
  named: (i: number) => string,
  describe?: (name: string) => Promise<void>,
): Promise<string> {
  for (let i = 1; ; i++) {
    const place = named(i);
    if (await kindOf(place)) continue;
    await describe?.(basename(place));
    await syncFolders(path);
    try {
      await rename(path, place);
      return basename(place);
    } catch (error) {
      if (!isTaken(error)) throw error;
    }
  }
}

function numbered(name: string, i: number): string {
  return i === 1 ? name : `${name}-${i}`;
}

function isTaken(error: unknown): boolean {
  return ['EEXIST', 'ENOTEMPTY'].includes((error as NodeJS.ErrnoException).code ?? '');
}

/** Removes parts of this host whose process has ended. */
async function clearDead(runs: string): Promise<void> {
  for (const name of await readdir(runs)) {
    const [, host, pid] = PART.exec(name) ?? [];
    const path = join(runs, name);
    const isDead = host !== undefined && !ownParts.has(path) && hasEnded({ host, pid: Number(pid) });
    if (isDead) await rm(path, { recursive: true, force: true });
  }
}

/** Checks that the link can be created, before any work is done. */
async function assertLinkable(latest: string, trial: string): Promise<void> {
  const kind = await kindOf(latest);
  if (kind && kind !== 'link') {
    throw new ChurnError(
      'invalid-file',
      `${latest}: expected the link to the latest run, got a ${kind}; move it away`,
    );
  }
  try {
    await replaceLink(trial, '.', `${trial}.new`);
    await unlink(trial);
  } catch (error) {
    const { code } = error as NodeJS.ErrnoException;
    throw new ChurnError(
      'invalid-file',
      `${latest}: cannot create a symbolic link (${code}); write results to another disk`,
      { cause: error },
    );
  }
}

async function kindOf(path: string): Promise<'link' | 'folder' | 'file' | undefined> {
  try {
    const stats = await lstat(path);
    if (stats.isSymbolicLink()) return 'link';
    return stats.isDirectory() ? 'folder' : 'file';
  } catch {
    return undefined;
  }
}

/** Points a link to `destination`, relative to its folder; atomic except on Windows. */
async function replaceLink(link: string, destination: string, temporary: string): Promise<void> {
  // A junction, which needs no special rights, requires an absolute path.
  await symlink(IS_WINDOWS ? resolve(dirname(link), destination) : destination, temporary, 'junction');
  if (IS_WINDOWS && (await kindOf(link))) await unlink(link);
  await rename(temporary, link);
}

/** Flushes the entries of a folder and its subfolders to disk. */
async function syncFolders(folder: string): Promise<void> {
  for (const entry of await readdir(folder, { withFileTypes: true })) {
    if (entry.isDirectory()) await syncFolders(join(folder, entry.name));
  }
  await syncFolder(folder);
}

/** Flushes the entries of a folder to disk. */
export async function syncFolder(folder: string): Promise<void> {
  // Windows cannot open folders.
  if (IS_WINDOWS) return;
  const handle = await open(folder);
  try {
    await handle.sync();
  } finally {
    await handle.close();
  }
}
