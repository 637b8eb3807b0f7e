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

/** Escapes control characters, so that names from data can neither forge entries nor control a terminal. */
const inert = winston.format((entry) => Object.assign(entry, { message: entryText(String(entry.message)) }));

/** Drops messages that the user sees elsewhere, and that only belong in the file. */
const unreported = winston.format((entry) => (entry.isReported ? false : entry));

/** A logger to standard error, since standard output is for results; with `--json`, a JSON object per line. */
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
        format: combine(unreported(), isJsonOutput() ? line : text),
      }),
    ],
  });
}

function levelText(level: string): string {
  const style = level === 'error' ? 'red' : level === 'warn' ? 'yellow' : 'dim';
  return styled(`${levelWord(level)}:`, style, process.stderr);
}

/** A level as text: commands print warnings of their own, too, which begin with the whole word. */
function levelWord(level: string): string {
  return level === 'warn' ? 'warning' : level;
}

/** The error code for programs: that of a `ChurnError`, otherwise `unexpected`. */
export function errorCode(error: unknown): string {
  return ChurnError.is(error) ? error.code : 'unexpected';
}

/** The text of an error for users. */
export function errorText(error: unknown): string {
  // Only bugs deserve a stack trace.
  const isExpected = ChurnError.is(error) || !(error instanceof Error);
  return isExpected ? String((error as ChurnError).message) : `unexpected: ${error.stack}`;
}

/**
 * Also logs to `file`, appending.
 * @throws `invalid-file` if the file cannot be written.
 */
export async function logToFile(logger: Logger, file: string): Promise<void> {
  try {
    // winston would report a file that cannot be written only later, by an event.
    await mkdir(dirname(file), { recursive: true });
    await appendFile(file, '');
  } catch (error) {
    throw fileError('write', file, error);
  }
  logger.add(new LogFile(file));
}

/** Writes entries to a file. winston's file transport waits for ever if writing fails, such as on a full disk. */
class LogFile extends winston.transports.Stream {
  readonly #stream: WriteStream;
  readonly #closed: Promise<void>;

  constructor(file: string) {
    const stream = createWriteStream(file, { flags: 'a' });
    const format = combine(
      timestamp(),
      printf((entry) => `${entry.timestamp} ${levelWord(entry.level)}: ${entry.message}`),
    );
    super({ stream, format });
    this.#stream = stream;
    this.#closed = new Promise((resolve, reject) => {
      stream.on('error', (error) => reject(fileError('write', file, error)));
      stream.on('close', resolve);
    });
    // The error is reported when the file is closed.
    this.#closed.catch(() => undefined);
  }

  /** @throws `invalid-file` if entries could not be written. */
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
 * Flushes and closes the log file.
 * @throws `invalid-file` if entries could not be written.
 */
export async function closeLogFile(logger: Logger): Promise<void> {
  // Until all entries reach the transport.
  while (logger.readableLength > 0) await setImmediate();
  const files = logger.transports.filter((transport) => transport instanceof LogFile);
  for (const file of files) logger.unpipe(file);
  await Promise.all(files.map((file) => file.closeFile()));
}

/** Waits until all entries are written. */
export async function closeLogger(logger: Logger): Promise<void> {
  await closeLogFile(logger);
  logger.end();
}
