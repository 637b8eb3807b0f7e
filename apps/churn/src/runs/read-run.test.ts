import { mkdtempSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { addEntry } from '../registry/alias-history';
import { smallRecord, writeSmallRun, writeToRun } from '../testing/run-record';
import { findRun, listRuns, readRun, surveyRuns } from './read-run';

let folder: string;

beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'churn-read-run-'));
});

afterEach(() => rmSync(folder, { recursive: true }));

const config = () => ({ output: { folder }, registry: {} }) as never;

describe('listRuns', () => {
  it('returns the newest first, also within one second, and none without a folder', async () => {
    expect(await listRuns(folder)).toEqual([]);
    const time = '2026-11-27T15:56:05.000Z';
    const ids = ['2026-11-27T15-56-05Z', '2026-11-27T15-56-05Z-2', '2026-11-27T15-56-05Z-10'];
    for (const id of ids) writeSmallRun(folder, id, { started: time });
    writeSmallRun(folder, '2026-11-28T01-00-00Z');
    const listed = await listRuns(folder);
    expect(listed.map(({ id }) => id)).toEqual(['2026-11-28T01-00-00Z', ...ids.reverse()]);
  });

  it('excludes running runs, and distinguishes failed from damaged ones', async () => {
    const good = writeSmallRun(folder, '2026-11-27T15-56-05Z');
    writeSmallRun(folder, '.2026-11-27T15-56-06Z.host.1.part');
    writeToRun(folder, '2026-11-27T15-56-07Z.failed', 'churn.log', 'why');
    writeToRun(folder, '2026-11-27T15-56-08Z', 'run.json', '{"format": 1');
    writeToRun(folder, '2026-11-27T15-56-09Z', 'run.json', { ...good, format: 2 });
    writeToRun(folder, '2026-11-27T15-56-10Z', 'run.json', { ...good, seconds: 'long' });
    writeToRun(folder, '2026-11-27T15-56-12Z', 'run.json', { ...good, best: 'toString' });
    const { tree } = good.models;
    const models = { tree: { ...tree, file: '../../secret' } };
    writeToRun(folder, '2026-11-27T15-56-13Z', 'run.json', { ...good, models });
    writeToRun(folder, '2026-11-27T15-56-11Z', 'models/training_report.json', {});
    writeFileSync(join(folder, 'runs/notes.txt'), '');
    const { complete, failed, unreadable } = await surveyRuns(folder);
    expect(complete).toEqual([good]);
    expect(failed).toEqual(['2026-11-27T15-56-07Z.failed']);
    expect(unreadable.map(({ reason }) => reason.replace(/^.*runs./, '')).sort()).toEqual([
      expect.stringMatching(/^2026-11-27T15-56-08Z.run\.json: expected JSON \(/),
      expect.stringMatching(/^2026-11-27T15-56-09Z.run\.json: format: expected 1; later formats need/),
      expect.stringMatching(/^2026-11-27T15-56-10Z.run\.json: seconds: .*expected number/),
      expect.stringMatching(/^2026-11-27T15-56-11Z.models.training_report\.json: best: /),
      expect.stringMatching(/^2026-11-27T15-56-12Z.run\.json: best: expected one of the models$/),
      expect.stringMatching(
        /^2026-11-27T15-56-13Z.run\.json: models\.tree\.file: expected a file in models$/,
      ),
    ]);
  });
});

it('reads the ID of a run from its folder, which may be a copy', async () => {
  writeToRun(folder, '2026-11-27T15-56-05Z', 'run.json', smallRecord('2020-01-01T00-00-00Z'));
  expect((await readRun(folder, '2026-11-27T15-56-05Z')).id).toBe('2026-11-27T15-56-05Z');
});

it('describes a run without a record by its report', async () => {
  writeToRun(folder, '2026-11-27T15-56-05Z', 'models/training_report.json', {
    best: 'tree',
    models: {
      tree: {
        cv: { rocAuc: { mean: 0.5, std: 0.1, scores: [0.4, 0.6] } },
        threshold: { threshold: 0.25, precision: 1 },
        test: { rocAuc: 0.75, logLoss: 0.5, rocAucInterval: [0.5, 1] },
      },
    },
    data: { file: 'data.csv', sha256: 'ab', rows: 9, test: 3, classes: [{ label: 'no' }, { label: 'yes' }] },
    seed: 7,
    versions: { churn: '0.9.0', node: 'v20.0.0' },
    seconds: 2.5,
  });
  const { models, ...described } = smallRecord('2026-11-27T15-56-05Z');
  expect(await readRun(folder, '2026-11-27T15-56-05Z')).toEqual({
    ...described,
    data: { ...described.data, contentSha256: null },
    config: null,
    versions: { churn: '0.9.0', node: 'v20.0.0' },
    models: { tree: { ...models.tree, sha256: null, threshold: 0.25 } },
  });
});

describe('findRun', () => {
  const ids = ['2026-11-27T15-56-05Z', '2026-11-27T15-56-05Z-2', '2026-11-28T01-00-00Z'];

  it('accepts latest, an ID, and a prefix of one', async () => {
    for (const id of ids) writeSmallRun(folder, id);
    symlinkSync(join('runs', ids[1]), join(folder, 'latest'), 'junction');
    expect((await findRun(config(), 'latest')).id).toBe(ids[1]);
    expect((await findRun(config(), ids[0])).id).toBe(ids[0]);
    expect((await findRun(config(), '2026-11-28')).id).toBe(ids[2]);
  });

  it('accepts an alias, and reports if its run was removed', async () => {
    writeSmallRun(folder, ids[0]);
    const entry = {
      ...{ number: 1, action: 'promote' as const, model: 'tree', sha256: 'a'.repeat(64), metrics: {} },
      ...{ who: 'me', when: '', why: null, gate: null, replaces: null, restores: null },
    };
    await addEntry(join(folder, 'registry'), 'champion', { ...entry, run: ids[0] });
    await addEntry(join(folder, 'registry'), 'former', { ...entry, run: ids[1] });
    expect((await findRun(config(), 'champion')).id).toBe(ids[0]);
    await expect(findRun(config(), 'former')).rejects.toThrow(
      /run former: it points to .*Z-2, which is no longer in/,
    );
  });

  it.each([
    ['2026-11-2', /expected the beginning of one ID, got that of 3, such as 2026-11-28T01-00-00Z, 2026/],
    [
      '',
      /^"": no such run or alias in .*runs; expected latest or an ID such as 2026-11-28T01-00-00Z.*: churn runs lists all$/,
    ],
    ['../secret', /no such run or alias in /],
    ['latest', /no such run or alias in /],
  ])('rejects %p', async (text, message) => {
    for (const id of ids) writeSmallRun(folder, id);
    await expect(findRun(config(), text)).rejects.toThrow(message);
  });

  it('suggests what to do if there is no run', async () => {
    await expect(findRun(config(), 'latest')).rejects.toThrow(/no such run or alias in .*; train first$/);
  });
});
