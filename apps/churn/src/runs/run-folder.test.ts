import { spawnSync } from 'node:child_process';
import {
  existsSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  readlinkSync,
  rmSync,
  writeFileSync,
} from 'node:fs';
import fs from 'node:fs/promises';
import { hostname, tmpdir } from 'node:os';
import { join } from 'node:path';
import { beginRun, discardRuns, latestRun } from './run-folder';

let folder: string;

beforeEach(() => {
  folder = join(mkdtempSync(join(tmpdir(), 'churn-runs-')), 'out');
});

afterEach(() => {
  discardRuns();
  jest.restoreAllMocks();
  rmSync(join(folder, '..'), { recursive: true });
});

const runs = () => (existsSync(join(folder, 'runs')) ? readdirSync(join(folder, 'runs')).sort() : []);
const latest = () => readFileSync(join(folder, 'latest/a.txt'), 'utf8');

async function begun(content: string) {
  const run = await beginRun(folder);
  writeFileSync(join(run.path, 'a.txt'), content);
  return run;
}

describe('a run', () => {
  it('appears on completion, in order of time', async () => {
    const first = await begun('1');
    expect(existsSync(latestRun(folder))).toBe(false);
    await first.commit();
    expect(latest()).toBe('1');
    const second = await begun('2');
    expect(latest()).toBe('1');
    await second.commit();
    expect(latest()).toBe('2');
    const [a, b] = runs();
    expect(a).toMatch(/^\d{4}-\d\d-\d\dT\d\d-\d\d-\d\dZ$/);
    expect([a, b].map((name) => readFileSync(join(folder, 'runs', name, 'a.txt'), 'utf8'))).toEqual([
      '1',
      '2',
    ]);
    expect(readlinkSync(latestRun(folder))).toBe(join('runs', b));
  });

  it('stays complete next to others of the same second, and latest is the last to end', async () => {
    jest.spyOn(Date.prototype, 'toISOString').mockReturnValue('2026-11-27T15:56:05.123Z');
    const all = [await begun('1'), await begun('2'), await begun('3')];
    for (const i of [2, 0, 1]) await all[i].commit();
    expect(latest()).toBe('2');
    expect(runs()).toEqual(['2026-11-27T15-56-05Z', '2026-11-27T15-56-05Z-2', '2026-11-27T15-56-05Z-3']);
  });

  it('is numbered if another process took its name', async () => {
    jest.spyOn(Date.prototype, 'toISOString').mockReturnValue('2026-11-27T15:56:05.123Z');
    const run = await begun('mine');
    const told: string[] = [];
    const id = await run.commit(async (name) => {
      // The other one takes it at this very moment.
      if (told.length === 0) {
        mkdirSync(join(folder, 'runs', name));
        writeFileSync(join(folder, 'runs', name, 'a.txt'), 'theirs');
      }
      told.push(name);
    });
    expect(told).toEqual(['2026-11-27T15-56-05Z', '2026-11-27T15-56-05Z-2']);
    expect(id).toBe('2026-11-27T15-56-05Z-2');
    expect(readlinkSync(latestRun(folder))).toBe(join('runs', '2026-11-27T15-56-05Z-2'));
    expect(latest()).toBe('mine');
  });

  it('leaves nothing if the process is terminated while its folder is created', async () => {
    const { mkdir } = fs;
    jest.spyOn(fs, 'mkdir').mockImplementation(async (path, options) => {
      await mkdir(path, options);
      if (String(path).endsWith('.part')) discardRuns();
      return undefined;
    });
    await beginRun(folder).catch(() => undefined);
    expect(runs()).toEqual([]);
  });

  it('leaves nothing, or only the log, if it fails', async () => {
    await (await begun('1')).commit();
    (await begun('2')).discard();
    expect(runs()).toHaveLength(1);
    const failed = await begun('3');
    mkdirSync(join(failed.path, 'logs'));
    writeFileSync(join(failed.path, 'logs/churn.log'), 'why');
    const kept = await failed.keepOnly('./logs/churn.log');
    expect(kept).toMatch(/Z(-2)?\.failed.logs.churn\.log$/);
    expect(readFileSync(kept, 'utf8')).toBe('why');
    expect(readdirSync(join(kept, '../..'))).toEqual(['logs']);
    expect(latest()).toBe('1');
  });

  it('leaves results of earlier versions unchanged', async () => {
    mkdirSync(join(folder, 'models'), { recursive: true });
    writeFileSync(join(folder, 'models/old.json'), '{}');
    await (await begun('1')).commit();
    expect(readdirSync(folder).sort()).toEqual(['latest', 'models', 'runs']);
  });

  it('removes the remains of killed runs, and nothing else', async () => {
    const dead = spawnSync(process.execPath, ['-e', '']).pid;
    const host = hostname().replace(/[^\w-]/g, '-');
    const part = (of: string, pid: number) => `.2026-11-27T15-56-05Z.${of}.${pid}.part`;
    const stay = [part('elsewhere', dead), part(host, process.ppid), '2026-11-27T15-56-05Z', 'mine.part'];
    const go = [part(host, dead), part(host, process.pid)];
    for (const name of [...stay, ...go]) {
      mkdirSync(join(folder, 'runs', name), { recursive: true });
      writeFileSync(join(folder, 'runs', name, 'a.txt'), 'a');
    }
    const own = await begun('1');
    (await begun('2')).discard();
    await own.commit();
    expect(runs().filter((name) => !stay.includes(name))).toHaveLength(1);
    expect(runs()).toEqual(expect.arrayContaining(stay));
  });

  it('is rejected if the folder is a file, and if latest is no link', async () => {
    writeFileSync(folder, 'precious');
    await expect(beginRun(folder)).rejects.toThrow(/out: a part of this path is a file, expected a folder$/);
    rmSync(folder);
    mkdirSync(join(folder, 'latest'), { recursive: true });
    await expect(beginRun(folder)).rejects.toThrow(
      /latest: expected the link to the latest run, got a folder; move it away$/,
    );
    expect(runs()).toEqual([]);
  });
});
