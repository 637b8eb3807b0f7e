import { existsSync, mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { closeLogFile, closeLogger, createLogger, logToFile } from './logger';

const HOSTILE =
  'no column "a\n2026-01-01T00:00:00.000Z error: forged\r\u001b[2Jb\u009b31m\u2028error: forged\n  and"';

it('no text in a message forges a log entry, or controls a terminal', async () => {
  const folder = mkdtempSync(join(tmpdir(), 'churn-log-'));
  try {
    const logger = createLogger();
    // What standard error gets, the tests of the command line see.
    for (const transport of logger.transports) transport.silent = true;
    await logToFile(logger, join(folder, 'churn.log'));
    logger.warn(HOSTILE);
    logger.info('the next');
    await closeLogger(logger);
    const written = readFileSync(join(folder, 'churn.log'), 'utf8');
    expect(written.split('\n').filter((line) => /^\S/.test(line))).toEqual([
      expect.stringMatching(/^\S+Z warning: no column "a$/),
      expect.stringMatching(/^\S+Z info: the next$/),
    ]);
    expect(written).toContain('\\u001b[2Jb\\u009b31m\\u2028error');
    expect(written).not.toMatch(/[^\P{Cc}\n]|\u2028/u);
  } finally {
    rmSync(folder, { recursive: true });
  }
});

/** A device that is always full. */
const FULL = '/dev/full';
(existsSync(FULL) ? it : it.skip)(
  `an unwritable log is reported, and not waited for (skipped where there is no /dev/full)`,
  async () => {
    const logger = createLogger();
    for (const transport of logger.transports) transport.silent = true;
    await logToFile(logger, FULL);
    for (let i = 0; i < 100; i++) logger.info('a line');
    await expect(closeLogFile(logger)).rejects.toThrow('/dev/full: no space left on the disk');
    logger.info('a line that goes nowhere');
    await closeLogger(logger);
  },
);
