import { createWriteStream, type WriteStream } from 'node:fs';
import { appendFile, mkdir } from 'node:fs/promises';
import { dirname } from 'node:path';
import { setImmediate } from 'node:timers/promises';
import { ChurnError } from '@churn/core';
import { fileError } from '@churn/io';
import winston from 'winston';
import { entryText } from './entry-text.js';
import { isJsonOutput } from './json-output.js';
import { styled } from './styles.js';

export type Logger = winston.Logger;

const { combine, printf, timestamp } = winston.format;

/** Names in a message come from data: none of them forges an entry or steers a terminal. */
const inert = winston.format((entry) => Object.assign(entry, { message: entryText(String(entry.message)) }));

/** Leaves to the file what the user is told otherwise. */
const untold = winston.format((entry) => (entry.isTold ? false : entry));

/** A logger to standard error, so that standard output is left to results; with `--json` a JSON object per line. */
export function createLogger(): Logger {
  const text = printf(({ level, message }) =>
    level === 'info' ? String(message) : `${levelText(level)} ${message}`,
  );
  const line = printf(({ level, code, message }) => JSON.stringify({ level, code, message }));
  const stderrLevels = Object.keys(winston.config.npm.levels);
  return winston.createLogger({
    format: inert(),
    transports: [
      new winston.transports.Console({
        stderrLevels,
        format: combine(untold(), isJsonOutput() ? line : text),
      }),
    ],
  });
}

function levelText(level: string): string {
  const style = level === 'error' ? 'red' : level === 'warn' ? 'yellow' : 'dim';
  return styled(`${level}:`, style, process.stderr);
}

/** What programs know an error by: the code of a `ChurnError`, and `unexpected` for a mistake of ours. */
export function errorCode(error: unknown): string {
  return ChurnError.is(error) ? error.code : 'unexpected';
}

/** What a user is to know of an error. */
export function errorText(error: unknown): string {
  // Only a mistake of ours deserves a stack trace.
  const isExpected = ChurnError.is(error) || !(error instanceof Error);
  return isExpected ? String((error as ChurnError).message) : `unexpected: ${error.stack}`;
}

/**
 * Has the logger write to `file` as well, after what the file already holds.
 * @throws `invalid-file` if the file cannot be written.
 */
export async function logToFile(logger: Logger, file: string): Promise<void> {
  try {
    // winston would tell of a file that cannot be written only later, by an event.
    await mkdir(dirname(file), { recursive: true });
    await appendFile(file, '');
  } catch (error) {
    throw fileError('write', file, error);
  }
  logger.add(new LogFile(file));
}

/** Writes entries to a file. That of winston waits for ever for one that cannot be written, such as on a full disk. */
class LogFile extends winston.transports.Stream {
  readonly #stream: WriteStream;
  readonly #closed: Promise<void>;

  constructor(file: string) {
    const stream = createWriteStream(file, { flags: 'a' });
    const format = combine(
      timestamp(),
      printf((entry) => `${entry.timestamp} ${entry.level}: ${entry.message}`),
    );
    super({ stream, format });
    this.#stream = stream;
    this.#closed = new Promise((resolve, reject) => {
      stream.on('error', (error) => reject(fileError('write', file, error)));
      stream.on('close', resolve);
    });
    // It is told when the file is closed.
    this.#closed.catch(() => undefined);
  }

  /** @throws `invalid-file` if not all could be written. */
  async closeFile(): Promise<void> {
    await new Promise((finished) => {
      this.once('finish', finished);
      this.end();
    });
    this.#stream.end();
    await this.#closed;
  }
}

/**
 * Waits until all that was logged is in the file of the logger, and has it write there no more.
 * @throws `invalid-file` if not all could be written.
 */
export async function closeLogFile(logger: Logger): Promise<void> {
  // Until all is on its way.
  while (logger.readableLength > 0) await setImmediate();
  const files = logger.transports.filter((transport) => transport instanceof LogFile);
  for (const file of files) logger.unpipe(file);
  await Promise.all(files.map((file) => file.closeFile()));
}

/** Waits until all that was logged is written. */
export async function closeLogger(logger: Logger): Promise<void> {
  await closeLogFile(logger);
  logger.end();
}
