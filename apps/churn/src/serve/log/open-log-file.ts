import { type FileHandle, open } from 'node:fs/promises';
import { type LogFile, type LogKind, newLogFile } from './log-files.js';

/** The files that this process writes, which are not of a dead one that had its number. */
const own = new Set<string>();

/** Whether this process writes a file. */
export function isOwn({ path }: LogFile): boolean {
  return own.has(path);
}

/** A file of a log while it is written, in whole lines. */
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
    // Before it is there, and might be taken for another's.
    own.add(file.path);
    try {
      // Rows of customers are nothing for everybody on the machine.
      return new OpenLogFile(file, await open(file.path, 'ax', 0o640));
    } catch (error) {
      own.delete(file.path);
      throw error;
    }
  }

  /** Whether it may end in half a line that could not be removed, so that nothing may follow. */
  get isTorn(): boolean {
    return this.#isTorn;
  }

  /** Writes all lines of a text or none. */
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

  /** Shows others that it is still being written. */
  async touch(): Promise<void> {
    const now = new Date();
    await this.#handle.utimes(now, now);
  }

  /** Ends the writing, with all of it on the disk. */
  async close(): Promise<void> {
    try {
      await this.#handle.sync();
    } finally {
      await this.#handle.close();
      own.delete(this.file.path);
    }
  }
}
