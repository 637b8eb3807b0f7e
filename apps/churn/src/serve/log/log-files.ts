import { randomUUID } from 'node:crypto';
import { readdir } from 'node:fs/promises';
import { basename, join } from 'node:path';
import { fileError } from '@churn/io';
import { HOST } from '../../runs/process-identity.js';

/** What a log holds, with which the names of its files begin. */
export type LogKind = 'predictions' | 'outcomes';

/** How a whole file of a log is written; the one that is being written has JSON lines. */
export type LogFormat = 'jsonl' | 'parquet';

/** A file of a log: `<kind>-<time>-<random>`, then `.jsonl` or `.parquet`, or of one that is being written `.<host>.<process>.open`. */
export interface LogFile {
  readonly path: string;
  readonly kind: LogKind;
  /** Its name without what tells its state: files sort by it as they were begun. */
  readonly id: string;
  /** Who writes it; absent of a whole file. */
  readonly writer?: { readonly host: string; readonly pid: number };
}

const NAME =
  /^((predictions|outcomes)-[\dTZ-]+-[\da-f]{8})\.(?:jsonl|parquet|(?<host>[\w-]+)\.(?<pid>\d+)\.open)$/;

/** Of the last file of this process, so that no two of it have one time. */
let last = 0;

/** The name of a new file of this process. */
export function newLogFile(folder: string, kind: LogKind): LogFile {
  last = Math.max(Date.now(), last + 1);
  const time = new Date(last).toISOString().replaceAll(/[:.]/g, '-');
  const id = `${kind}-${time}-${randomUUID().slice(0, 8)}`;
  const writer = { host: HOST, pid: process.pid };
  return { path: join(folder, `${id}.${HOST}.${process.pid}.open`), kind, id, writer };
}

/** Where a file stands once it is whole. */
export function wholePath({ path, id }: LogFile, format: LogFormat): string {
  return join(path.slice(0, -basename(path).length), `${id}.${format}`);
}

/**
 * The files of a log as they were begun, those that are being written among them.
 * @throws `invalid-file` if there is no such folder.
 */
export async function listLogFiles(folder: string, kind: LogKind): Promise<LogFile[]> {
  const names = await readdir(folder).catch((error) => {
    throw fileError('read', folder, error);
  });
  const files = names.flatMap((name): LogFile[] => {
    const found = NAME.exec(name);
    if (found?.[2] !== kind) return [];
    const { host, pid } = found.groups ?? {};
    const writer = host === undefined ? undefined : { host, pid: Number(pid) };
    return [{ path: join(folder, name), kind, id: found[1], ...(writer && { writer }) }];
  });
  // One that was killed between writing the whole file and removing the other leaves both.
  const whole = new Set(files.flatMap(({ id, writer }) => (writer ? [] : [id])));
  return files.filter(({ id, writer }) => !writer || !whole.has(id)).sort((a, b) => (a.id < b.id ? -1 : 1));
}
