import { mkdtempSync, readdirSync, rmSync, symlinkSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { cleanRuns } from '../commands/clean-runs';
import { addEntry } from '../registry/alias-history';
import { writeSmallRun, writeToRun } from '../testing/run-record';

const IDS = [1, 2, 3, 4, 5].map((day) => `2026-01-0${day}T00-00-00Z`);
const FAILED = '2026-01-03T12-00-00Z.failed';
const PART = '.2026-01-01T00-00-00Z.elsewhere.7.part';

let folder: string;
const config = () => ({ output: { folder }, registry: {} }) as never;
const runs = () => readdirSync(join(folder, 'runs')).sort();

beforeEach(async () => {
  folder = mkdtempSync(join(tmpdir(), 'churn-clean-'));
  for (const id of IDS) writeSmallRun(folder, id);
  writeToRun(folder, FAILED, 'churn.log', '');
  writeToRun(folder, PART, 'run.json', '');
  writeToRun(folder, '2026-01-06T00-00-00Z', 'run.json', 'damaged');
  symlinkSync(join('runs', IDS[1]), join(folder, 'latest'), 'junction');
  await addEntry(join(folder, 'registry'), 'champion', {
    ...{ number: 1, action: 'promote', run: IDS[0], model: 'tree', sha256: 'a'.repeat(64), metrics: {} },
    ...{ who: 'me', when: '', why: null, gate: null, replaces: null, restores: null },
  });
});

afterEach(() => {
  jest.restoreAllMocks();
  rmSync(folder, { recursive: true });
});

const UNTOUCHED = [PART, '2026-01-06T00-00-00Z'];

it('removes failed runs, and complete ones only if given how many to keep', async () => {
  expect((await cleanRuns(config(), {})).text).toBe(`removed: ${FAILED}`);
  expect(runs()).toEqual([...UNTOUCHED, ...IDS].sort());
  expect((await cleanRuns(config(), {})).text).toBe('nothing to remove');
});

it('lists the removals in order: failed ones, then the oldest', async () => {
  const before = runs();
  const { text: told } = await cleanRuns(config(), { keep: 1, dryRun: true });
  expect(told.split('\n')).toEqual([
    `would be removed: ${FAILED}`,
    `would be removed: ${IDS[2]}`,
    `would be removed: ${IDS[3]}`,
    `kept: ${IDS[1]}, which latest points to`,
    `kept: ${IDS[0]}, which champion points to`,
  ]);
  expect(runs()).toEqual(before);
});

it('never removes the target of latest or an alias, a running run or an unreadable one', async () => {
  await cleanRuns(config(), { keep: 0 });
  expect(runs()).toEqual([...UNTOUCHED, IDS[0], IDS[1]].sort());
});

it('removes runs beyond the newest only if they are old enough', async () => {
  jest.spyOn(Date, 'now').mockReturnValue(Date.parse('2026-01-10T00:00:00Z'));
  const day = 86_400;
  await cleanRuns(config(), { keep: 1, olderThan: 6.5 * day });
  // The third began 7 days ago, what failed 6.5 and the fourth 6.
  expect(runs()).toEqual([...UNTOUCHED, FAILED, IDS[0], IDS[1], IDS[3], IDS[4]].sort());
});
