import { type FileHandle, open } from 'node:fs/promises';
import { type LogFile, type LogKind, newLogFile } from './log-files.js';

/** The files of this process, as opposed to a dead one with the same ID. */
const own = new Set<string>();

/** Whether this process writes a file. */
export function isOwn({ path }: LogFile): boolean {
  return own.has(path);
}

/** An open log file, written in complete lines. */
export class OpenLogFile {
  readonly begun = Date.now();
  readonly file: LogFile;
  readonly #handle: FileHandle;
  #isTorn = false;
  rows = 0;
  bytes = 0;

  private constructor(file: LogFile, handle: FileHandle) {
    this.file = file;
    this.#handle = handle;
  }

  static async create(folder: string, kind: LogKind): Promise<OpenLogFile> {
    const file = newLogFile(folder, kind);
    // Registered before creation, so that it is never mistaken for another process's.
    own.add(file.path);
    try {
      // Customer data must not be readable by other users of the machine.
      return new OpenLogFile(file, await open(file.path, 'ax', 0o640));
    } catch (error) {
      own.delete(file.path);
      throw error;
    }
  }

  /** Whether it may end with an incomplete line that could not be removed, so that nothing may follow. */
  get isTorn(): boolean {
    return this.#isTorn;
  }

  /** Writes either all lines of a text or none. */
  async append(lines: string, rows: number): Promise<void> {
    const bytes = Buffer.from(lines);
    try {
      await this.#handle.writeFile(bytes);
    } catch (error) {
      await this.#handle.truncate(this.bytes).catch(() => {
        this.#isTorn = true;
      });
      throw error;
    }
    this.rows += rows;
    this.bytes += bytes.length;
  }

  /** Updates its time, as a sign of life for others. */
  async touch(): Promise<void> {
    const now = new Date();
    await this.#handle.utimes(now, now);
  }

  /** Closes the file, with all data flushed to disk. */
  async close(): Promise<void> {
    try {
      await this.#handle.sync();
    } finally {
      await this.#handle.close();
      own.delete(this.file.path);
    }
  }
}
