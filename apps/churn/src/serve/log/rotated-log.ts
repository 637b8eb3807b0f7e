import { mkdir } from 'node:fs/promises';
import { fileError } from '@churn/io';
import type { Logger } from '../../terminal/logger.js';
import { type FinishLogFile, finishOnce } from './finish-log-file.js';
import type { LogFile, LogKind } from './log-files.js';
import { OpenLogFile } from './open-log-file.js';
import { SIGN_OF_LIFE_MS, takeOver } from './take-over.js';

/** When a new file starts: at whichever limit is reached first. */
interface Rotation {
  readonly rows: number;
  readonly bytes: number;
  /** In seconds. */
  readonly age: number;
}

export interface RotatedLogOptions {
  readonly folder: string;
  readonly kind: LogKind;
  readonly rotate: Rotation;
  readonly finish: FinishLogFile;
  readonly logger: Logger;
  /** The maximum number of characters waiting to be written. Default 16 Mi. */
  readonly maxWaiting?: number;
}

interface Waiting {
  readonly lines: string;
  readonly rows: number;
}

/** The time for which a row waits to be written together with others. */
const GATHER_MS = 1000;
/** The number of characters that are written without further waiting. */
const ENOUGH = 2 ** 18;
/** The minimum interval between warnings about dropped rows. */
const WARN_MS = 60_000;

/**
 * JSON lines, written in the background: `add` never waits and never throws. Rows for which the disk has no space or is too slow are
 * dropped and counted. Each process has its own files, so that several can share a folder. A file is finished when it is full or old; until
 * then it can be read up to its last complete line.
 */
export class RotatedLog {
  readonly #options: RotatedLogOptions;
  readonly #maxWaiting: number;
  #lines = '';
  #rows = 0;
  #timer: NodeJS.Timeout | undefined;
  #isUrgent = false;
  readonly #pulse: NodeJS.Timeout;
  #file: OpenLogFile | undefined;
  #turn: Promise<void> = Promise.resolve();
  #finishing: Promise<void> = Promise.resolve();
  readonly #unfinished = new Set<LogFile>();
  #failure: Error | undefined;
  #dropped = 0;
  #warned = Number.NEGATIVE_INFINITY;

  private constructor(options: RotatedLogOptions) {
    this.#options = options;
    this.#maxWaiting = options.maxWaiting ?? 2 ** 24;
    this.#pulse = setInterval(() => this.#inTurn(() => this.#beat()), SIGN_OF_LIFE_MS).unref();
  }

  /**
   * Opens a log, and finishes the files that killed processes left in its folder.
   * @throws `invalid-file` if the folder cannot be written to.
   */
  static async open(options: RotatedLogOptions): Promise<RotatedLog> {
    const { folder, kind, finish, logger } = options;
    try {
      await mkdir(folder, { recursive: true });
      const log = new RotatedLog(options);
      log.#file = await OpenLogFile.create(folder, kind);
      const taken = await takeOver(folder, kind, finish);
      if (taken > 0) logger.info(`${folder}: finished ${taken} of ${kind} left by a killed process`);
      return log;
    } catch (error) {
      throw fileError('write', folder, error);
    }
  }

  /** The number of dropped rows. */
  get dropped(): number {
    return this.#dropped;
  }

  /**
   * Queues rows for writing.
   * @param lines one object per row, each with a line end.
   * @returns false if they were dropped.
   */
  add(lines: string, rows: number): boolean {
    if (this.#lines.length + lines.length > this.#maxWaiting) {
      this.#drop(rows, 'the disk is too slow');
      return false;
    }
    this.#lines += lines;
    this.#rows += rows;
    this.#writeSoon(this.#lines.length >= ENOUGH);
    return true;
  }

  /** Starts a new file for the rows added from now on. */
  startFile(): void {
    const taken = this.#take();
    void this.#inTurn(async () => {
      await this.#write(taken);
      await this.#rotate();
    });
  }

  /** Writes all added rows. @returns whether that succeeded. */
  async flush(): Promise<boolean> {
    await this.#inTurn(() => this.#write(this.#take()));
    return !this.#failure;
  }

  /** Writes all added rows, and finishes the file. */
  async close(): Promise<void> {
    clearTimeout(this.#timer);
    clearInterval(this.#pulse);
    await this.#inTurn(async () => {
      await this.#write(this.#take());
      await this.#rotate();
    });
    await this.#finishing;
  }

  #writeSoon(isUrgent: boolean): void {
    if (this.#timer !== undefined && this.#isUrgent >= isUrgent) return;
    clearTimeout(this.#timer);
    this.#isUrgent = isUrgent;
    const write = () => void this.#inTurn(() => this.#write(this.#take()));
    this.#timer = setTimeout(write, isUrgent ? 0 : GATHER_MS).unref();
  }

  #inTurn(work: () => Promise<void>): Promise<void> {
    this.#turn = this.#turn.then(work);
    return this.#turn;
  }

  #take(): Waiting {
    clearTimeout(this.#timer);
    this.#timer = undefined;
    const taken = { lines: this.#lines, rows: this.#rows };
    this.#lines = '';
    this.#rows = 0;
    return taken;
  }

  async #write({ lines, rows }: Waiting): Promise<void> {
    if (rows === 0) return;
    const { folder, kind, rotate } = this.#options;
    try {
      this.#file ??= await OpenLogFile.create(folder, kind);
      await this.#file.append(lines, rows);
      this.#recover();
      const { rows: written, bytes } = this.#file;
      if (written >= rotate.rows || bytes >= rotate.bytes || this.#isOld()) await this.#rotate();
    } catch (error) {
      this.#failure = fileError('write', folder, error);
      this.#drop(rows, this.#failure.message);
      if (this.#file?.isTorn) await this.#rotate();
    }
  }

  #isOld(): boolean {
    const { begun } = this.#file ?? {};
    return begun !== undefined && Date.now() - begun >= 1000 * this.#options.rotate.age;
  }

  async #beat(): Promise<void> {
    if (this.#isOld()) await this.#rotate();
    await this.#file?.touch().catch(() => undefined);
  }

  /** Finishes the file in the background, while the next is written. */
  async #rotate(): Promise<void> {
    const file = this.#file;
    if (!file) return;
    this.#file = undefined;
    // A failed flush can be ignored: readers already see the data.
    await file.close().catch(() => undefined);
    this.#unfinished.add(file.file);
    this.#finishing = this.#finishing.then(() => this.#finishAll());
  }

  async #finishAll(): Promise<void> {
    const { finish, logger } = this.#options;
    for (const file of this.#unfinished) {
      try {
        await finishOnce(finish, file);
        this.#unfinished.delete(file);
      } catch (error) {
        // It is readable as it is, and retried with the next file.
        logger.warn(`${file.path}: could not be finished: ${(error as Error).message}`);
      }
    }
  }

  #drop(rows: number, why: string): void {
    this.#dropped += rows;
    if (Date.now() - this.#warned < WARN_MS) return;
    this.#warned = Date.now();
    const { folder, kind, logger } = this.#options;
    logger.warn(`${folder}: ${kind} are dropped from the log: ${why}; ${this.#dropped} so far`);
  }

  #recover(): void {
    if (!this.#failure) return;
    this.#failure = undefined;
    this.#warned = Number.NEGATIVE_INFINITY;
    const { folder, kind, logger } = this.#options;
    logger.info(`${folder}: ${kind} are logged again; ${this.#dropped} were dropped`);
  }
}
