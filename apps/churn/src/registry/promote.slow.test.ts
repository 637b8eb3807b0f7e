import { existsSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { card } from '../commands/card';
import { showRegistry } from '../commands/registry';
import { showRun } from '../commands/runs';
import { type Config, checkedConfig } from '../config/config';
import { loadScoringModel } from '../scoring/scoring-model';
import { writeTestRun } from '../testing/written-run';
import { currentEntry, readHistory } from './alias-history';
import { namedModel } from './named-model';
import { type PromoteOptions, promote } from './promote';
import { rollback } from './rollback';

const RUNS = ['2026-11-28T10-00-00Z', '2026-11-28T11-00-00Z', '2026-11-28T12-00-00Z'] as const;
const labels = ['no', 'yes', 'no', 'yes'];
/** Of these labels, with ROC AUC of 0.5, 0.75 and 1. */
const PROBABILITIES = [
  [0.1, 0.2, 0.9, 0.6],
  [0.1, 0.2, 0.5, 0.6],
  [0.1, 0.7, 0.5, 0.6],
] as const;

let folder: string;
let registry: string;

beforeEach(async () => {
  folder = mkdtempSync(join(tmpdir(), 'churn-promote-'));
  registry = join(folder, 'registry');
  process.env.CHURN_USER = 'ann';
  for (const [i, id] of RUNS.entries()) {
    await writeTestRun(folder, id, { models: { ridge: PROBABILITIES[i] }, labels, seed: i });
  }
});

afterEach(() => {
  delete process.env.CHURN_USER;
  rmSync(folder, { recursive: true });
});

function configWith(gate?: object): Config {
  const given = {
    data: { file: 'data.csv', target: 'left', positive: 'yes' },
    output: { folder },
    registry: { gate },
  };
  return checkedConfig(given, 'churn.yaml');
}

const promoted = (run: number, gate?: object, options?: Partial<PromoteOptions>) =>
  promote(RUNS[run], { as: 'champion', ...options }, configWith(gate));

describe('promote', () => {
  it('copies the model with its card, and reports who, when, why and which metrics', async () => {
    const { outcome } = await promoted(1, { metric: 'rocAuc' }, { why: 'the first' });
    expect(outcome).toBe('promoted');
    const entry = await currentEntry(registry, 'champion');
    expect(entry).toMatchObject({
      number: 1,
      action: 'promote',
      run: RUNS[1],
      model: 'ridge',
      who: 'ann',
      why: 'the first',
      metrics: { rocAuc: 0.5 },
      gate: { passed: true, challenger: 0.75, champion: null, better: null },
      replaces: null,
    });
    expect(Math.abs(Date.parse(entry?.when ?? '') - Date.now())).toBeLessThan(60_000);
    const own = join(folder, 'runs', RUNS[1], 'models/ridge.model.json');
    const { file } = await namedModel('champion', async () => configWith());
    expect(readFileSync(file)).toEqual(readFileSync(own));
    expect(readdirSync(join(registry, 'models')).sort()).toEqual([
      `${entry?.sha256}.card.md`,
      `${entry?.sha256}.model.json`,
    ]);
    rmSync(join(folder, 'runs'), { recursive: true });
    expect((await loadScoringModel(file)).classes).toEqual(['no', 'yes']);
  });

  it('shows the same hash of a model everywhere: that of the loaded model', async () => {
    await promoted(1);
    const { file } = await namedModel('champion', async () => configWith());
    const { hash } = await loadScoringModel(file);
    const entry = await currentEntry(registry, 'champion');
    expect(entry?.hash).toBe(hash);
    expect(hash).not.toBe(entry?.sha256);
    const { text: table } = await showRegistry(configWith());
    expect(table).toContain(hash.slice(0, 12));
    expect(table).not.toContain(entry?.sha256.slice(0, 12));
    expect((await card('champion', {}, configWith())).text).toMatch(`| model hash | \`${hash}\` |`);
    expect((await showRun(configWith(), RUNS[1])).text).toContain(hash.slice(0, 12));
    const { figures: shown } = await showRun(configWith(), RUNS[1]);
    expect(shown.models.ridge.hash).toBe(hash);
    // Entries of earlier versions have none.
    const path = join(registry, 'aliases/champion/000001.json');
    const { hash: _, ...earlier } = JSON.parse(readFileSync(path, 'utf8'));
    writeFileSync(path, JSON.stringify(earlier));
    expect((await showRegistry(configWith())).text).toContain('ridge');
    rmSync(join(folder, 'runs', RUNS[1], 'models'), { recursive: true });
    expect((await showRun(configWith(), RUNS[1])).text).toContain('ridge');
  });

  it('accepts the required improvement, and rejects less', async () => {
    const gate = { metric: 'rocAuc', improve: 0.25 };
    await promoted(0, gate);
    expect(await promoted(1, gate)).toMatchObject({
      outcome: 'promoted',
      decision: { better: { value: 0.25 }, challenger: 0.75, champion: { run: RUNS[0], value: 0.5 } },
    });
    expect(await promoted(2, { ...gate, improve: 0.26 })).toMatchObject({
      outcome: 'refused',
      decision: {
        refusals: [
          expect.stringMatching(/^rocAuc is 0\.2500 better .*, expected an improvement of 0\.26 or more$/),
        ],
      },
    });
    expect((await currentEntry(registry, 'champion'))?.run).toBe(RUNS[1]);
    expect(readdirSync(join(registry, 'models'))).toHaveLength(4);
  });

  it('accepts a tolerated degradation, and reverses the direction of losses', async () => {
    await promoted(2);
    expect((await promoted(1, { metric: 'rocAuc', improve: -0.2 })).outcome).toBe('refused');
    expect((await promoted(1, { metric: 'rocAuc', improve: -0.25 })).outcome).toBe('promoted');
    expect(await promoted(0, { metric: 'logLoss' })).toMatchObject({ outcome: 'refused' });
    expect(await promoted(2, { metric: 'logLoss' })).toMatchObject({ outcome: 'promoted' });
  });

  it('evaluates predicted classes at the threshold of each model', async () => {
    const id = '2026-11-28T13-00-00Z';
    await writeTestRun(folder, id, { models: { ridge: PROBABILITIES[2] }, labels, threshold: 0.65, seed: 9 });
    await promoted(2);
    const { decision } = await promote(id, { as: 'champion' }, configWith({ metric: 'accuracy' }));
    // The last row is called from 0.5 on, and not from 0.65 on.
    expect(decision).toMatchObject({ challenger: 0.75, champion: { value: 1 } });
  });

  it('requires significance if a confidence is given', async () => {
    await promoted(1);
    // Of four rows some resamples have no difference.
    const sure = { metric: 'rocAuc', improve: 0.01, confidence: 0.95 };
    expect(await promoted(2, sure)).toMatchObject({
      outcome: 'refused',
      decision: { refusals: [expect.stringMatching(/with 95 % confidence$/)] },
    });
    expect((await promoted(2, { ...sure, improve: 0 })).outcome).toBe('promoted');
  });

  it('promotes with --force, and reports the result of the gate', async () => {
    await promoted(2);
    expect((await promoted(0, { metric: 'rocAuc' }, { force: true })).outcome).toBe('promoted');
    expect((await currentEntry(registry, 'champion'))?.gate).toMatchObject({
      passed: false,
      refusals: [expect.stringContaining('0.5000 worse')],
    });
  });

  it('does nothing if the alias already leads to the model', async () => {
    await promoted(0);
    expect((await promoted(0)).outcome).toBe('unchanged');
    expect((await readHistory(registry, 'champion')).next).toBe(2);
  });

  it('compares on common held-out rows, and rejects other data', async () => {
    const [part, other] = ['2026-11-28T14-00-00Z', '2026-11-28T15-00-00Z'];
    await promoted(0);
    const models = { ridge: [0.9, 0.8, 0.1] };
    await writeTestRun(folder, part, { models, labels: ['yes', 'no', 'no'], rows: [3, 2, 17], seed: 5 });
    const { decision } = await promote(part, { as: 'champion' }, configWith({ metric: 'logLoss' }));
    expect(decision?.comparedOn).toEqual({ what: 'rows of data.csv held out by both runs', rows: 2 });
    const mean = (...p: number[]) => -p.reduce((sum, each) => sum + Math.log(each), 0) / p.length;
    expect(decision?.challenger).toBeCloseTo(mean(0.9, 0.2), 12);
    expect(decision?.champion?.value).toBeCloseTo(mean(0.6, 0.1), 12);

    await writeTestRun(folder, other, {
      models,
      labels: ['yes', 'no', 'no'],
      data: { contentSha256: 'd'.repeat(64) },
    });
    const gate = { metric: 'logLoss' };
    await expect(promote(other, { as: 'champion' }, configWith(gate))).rejects.toThrow(
      /were not trained on the same data.*registry\.gate\.data/,
    );
    const forced = await promote(other, { as: 'champion', force: true }, configWith(gate));
    expect(forced.decision).toMatchObject({
      passed: false,
      comparedOn: null,
      refusals: [expect.any(String)],
    });
  });

  it('rejects a missing run, model or alias, and a changed model file', async () => {
    await expect(promote('nonesuch', { as: 'champion' }, configWith())).rejects.toThrow(/nonesuch/);
    await expect(promoted(0, undefined, { model: 'forest' })).rejects.toThrow(
      /^--model forest: expected a model of run .*, which has ridge$/,
    );
    for (const as of ['', '../x', 'a/b', 'latest', '.hidden', 'a b', '-x']) {
      await expect(promoted(0, undefined, { as })).rejects.toThrow(/^alias ".*": expected letters/);
    }
    const file = join(folder, 'runs', RUNS[0], 'models/ridge.model.json');
    writeFileSync(file, `${readFileSync(file, 'utf8')}\n`);
    await expect(promoted(0)).rejects.toThrow(/ridge\.model\.json: expected the model that its run wrote/);
    expect(existsSync(registry)).toBe(false);
  });

  it('promotes a model of a run without a hash, once', async () => {
    const file = join(folder, 'runs', RUNS[0], 'run.json');
    const record = JSON.parse(readFileSync(file, 'utf8'));
    record.models.ridge.sha256 = null;
    writeFileSync(file, JSON.stringify(record));
    expect((await promoted(0)).outcome).toBe('promoted');
    expect((await promoted(0)).outcome).toBe('unchanged');
    const { file: stored } = await namedModel('champion', async () => configWith());
    expect((await loadScoringModel(stored)).classes).toEqual(['no', 'yes']);
  });

  it('uses the model of the alias, not the best of its run', async () => {
    const id = '2026-11-28T16-00-00Z';
    await writeTestRun(folder, id, { models: { best: PROBABILITIES[2], ridge: PROBABILITIES[1] }, labels });
    await promote(id, { as: 'challenger', model: 'ridge' }, configWith());
    const { challenger } = await promote('challenger', { as: 'champion' }, configWith());
    expect(challenger).toMatchObject({ run: id, model: 'ridge' });
  });

  it('evaluates the gate again after a concurrent promotion', async () => {
    await promoted(0);
    const gate = { metric: 'rocAuc', improve: 0.1 };
    const both = await Promise.all([promoted(1, gate), promoted(2, gate)]);
    const { entries } = await readHistory(registry, 'champion');
    // The better one comes in whether it is first or second, and the other only if it is first.
    expect(entries.at(-1)?.run).toBe(RUNS[2]);
    expect(both[1].outcome).toBe('promoted');
    expect(entries).toHaveLength(both[0].outcome === 'promoted' ? 3 : 2);
    for (const [i, { replaces }] of entries.entries()) expect(replaces).toBe(i === 0 ? null : i);
  });
});

describe('rollback', () => {
  it('goes back step by step, and forward again', async () => {
    const runs = async () =>
      (await readHistory(registry, 'champion')).entries.map(({ run }) => RUNS.indexOf(run as never));
    for (const run of [0, 1, 2]) await promoted(run);
    await rollback('champion', { why: 'too bold' }, configWith());
    expect(await currentEntry(registry, 'champion')).toMatchObject({
      number: 4,
      action: 'rollback',
      run: RUNS[1],
      why: 'too bold',
      gate: null,
      replaces: 3,
      restores: 2,
    });
    await rollback('champion', {}, configWith());
    expect(await runs()).toEqual([0, 1, 2, 1, 0]);
    await expect(rollback('champion', {}, configWith())).rejects.toThrow(
      /^champion: there is nothing to roll back to: ridge of run .* is the first model promoted to it$/,
    );
    await promoted(2);
    await rollback('champion', {}, configWith());
    expect(await runs()).toEqual([0, 1, 2, 1, 0, 2, 0]);
  });

  it.each([
    ['card', (name: string) => card(name, {}, configWith())],
    ['runs show', (name: string) => showRun(configWith(), name)],
  ])('is rejected by %s if the alias or run does not exist', async (_, told) => {
    await promoted(0);
    await promoted(1, undefined, { as: 'challenger' });
    await expect(told('nosuch')).rejects.toThrow(
      /^nosuch: no such run or alias in .*; expected latest, the alias challenger or champion or an ID such as 2026-.*: churn runs lists all$/,
    );
  });

  it('rejects a missing alias, and a damaged model', async () => {
    await expect(rollback('champion', {}, configWith())).rejects.toThrow(/^champion: no such alias in /);
    await promoted(0);
    const first = (await currentEntry(registry, 'champion'))?.sha256;
    await promoted(1);
    writeFileSync(join(registry, 'models', `${first}.model.json`), '{}');
    await expect(rollback('champion', {}, configWith())).rejects.toThrow(
      /model\.json: expected SHA-256 .*: the file is damaged$/,
    );
    expect((await currentEntry(registry, 'champion'))?.number).toBe(2);
  });
});

describe('the name of a model', () => {
  it('is a file if one exists, otherwise an alias', async () => {
    await promoted(0);
    const config = async () => configWith();
    expect(await namedModel('champion', config)).toMatchObject({
      name: 'champion',
      alias: { name: 'champion' },
    });
    const never = () => Promise.reject(new Error('asked'));
    for (const name of ['a.json', 'models/champion', './champion']) {
      expect(await namedModel(name, never)).toEqual({ name, file: name });
    }
    await expect(namedModel('challenger', config)).rejects.toThrow(
      /^challenger: expected a model file or an alias, got neither; .*registry has the aliases champion$/,
    );
  });
});
