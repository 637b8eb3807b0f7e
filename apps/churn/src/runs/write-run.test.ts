import { existsSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { ChurnError } from '@churn/core';
import { createLogger, type Logger } from '../terminal/logger';
import { writeRun } from './write-run';

let folder: string;
let logger: Logger;

beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'churn-write-'));
  logger = createLogger();
  for (const transport of logger.transports) transport.silent = true;
});

afterEach(() => rmSync(folder, { recursive: true }));

const options = () => ({ folder, log: 'churn.log' });

describe('writeRun', () => {
  it('returns the result of the work, with results and log in place', async () => {
    const describe = async (result: string, to: string, id: string) =>
      writeFileSync(join(to, 'id.txt'), `${result} ${id}`);
    const work = async (to: string) => {
      for (let i = 0; i < 100; i++) logger.info(`line ${i}`);
      writeFileSync(join(to, 'a.txt'), 'a');
      return 'done';
    };
    const { id, result } = await writeRun(options(), logger, work, describe);
    expect(result).toBe('done');
    expect(readdirSync(join(folder, 'runs'))).toEqual([id]);
    expect(readdirSync(join(folder, 'latest')).sort()).toEqual(['a.txt', 'churn.log', 'id.txt']);
    expect(readFileSync(join(folder, 'latest/id.txt'), 'utf8')).toBe(`done ${id}`);
    const log = readFileSync(join(folder, 'latest/churn.log'), 'utf8');
    expect(log.trimEnd().split('\n')).toHaveLength(100);
    expect(log).toMatch(/info: line 99\n$/);
    logger.info('later');
    expect(readFileSync(join(folder, 'latest/churn.log'), 'utf8')).toBe(log);
  });

  it('keeps only the log of a run that fails, with the error', async () => {
    const failing = writeRun(options(), logger, async (to) => {
      logger.info('begun');
      writeFileSync(join(to, 'a.txt'), 'a');
      throw new ChurnError('invalid-data', 'a column is missing');
    });
    await expect(failing).rejects.toThrow('a column is missing');
    expect(existsSync(join(folder, 'latest'))).toBe(false);
    const [kept, ...others] = readdirSync(join(folder, 'runs'));
    expect(others).toEqual([]);
    expect(kept).toMatch(/Z\.failed$/);
    expect(readdirSync(join(folder, 'runs', kept))).toEqual(['churn.log']);
    expect(readFileSync(join(folder, 'runs', kept, 'churn.log'), 'utf8')).toMatch(
      /^\S+ info: begun\n\S+ error: a column is missing\n$/,
    );
  });

  it('keeps nothing of a failed run without a log', async () => {
    const failing = writeRun({ folder }, logger, async (to) => {
      writeFileSync(join(to, 'a.txt'), 'a');
      throw new Error('no');
    });
    await expect(failing).rejects.toThrow('no');
    expect(readdirSync(folder)).toEqual([]);
    const out = join(folder, 'results/new');
    await expect(writeRun({ folder: out }, logger, () => Promise.reject(new Error('no')))).rejects.toThrow(
      'no',
    );
    expect(readdirSync(folder)).toEqual([]);
  });
});
