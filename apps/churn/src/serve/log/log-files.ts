import { randomUUID } from 'node:crypto';
import { readdir } from 'node:fs/promises';
import { basename, join } from 'node:path';
import { fileError } from '@churn/io';
import { HOST } from '../../runs/process-identity.js';

/** The content of a log, and the prefix of its file names. */
export type LogKind = 'predictions' | 'outcomes';

/** The format of finished files; open files have JSON lines. */
export type LogFormat = 'jsonl' | 'parquet';

/** A log file: `<kind>-<time>-<random>`, followed by `.jsonl` or `.parquet`, or by `.<host>.<process>.open` while it is open. */
export interface LogFile {
  readonly path: string;
  readonly kind: LogKind;
  /** Its name without the extension, which sorts files by creation. */
  readonly id: string;
  /** The process that writes it; absent for finished files. */
  readonly writer?: { readonly host: string; readonly pid: number };
}

const NAME =
  /^((predictions|outcomes)-[\dTZ-]+-[\da-f]{8})\.(?:jsonl|parquet|(?<host>[\w-]+)\.(?<pid>\d+)\.open)$/;

/** The time of this process's last file, to keep times unique. */
let last = 0;

/** The name of a new file of this process. */
export function newLogFile(folder: string, kind: LogKind): LogFile {
  last = Math.max(Date.now(), last + 1);
  const time = new Date(last).toISOString().replaceAll(/[:.]/g, '-');
  const id = `${kind}-${time}-${randomUUID().slice(0, 8)}`;
  const writer = { host: HOST, pid: process.pid };
  return { path: join(folder, `${id}.${HOST}.${process.pid}.open`), kind, id, writer };
}

/** The path of a finished file. */
export function wholePath({ path, id }: LogFile, format: LogFormat): string {
  return join(path.slice(0, -basename(path).length), `${id}.${format}`);
}

/**
 * The files of a log, including open ones, sorted by creation.
 * @throws `invalid-file` if the folder does not exist.
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
  // A process killed between writing the finished file and removing the open one leaves both.
  const whole = new Set(files.flatMap(({ id, writer }) => (writer ? [] : [id])));
  return files.filter(({ id, writer }) => !writer || !whole.has(id)).sort((a, b) => (a.id < b.id ? -1 : 1));
}
