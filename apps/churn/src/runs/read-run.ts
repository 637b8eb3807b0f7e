import { readdir, readlink } from 'node:fs/promises';
import { basename } from 'node:path';
import { ChurnError, type JsonObject } from '@churn/core';
import { decodeUtf8, fileError, readBytes } from '@churn/io';
import type { Config } from '../config/config.js';
import { registryFolder } from '../config/registry.js';
import { listAliases } from '../registry/alias-history.js';
import { formerRecord } from './former-record.js';
import { isThere } from './is-there.js';
import { recordFile, reportFile } from './output-files.js';
import { entryOfAlias } from './run-aliases.js';
import { latestRun, runPath, runsFolder } from './run-folder.js';
import { type RunRecord, runRecord } from './run-record.js';

/** What is in the folder of runs. */
export interface Runs {
  /** The newest first. */
  readonly complete: readonly RunRecord[];
  /** Runs that cannot be read, and why. */
  readonly unreadable: readonly { readonly id: string; readonly reason: string }[];
  /** The names of folders that hold the log of a run that failed, the newest first. */
  readonly failed: readonly string[];
}

/**
 * Looks at all runs of a folder of results.
 * @throws `invalid-file` if the folder cannot be read; one that does not exist has no runs.
 */
export async function surveyRuns(folder: string): Promise<Runs> {
  const complete: RunRecord[] = [];
  const unreadable: { id: string; reason: string }[] = [];
  const failed: string[] = [];
  for (const id of await namesIn(runsFolder(folder))) {
    if (id.endsWith('.failed')) {
      failed.push(id);
      continue;
    }
    try {
      complete.push(await readRun(folder, id));
    } catch (error) {
      if (!ChurnError.is(error)) throw error;
      unreadable.push({ id, reason: error.message });
    }
  }
  return { complete: complete.sort(newestFirst), unreadable, failed: failed.sort().reverse() };
}

/** The complete runs of a folder of results, the newest first. */
export async function listRuns(folder: string): Promise<readonly RunRecord[]> {
  return (await surveyRuns(folder)).complete;
}

/**
 * Reads the record of a run; of one of an earlier version, what its report tells.
 * @param folder the folder of results.
 * @throws `invalid-file` if there is none, or it is damaged or of a later version.
 */
export async function readRun(folder: string, id: string): Promise<RunRecord> {
  const path = runPath(folder, id);
  const file = recordFile(path);
  if (!(await isThere(file))) return formerRecord(id, await readJson(reportFile(path)), reportFile(path));
  const { data, error } = runRecord.safeParse(await readJson(file));
  if (data) return { ...data, id };
  const [{ path: where, message }] = error.issues;
  throw new ChurnError('invalid-file', `${file}: ${where.join('.') || 'the record'}: ${message}`);
}

/**
 * The run that a user means.
 * @param text its ID, the beginning of one, `latest`, or an alias of the registry.
 * @throws `invalid-parameter` if no run is called so, or several are.
 */
export async function findRun(config: Pick<Config, 'output' | 'registry'>, text: string): Promise<RunRecord> {
  const { folder } = config.output;
  const ids = (await namesIn(runsFolder(folder))).filter((id) => !id.endsWith('.failed')).sort();
  const named = text === 'latest' ? await latestId(folder) : (await entryOfAlias(config, text))?.run;
  if (named !== undefined) {
    if (ids.includes(named)) return readRun(folder, named);
    throw new ChurnError(
      'invalid-parameter',
      `run ${text}: it points to ${named}, which is no longer in ${runsFolder(folder)}`,
    );
  }
  const found = ids.includes(text) ? [text] : ids.filter((id) => text !== '' && id.startsWith(text));
  if (found.length === 1) return readRun(folder, found[0]);
  const shown = (some: readonly string[]) => some.slice(-5).reverse().join(', ');
  if (found.length > 1) {
    throw new ChurnError(
      'invalid-parameter',
      `run ${text}: expected the beginning of one ID, got that of ${found.length}, such as ${shown(found)}`,
    );
  }
  const aliases = await listAliases(registryFolder(config));
  const orAlias = aliases.length > 0 ? `, the alias ${aliases.join(' or ')}` : '';
  throw new ChurnError(
    'invalid-parameter',
    `${text === '' ? '""' : text}: no such run or alias in ${runsFolder(folder)}; ${
      ids.length === 0
        ? 'train first'
        : `expected latest${orAlias} or an ID such as ${shown(ids)}: churn runs lists all`
    }`,
  );
}

/** The ID of the run that `latest` leads to, if there is one. */
export async function latestId(folder: string): Promise<string | undefined> {
  try {
    return basename(await readlink(latestRun(folder)));
  } catch {
    return undefined;
  }
}

/** Folders of runs that are under way are hidden. */
async function namesIn(runs: string): Promise<string[]> {
  try {
    const entries = await readdir(runs, { withFileTypes: true });
    return entries
      .filter((entry) => entry.isDirectory() && !entry.name.startsWith('.'))
      .map(({ name }) => name);
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'ENOENT') return [];
    throw fileError('read', runs, error);
  }
}

async function readJson(file: string): Promise<JsonObject> {
  const text = decodeUtf8(await readBytes(file), file);
  try {
    return JSON.parse(text);
  } catch (error) {
    throw new ChurnError('invalid-file', `${file}: expected JSON (${(error as Error).message})`, {
      cause: error,
    });
  }
}

/** Runs that began in the same second are numbered. */
const inOrder = new Intl.Collator('en', { numeric: true });

function newestFirst(a: RunRecord, b: RunRecord): number {
  return inOrder.compare(b.started, a.started) || inOrder.compare(b.id, a.id);
}
