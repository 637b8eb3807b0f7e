import { spawnSync } from 'node:child_process';
import { existsSync, mkdtempSync, rmSync, utimesSync, writeFileSync } from 'node:fs';
import { hostname, tmpdir } from 'node:os';
import { join } from 'node:path';
import { whileLocked } from './lock';

const HOST = hostname().replace(/[^\w-]/g, '-');
let folder: string;
let file: string;
const nothing = async () => undefined;

beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'churn-lock-'));
  file = join(folder, 'a.lock');
});

afterEach(() => rmSync(folder, { recursive: true }));

it('runs one task at a time, then the next, even if the first fails', async () => {
  const inside = await new Promise<boolean>((resolve) => {
    whileLocked(file, async () => resolve(existsSync(file)));
  });
  expect(inside).toBe(true);
  await expect(whileLocked(file, () => Promise.reject(new Error('no')))).rejects.toThrow('no');
  expect(existsSync(file)).toBe(false);
  expect(await whileLocked(file, nothing)).toBe(true);
});

const dead = spawnSync(process.execPath, ['-e', '']).pid;
const HOURS_AGO = 2 * 3600;
it.each([
  ['of a running process', `${HOST} ${process.ppid}\n`, 0, false],
  ['of a process that has ended', `${HOST} ${dead}\n`, 0, true],
  ['of an earlier process with this ID', `${HOST} ${process.pid}\n`, 0, true],
  ['of another host', `elsewhere ${dead}\n`, 0, false],
  ['of another host, hours old', `elsewhere ${dead}\n`, HOURS_AGO, true],
  ['that is still empty', '', 0, false],
  ['that has been empty for long', '', HOURS_AGO, true],
])('a lock %s', async (_, content, age, isFree) => {
  writeFileSync(file, content);
  const then = Date.now() / 1000 - age;
  utimesSync(file, then, then);
  expect(await whileLocked(file, nothing)).toBe(isFree);
  expect(existsSync(file)).toBe(!isFree);
});
