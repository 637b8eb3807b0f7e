import { mkdir, open, readdir, rm, stat } from 'node:fs/promises';
import { join } from 'node:path';
import { setTimeout } from 'node:timers/promises';
import { ChurnError } from '@churn/core';
import { fileError, readBytes } from '@churn/io';
import { isThere } from '../runs/is-there.js';
import { syncFolder } from '../runs/run-folder.js';
import { formatEntry, type NumberedEntry, parseEntry } from './alias-entry.js';

/** What an alias has led to, by numbered entries, of which the last whole one counts. */
export interface AliasHistory {
  /** The whole entries, by number. */
  readonly entries: readonly NumberedEntry[];
  /** What the alias leads to now. */
  readonly current: NumberedEntry | undefined;
  /** The number of the next entry: one that a killed process left half written keeps its own. */
  readonly next: number;
}

/** The names of aliases: they are those of folders, and may not be taken for a path or a file. */
export const ALIAS = /^[A-Za-z0-9][\w-]*$/;

const ENTRY = /^(\d{6,15})\.json$/;
/** How long an entry may take from its creation until it is whole. */
const WRITING_MS = 5000;
const WAIT_MS = 50;
/** An entry has fewer. */
const MOST_BYTES = 2 ** 24;

function aliasesFolder(registry: string): string {
  return join(registry, 'aliases');
}

function aliasFolder(registry: string, alias: string): string {
  return join(aliasesFolder(registry), alias);
}

function entryFile(registry: string, alias: string, number: number): string {
  return join(aliasFolder(registry, alias), `${String(number).padStart(6, '0')}.json`);
}

/** The aliases of a registry that lead to a model, by name. */
export async function listAliases(registry: string): Promise<string[]> {
  const names = (await namesIn(aliasesFolder(registry))).filter((name) => ALIAS.test(name)).sort();
  const found = await Promise.all(
    names.map(async (name) => ((await currentEntry(registry, name)) ? [name] : [])),
  );
  return found.flat();
}

/** What an alias leads to now; `undefined` if there is no such alias. */
export async function currentEntry(registry: string, alias: string): Promise<NumberedEntry | undefined> {
  for (const number of (await numbersOf(registry, alias)).reverse()) {
    const entry = await readEntry(registry, alias, number);
    if (entry) return entry;
  }
  return undefined;
}

/** All that an alias has led to. */
export async function readHistory(registry: string, alias: string): Promise<AliasHistory> {
  const numbers = await numbersOf(registry, alias);
  const read = await Promise.all(numbers.map((number) => readEntry(registry, alias, number)));
  const entries = read.filter((entry) => entry !== undefined);
  return { entries, current: entries.at(-1), next: (numbers.at(-1) ?? 0) + 1 };
}

/** The same when nobody is writing the last entry: what is added to it then is added to what others have done. */
export async function settledHistory(registry: string, alias: string): Promise<AliasHistory> {
  for (let waited = 0; ; waited += WAIT_MS) {
    const history = await readHistory(registry, alias);
    const last = history.next - 1;
    const isWhole = last === 0 || history.current?.number === last;
    if (isWhole || waited >= WRITING_MS || (await isAbandoned(entryFile(registry, alias, last)))) {
      return history;
    }
    await setTimeout(WAIT_MS);
  }
}

/**
 * Adds an entry under a number that nobody else has.
 * @returns whether it could: `false` where the number was taken meanwhile.
 * @throws `invalid-file` if it cannot be written; the alias is then as it was.
 */
export async function addEntry(
  registry: string,
  alias: string,
  { number, ...entry }: NumberedEntry,
): Promise<boolean> {
  const file = entryFile(registry, alias, number);
  try {
    await mkdir(aliasFolder(registry, alias), { recursive: true });
    const handle = await open(file, 'wx');
    try {
      // At once: half of it is no JSON, and so not taken for an entry.
      await handle.writeFile(formatEntry(entry));
      await handle.sync();
      // A disk in the network may tell only here that it is full.
      await handle.close();
    } catch (error) {
      await handle.close().catch(() => undefined);
      await rm(file, { force: true });
      throw error;
    }
    await syncFolder(aliasFolder(registry, alias));
    return true;
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'EEXIST' && (await isThere(file))) return false;
    throw fileError('write', file, error);
  }
}

/** The numbers that entries of an alias have, ascending, whole or not. */
async function numbersOf(registry: string, alias: string): Promise<number[]> {
  const numbers = (await namesIn(aliasFolder(registry, alias))).flatMap((name) => {
    const [, digits] = ENTRY.exec(name) ?? [];
    return digits === undefined ? [] : [Number(digits)];
  });
  return numbers.sort((a, b) => a - b);
}

/**
 * @returns `undefined` for one that is not whole: it is being written, or was when its process was killed.
 * @throws `model-file` for one that is whole, and yet no entry.
 */
async function readEntry(
  registry: string,
  alias: string,
  number: number,
): Promise<NumberedEntry | undefined> {
  const file = entryFile(registry, alias, number);
  let value: unknown;
  try {
    // Half of a character does not keep the half of an entry from being told as such.
    value = JSON.parse(new TextDecoder().decode(await readBytes(file, MOST_BYTES)));
  } catch (error) {
    // One that could not be written is taken away again.
    if (error instanceof SyntaxError || !(await isThere(file))) return undefined;
    throw error;
  }
  return { number, ...parseEntry(value, file) };
}

/** Whether an entry that is not whole has been so for long. */
async function isAbandoned(file: string): Promise<boolean> {
  try {
    return Date.now() - (await stat(file)).mtimeMs > WRITING_MS;
  } catch {
    return false;
  }
}

async function namesIn(folder: string): Promise<string[]> {
  try {
    return await readdir(folder);
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'ENOENT') return [];
    throw fileError('read', folder, error);
  }
}

/** @throws `invalid-parameter` for what cannot be the name of an alias. */
export function requireAlias(alias: string): void {
  if (ALIAS.test(alias) && alias !== 'latest') return;
  throw new ChurnError(
    'invalid-parameter',
    `alias ${JSON.stringify(alias)}: expected letters, digits, _ and -, such as champion, and not latest`,
  );
}
