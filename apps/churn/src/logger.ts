import { appendFile, mkdir } from 'node:fs/promises';
import { dirname } from 'node:path';
import { fileError } from '@churn/io';
import winston from 'winston';
import { entryText } from './terminal.js';

export type Logger = winston.Logger;

const { combine, printf, timestamp } = winston.format;

/** Names in a message come from data: none of them forges an entry or steers a terminal. */
const inert = winston.format((entry) => Object.assign(entry, { message: entryText(String(entry.message)) }));

/** A logger to standard error, so that standard output is left to results. */
export function createLogger(): Logger {
  const format = printf(({ level, message }) =>
    level === 'info' ? String(message) : `${level}: ${message}`,
  );
  const stderrLevels = Object.keys(winston.config.npm.levels);
  return winston.createLogger({
    format: inert(),
    transports: [new winston.transports.Console({ stderrLevels, format })],
  });
}

/**
 * Has the logger write to `file` as well, after what the file already holds.
 * @throws `invalid-file` where the file cannot be written.
 */
export async function logToFile(logger: Logger, file: string): Promise<void> {
  try {
    // winston would tell of a file that cannot be written only later, by an event.
    await mkdir(dirname(file), { recursive: true });
    await appendFile(file, '');
  } catch (error) {
    throw fileError('write', file, error);
  }
  const format = combine(
    timestamp(),
    printf((entry) => `${entry.timestamp} ${entry.level}: ${entry.message}`),
  );
  logger.add(new winston.transports.File({ filename: file, format }));
}

/** Waits until all that was logged is written. */
export async function closeLogger(logger: Logger): Promise<void> {
  const files = logger.transports.filter((transport) => transport instanceof winston.transports.File);
  const written = files.map((file) => new Promise((resolve) => file.once('finish', resolve)));
  logger.end();
  await Promise.all(written);
}
