import {
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  rmSync,
  utimesSync,
  writeFileSync,
} from 'node:fs';
import fs from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout } from 'node:timers/promises';
import type { NumberedEntry } from './alias-entry';
import { addEntry, currentEntry, listAliases, readHistory, settledHistory } from './alias-history';

let registry: string;

beforeEach(() => {
  registry = mkdtempSync(join(tmpdir(), 'churn-registry-'));
});

afterEach(() => {
  jest.restoreAllMocks();
  rmSync(registry, { recursive: true });
});

const entryFile = (number: number) => join(registry, `aliases/champion/00000${number}.json`);

function entry(number: number, who = 'ann'): NumberedEntry {
  return {
    number,
    action: 'promote',
    run: '2026-11-28T10-00-00Z',
    model: 'ridge',
    sha256: String(number).repeat(64),
    metrics: { rocAuc: 0.75 },
    who,
    when: '2026-11-28T10:00:00.000Z',
    why: null,
    gate: null,
    replaces: number === 1 ? null : number - 1,
    restores: null,
  };
}

const add = (number: number, who?: string) => addEntry(registry, 'champion', entry(number, who));

/** As a process that was killed leaves it. */
function leaveHalf(number: number): void {
  mkdirSync(join(registry, 'aliases/champion'), { recursive: true });
  writeFileSync(entryFile(number), '{"format":1,"action":"promote","run":"ü'.slice(0, -1));
}

describe('the history of an alias', () => {
  it('is empty before its first entry, and then leads to the last', async () => {
    expect(await readHistory(registry, 'champion')).toEqual({ entries: [], current: undefined, next: 1 });
    expect(await currentEntry(registry, 'champion')).toBeUndefined();
    for (const number of [1, 2]) {
      expect(await add(number)).toBe(true);
      expect(await currentEntry(registry, 'champion')).toEqual(entry(number));
    }
    expect(await readHistory(registry, 'champion')).toEqual({
      entries: [entry(1), entry(2)],
      current: entry(2),
      next: 3,
    });
    expect(await listAliases(registry)).toEqual(['champion']);
  });

  it('gives a number to only one of many that compete for it', async () => {
    const people = Array.from({ length: 20 }, (_, i) => `person ${i}`);
    const took = await Promise.all(people.map((who) => add(1, who)));
    expect(took.filter((each) => each)).toHaveLength(1);
    const { who } = (await currentEntry(registry, 'champion')) as NumberedEntry;
    expect(who).toBe(people[took.indexOf(true)]);
  });

  it('skips an incomplete entry, whose number stays taken', async () => {
    await add(1);
    leaveHalf(2);
    utimesSync(entryFile(2), 1e9, 1e9);
    expect(await currentEntry(registry, 'champion')).toEqual(entry(1));
    expect(await settledHistory(registry, 'champion')).toMatchObject({ current: { number: 1 }, next: 3 });
    expect(await add(2)).toBe(false);
    expect(await add(3)).toBe(true);
    expect((await readHistory(registry, 'champion')).entries.map(({ number }) => number)).toEqual([1, 3]);
  });

  it('has no alias if the only entry is incomplete', async () => {
    leaveHalf(1);
    expect(await listAliases(registry)).toEqual([]);
  });

  it('waits for an entry that is being written', async () => {
    await add(1);
    await add(2);
    const whole = readFileSync(entryFile(2));
    leaveHalf(2);
    const settled = settledHistory(registry, 'champion');
    await setTimeout(200);
    writeFileSync(entryFile(2), whole);
    expect((await settled).current).toEqual(entry(2));
  });

  it('rejects a complete but invalid entry, and one of a later version', async () => {
    await add(1);
    writeFileSync(entryFile(2), '{"format":2}');
    await expect(currentEntry(registry, 'champion')).rejects.toThrow(
      /000002\.json: expected "format" to be 1; later formats need a later version of churn, got 2$/,
    );
    writeFileSync(entryFile(2), JSON.stringify({ ...entry(2), format: 1, sha256: '../../etc' }));
    await expect(readHistory(registry, 'champion')).rejects.toThrow(/expected "sha256" to be 64 hex/);
  });

  it.each(['writeFile', 'sync', 'close'] as const)(
    'is unchanged on a full disk, reported as %s',
    async (step) => {
      await add(1);
      const { open } = fs;
      jest.spyOn(fs, 'open').mockImplementation(async (...args) => {
        const handle = await open(...args);
        const full = Object.assign(new Error('ENOSPC'), { code: 'ENOSPC' });
        if (args[1] === 'wx') jest.spyOn(handle, step).mockRejectedValueOnce(full);
        return handle;
      });
      await expect(add(2)).rejects.toMatchObject({
        code: 'invalid-file',
        message: `${entryFile(2)}: no space left on the disk`,
      });
      expect(readdirSync(join(registry, 'aliases/champion'))).toEqual(['000001.json']);
    },
  );

  it('is rejected if its folder is a file', async () => {
    mkdirSync(join(registry, 'aliases'));
    writeFileSync(join(registry, 'aliases/champion'), '');
    await expect(add(1)).rejects.toThrow(/000001\.json: a part of this path is a file, expected a folder$/);
  });
});
