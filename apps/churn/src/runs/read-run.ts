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

/** The content of the folder of runs. */
export interface Runs {
  /** The complete runs, newest first. */
  readonly complete: readonly RunRecord[];
  /** Runs that cannot be read, with the reason. */
  readonly unreadable: readonly { readonly id: string; readonly reason: string }[];
  /** The folders of failed runs with a log, newest first. */
  readonly failed: readonly string[];
}

/**
 * Reads all runs of an output folder.
 * @throws `invalid-file` if the folder cannot be read; if it does not exist, there are no runs.
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

/** The complete runs of an output folder, newest first. */
export async function listRuns(folder: string): Promise<readonly RunRecord[]> {
  return (await surveyRuns(folder)).complete;
}

/**
 * Reads the record of a run; for earlier versions, reconstructs it from the report.
 * @param folder the output folder.
 * @throws `invalid-file` if it is missing, damaged or from a later version.
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
 * Finds a run by name.
 * @param text its ID, the beginning of one, `latest`, or an alias of the registry.
 * @throws `invalid-parameter` if no run matches, or several do.
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

/** The ID of the run that `latest` points to, if any. */
export async function latestId(folder: string): Promise<string | undefined> {
  try {
    return basename(await readlink(latestRun(folder)));
  } catch {
    return undefined;
  }
}

/** Names in the folder, without hidden ones, which are runs in progress. */
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

/** Natural order, since runs started in the same second are numbered. */
const inOrder = new Intl.Collator('en', { numeric: true });

function newestFirst(a: RunRecord, b: RunRecord): number {
  return inOrder.compare(b.started, a.started) || inOrder.compare(b.id, a.id);
}
