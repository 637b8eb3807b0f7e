import fs, { appendFile, readdir, rm, utimes, writeFile } from 'node:fs/promises';
import { createLogger } from '../../terminal/logger';
import { useLogFolder } from '../../testing/log-folder';
import { finishAsLines } from './finish-log-file';
import { listLogFiles } from './log-files';
import { readLogFile } from './read-log-file';
import { RotatedLog, type RotatedLogOptions } from './rotated-log';
import { takeOver } from './take-over';

const folder = useLogFolder();
const logger = createLogger();
let told: string[];
let log: RotatedLog;

async function open(options: Partial<RotatedLogOptions> = {}): Promise<RotatedLog> {
  log = await RotatedLog.open({
    folder: folder.path(),
    kind: 'predictions',
    rotate: { rows: 100, bytes: 2 ** 20, age: 3600 },
    finish: finishAsLines,
    logger,
    ...options,
  });
  return log;
}

beforeEach(() => {
  told = [];
  for (const level of ['warn', 'info'] as const) {
    jest.spyOn(logger, level).mockImplementation(((text: string) => told.push(`${level}: ${text}`)) as never);
  }
});

afterEach(async () => {
  jest.restoreAllMocks();
  jest.useRealTimers();
  await log.close();
});

const line = (n: number) => `${JSON.stringify({ n })}\n`;
const numbers = async () => (await folder.rows('predictions')).map(({ n }) => n);
const upTo = (n: number) => Array.from({ length: n }, (_, i) => i);

describe('RotatedLog', () => {
  it('keeps rows in order, in files of the given size, the last of which appears on closing', async () => {
    await open({ rotate: { rows: 4, bytes: 2 ** 20, age: 3600 } });
    for (const n of upTo(10)) {
      log.add(line(n), 1);
      await log.flush();
    }
    expect(await numbers()).toEqual(upTo(10));
    await log.close();
    expect(await folder.endings()).toEqual(Array(3).fill('predictions.jsonl'));
    expect(await numbers()).toEqual(upTo(10));
  });

  it('starts a new file by bytes, by age and on request', async () => {
    const now = jest.spyOn(Date, 'now');
    await open({ rotate: { rows: 100, bytes: 10, age: 60 } });
    const add = async (text: string) => {
      log.add(text, 1);
      await log.flush();
    };
    await add('{"n":10}\n');
    await add('{"n":0}\n');
    now.mockReturnValue(Date.now() + 61_000);
    await add('{"n":2}\n');
    now.mockReturnValue(Date.now() + 61_000);
    await add('{"n":3}\n');
    log.add('{"n":4}\n', 1);
    log.startFile();
    log.add('{"n":5}\n', 1);
    await log.close();
    const files = await readdir(folder.path());
    const sizes = await Promise.all(
      files.sort().map(async (name) => (await fs.stat(folder.path(name))).size),
    );
    expect(sizes).toEqual([17, 16, 8, 8]);
    expect(await numbers()).toEqual([10, 0, 2, 3, 4, 5]);
  });

  it('leaves no file if nothing was added', async () => {
    await open();
    expect(await folder.endings()).toEqual(['predictions.open']);
    await log.close();
    expect(await folder.endings()).toEqual([]);
  });

  it('flushes by itself, soon', async () => {
    jest.useFakeTimers({ doNotFake: ['nextTick', 'setImmediate', 'performance'] });
    await open();
    log.add(line(0), 1);
    expect(await folder.text()).toBe('');
    await jest.advanceTimersByTimeAsync(1000);
    jest.useRealTimers();
    await log.flush();
    expect(await folder.text()).toBe(line(0));
  });

  it('is read up to the last complete line, and finished there by the next process after a kill', async () => {
    await open();
    log.add(line(0) + line(1), 2);
    await log.flush();
    const [name] = await readdir(folder.path());
    await log.close();
    const dead = name.replace(/[\da-f]{8}(\.[\w-]+)\.\d+\.open$/, 'ffffffff$1.999999999.open');
    await writeFile(folder.path(dead), `${line(5)}${line(6)}{"n":`);
    const half = folder.path(dead.replace('ffffffff', 'fffffff0'));
    await writeFile(half, '{"n":7');
    expect(await numbers()).toEqual([0, 1, 5, 6]);
    await open();
    expect(await numbers()).toEqual([0, 1, 5, 6]);
    expect(await folder.endings()).toEqual(['predictions.jsonl', 'predictions.jsonl', 'predictions.open']);
    expect(told).toEqual([
      expect.stringMatching(/^info: .*: finished 2 of predictions left by a killed process$/),
    ]);
  });

  it('leaves files of other live processes alone, on this machine or with a recent sign of life on another', async () => {
    await open();
    const [name] = await readdir(folder.path());
    const start = name.slice(0, name.indexOf('.')).slice(0, -8);
    const other = (id: string, writer: string) => folder.path(`${start}${id}.${writer}.open`);
    const host = name.split('.')[1];
    const files = [
      other('aaaaaaaa', `${host}.${process.ppid}`),
      other('bbbbbbbb', 'elsewhere.1'),
      other('cccccccc', 'elsewhere.2'),
    ];
    for (const file of files) await writeFile(file, line(1));
    const eleven = new Date(Date.now() - 11 * 60_000);
    await utimes(files[2], eleven, eleven);
    expect(await takeOver(folder.path(), 'predictions', finishAsLines)).toBe(1);
    expect((await readdir(folder.path())).filter((each) => each.endsWith('jsonl'))).toEqual([
      expect.stringContaining('cccccccc'),
    ]);
  });

  it('reads rows once if a file exists in both forms, and one that is finished meanwhile', async () => {
    await open();
    log.add(line(0), 1);
    await log.flush();
    const [name] = await readdir(folder.path());
    const whole = `${name.slice(0, name.indexOf('.'))}.jsonl`;
    await writeFile(folder.path(whole), line(0));
    expect(await numbers()).toEqual([0]);
    await rm(folder.path(whole));
    const [listed] = await listLogFiles(folder.path(), 'predictions');
    await log.close();
    const parts: unknown[] = [];
    for await (const part of readLogFile(listed)) parts.push([...part]);
    expect(parts).toEqual([[['n', [0]]]]);
  });

  it('shares its folder with others', async () => {
    const logs = await Promise.all(upTo(5).map(() => open()));
    await Promise.all(
      logs.map(async (each, i) => {
        for (const n of upTo(20)) each.add(line(100 * i + n), 1);
        await each.close();
      }),
    );
    expect(new Set(await numbers())).toEqual(
      new Set(upTo(5).flatMap((i) => upTo(20).map((n) => 100 * i + n))),
    );
    expect(await folder.endings()).toEqual(Array(5).fill('predictions.jsonl'));
  });

  it('rejects a folder that is not writable', async () => {
    await open();
    await writeFile(folder.path('file'), '');
    await expect(
      RotatedLog.open({
        folder: folder.path('file', 'x'),
        kind: 'outcomes',
        rotate: { rows: 1, bytes: 1, age: 1 },
        finish: finishAsLines,
        logger,
      }),
    ).rejects.toThrow(/file\/x: a part of this path is a file/);
  });
});

/** A disk that takes half of what is written, and then nothing. */
function fullDisk(): () => void {
  const { open: openFile } = fs;
  let isFull = true;
  jest.spyOn(fs, 'open').mockImplementation(async (path, ...rest) => {
    const handle = await openFile(path, ...rest);
    const write = handle.writeFile.bind(handle);
    handle.writeFile = async (data) => {
      if (!isFull) return write(data);
      await write((data as Buffer).subarray(0, 5));
      throw Object.assign(new Error('ENOSPC: no space'), { code: 'ENOSPC' });
    };
    return handle;
  });
  return () => {
    isFull = false;
  };
}

describe('on a full disk', () => {
  it('drops and counts rows, reports it once, leaves no partial line, and recovers', async () => {
    const empty = fullDisk();
    await open();
    for (const n of upTo(3)) {
      log.add(line(n), 1);
      expect(await log.flush()).toBe(false);
    }
    expect(log.dropped).toBe(3);
    expect(await folder.text()).toBe('');
    expect(told).toEqual([
      expect.stringMatching(
        /^warn: .*: predictions are dropped from the log: .*no space left on the disk; 1 so far$/,
      ),
    ]);
    empty();
    log.add(line(7), 1);
    expect(await log.flush()).toBe(true);
    expect(await folder.text()).toBe(line(7));
    expect(told.slice(1)).toEqual([
      expect.stringMatching(/^info: .*: predictions are logged again; 3 were dropped$/),
    ]);
  });

  it('drops rows that arrive faster than they are written, and keeps the rest', async () => {
    await open({ maxWaiting: 3 * line(0).length });
    expect(upTo(5).map((n) => log.add(line(n), 1))).toEqual([true, true, true, false, false]);
    expect(log.dropped).toBe(2);
    expect(await log.flush()).toBe(true);
    expect(await numbers()).toEqual([0, 1, 2]);
    expect(told).toHaveLength(1);
  });

  it('keeps unfinished files readable, and finishes them with the next', async () => {
    let isBroken = true;
    const finish: RotatedLogOptions['finish'] = async (file) => {
      if (isBroken) throw new Error('made to fail');
      await finishAsLines(file);
    };
    await open({ finish, rotate: { rows: 1, bytes: 1, age: 3600 } });
    log.add(line(0), 1);
    await log.flush();
    log.add(line(1), 1);
    await log.flush();
    expect(await numbers()).toEqual([0, 1]);
    isBroken = false;
    log.add(line(2), 1);
    await log.close();
    expect(await folder.endings()).toEqual(Array(3).fill('predictions.jsonl'));
    expect(await numbers()).toEqual([0, 1, 2]);
  });
});

it('reports the file of a line of invalid JSON', async () => {
  await open();
  const [name] = await readdir(folder.path());
  await appendFile(folder.path(name), 'no JSON\n');
  await expect(numbers()).rejects.toThrow(new RegExp(`${name}: could not read it`));
});
