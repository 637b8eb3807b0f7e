import { mkdir, open, readdir, rm, stat } from 'node:fs/promises';
import { join } from 'node:path';
import { setTimeout } from 'node:timers/promises';
import { ChurnError } from '@churn/core';
import { fileError, readBytes } from '@churn/io';
import { isThere } from '../runs/is-there.js';
import { syncFolder } from '../runs/run-folder.js';
import { formatEntry, type NumberedEntry, parseEntry } from './alias-entry.js';

/** The history of an alias: numbered entries, the last complete one of which is current. */
export interface AliasHistory {
  /** The complete entries, by number. */
  readonly entries: readonly NumberedEntry[];
  /** The current entry. */
  readonly current: NumberedEntry | undefined;
  /** The number of the next entry; incomplete entries of killed processes keep theirs. */
  readonly next: number;
}

/** Valid names of aliases: they name folders, and must not look like a path or a file. */
export const ALIAS = /^[A-Za-z0-9][\w-]*$/;

const ENTRY = /^(\d{6,15})\.json$/;
/** The time limit for writing an entry. */
const WRITING_MS = 5000;
const WAIT_MS = 50;
/** The maximum size of an entry in bytes. */
const MAX_BYTES = 2 ** 24;

function aliasesFolder(registry: string): string {
  return join(registry, 'aliases');
}

function aliasFolder(registry: string, alias: string): string {
  return join(aliasesFolder(registry), alias);
}

function entryFile(registry: string, alias: string, number: number): string {
  return join(aliasFolder(registry, alias), `${String(number).padStart(6, '0')}.json`);
}

/** The aliases of a registry that point to a model, by name. */
export async function listAliases(registry: string): Promise<string[]> {
  const names = (await namesIn(aliasesFolder(registry))).filter((name) => ALIAS.test(name)).sort();
  const found = await Promise.all(
    names.map(async (name) => ((await currentEntry(registry, name)) ? [name] : [])),
  );
  return found.flat();
}

/** The current entry of an alias; `undefined` if it does not exist. */
export async function currentEntry(registry: string, alias: string): Promise<NumberedEntry | undefined> {
  for (const number of (await numbersOf(registry, alias)).reverse()) {
    const entry = await readEntry(registry, alias, number);
    if (entry) return entry;
  }
  return undefined;
}

/** The history of an alias. */
export async function readHistory(registry: string, alias: string): Promise<AliasHistory> {
  const numbers = await numbersOf(registry, alias);
  const read = await Promise.all(numbers.map((number) => readEntry(registry, alias, number)));
  const entries = read.filter((entry) => entry !== undefined);
  return { entries, current: entries.at(-1), next: (numbers.at(-1) ?? 0) + 1 };
}

/** The history once nobody is writing to it, so that a new entry follows those of others. */
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
 * Adds an entry under an unused number.
 * @returns `false` if the number was taken meanwhile.
 * @throws `invalid-file` if it cannot be written; the alias is then unchanged.
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
      // In a single write: half of it is not JSON, so it cannot be mistaken for an entry.
      await handle.writeFile(formatEntry(entry));
      await handle.sync();
      // A network disk may report only here that it is full.
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

/** The numbers of all entries of an alias, complete or not, ascending. */
async function numbersOf(registry: string, alias: string): Promise<number[]> {
  const numbers = (await namesIn(aliasFolder(registry, alias))).flatMap((name) => {
    const [, digits] = ENTRY.exec(name) ?? [];
    return digits === undefined ? [] : [Number(digits)];
  });
  return numbers.sort((a, b) => a - b);
}

/**
 * @returns `undefined` for an incomplete entry, which is being written or was left by a killed process.
 * @throws `model-file` if it is complete but invalid.
 */
async function readEntry(
  registry: string,
  alias: string,
  number: number,
): Promise<NumberedEntry | undefined> {
  const file = entryFile(registry, alias, number);
  let value: unknown;
  try {
    // Decodes leniently, since an incomplete entry may end within a character.
    value = JSON.parse(new TextDecoder().decode(await readBytes(file, MAX_BYTES)));
  } catch (error) {
    // An entry that could not be written is removed again.
    if (error instanceof SyntaxError || !(await isThere(file))) return undefined;
    throw error;
  }
  return { number, ...parseEntry(value, file) };
}

/** Whether an entry has been incomplete for longer than writing takes. */
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

/** @throws `invalid-parameter` if the name is not valid. */
export function requireAlias(alias: string): void {
  if (ALIAS.test(alias) && alias !== 'latest') return;
  throw new ChurnError(
    'invalid-parameter',
    `alias ${JSON.stringify(alias)}: expected letters, digits, _ and -, such as champion, and not latest`,
  );
}
