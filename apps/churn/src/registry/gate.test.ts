import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { JsonObject } from '@churn/core';
import { logLoss } from '@churn/selection';
import { type Config, checkedConfig } from '../config/config';
import { loadScoringModel } from '../scoring/scoring-model';
import { classTask } from '../task/class-task';
import { writeTestRun } from '../testing/written-run';
import { loadDataset } from '../training/data';
import { type Contender, challengerOf } from './contender';
import { askGate, decisionLines } from './gate';

const [FIRST, SECOND] = ['2026-11-28T10-00-00Z', '2026-11-28T11-00-00Z'];
const N = 200;
const ROWS = Array.from({ length: N }, (_, i) => ({
  plan: 'ABC'[i % 3],
  usage: (i * 37) % 100,
  age: 20 + (i % 50),
  region: i < 100 ? 'north' : i < 190 ? 'so|uth' : 'small',
  left: ((i * 37) % 100) + ((i * 13) % 40) > 70 ? 'yes' : 'no',
}));
const labels = ROWS.map(({ left }) => left);
/** The probability by which rows are called right, and those that `isRight` leaves out wrong. */
const called = (isRight: (row: number) => boolean) =>
  labels.map((label, row) => ((label === 'yes') === isRight(row) ? 0.8 : 0.2));

let folder: string;
let file: string;

beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'churn-gate-'));
  file = join(folder, 'data.csv');
  const lines = ROWS.map((row) => Object.values(row).join(','));
  writeFileSync(file, `${['plan,usage,age,region,left', ...lines].join('\n')}\n`);
});

afterEach(() => rmSync(folder, { recursive: true }));

function configWith(gate: object, data = file): Config {
  const registry = { gate: { metric: 'logLoss', ...gate } };
  const given = {
    data: { file: data, target: 'left', positive: 'yes', drop: ['region'] },
    output: { folder },
    registry,
  };
  return checkedConfig(given, 'churn.yaml');
}

const asked = async (gate: object) => {
  const config = configWith(gate);
  const [challenger, champion] = [await challengerOf(config, SECOND), await challengerOf(config, FIRST)];
  return askGate(
    challenger,
    champion,
    config,
    config.registry.gate as NonNullable<typeof config.registry.gate>,
  );
};

async function lossOf({ file: model }: Contender, rows: readonly number[]): Promise<number> {
  const { model: fitted } = await loadScoringModel(model);
  const { features, y } = await loadDataset(classTask, configWith({}).data);
  return logLoss(y.take(rows), fitted.predictProba(features.take(rows)));
}

/** The data of a run that learned from the file. */
async function learned() {
  const { records, contentSha256 } = await loadDataset(classTask, configWith({}).data);
  return {
    data: { file: 'data.csv', sha256: records.sha256, contentSha256 },
    config: configWith({}) as unknown as JsonObject,
  };
}

describe('the gate', () => {
  it('scores labelled rows that are training rows of neither model', async () => {
    const probabilities = called(() => true);
    await writeTestRun(folder, FIRST, { models: { ridge: probabilities }, labels, C: 1e-4 });
    await writeTestRun(folder, SECOND, { models: { ridge: probabilities }, labels, C: 1 });
    const config = configWith({});
    const rows = [...labels.keys()];
    const [own, other] = [
      await lossOf(await challengerOf(config, SECOND), rows),
      await lossOf(await challengerOf(config, FIRST), rows),
    ];
    const decision = await asked({ data: file });
    expect(decision).toMatchObject({
      passed: true,
      comparedOn: { what: `rows of ${file}`, rows: N },
      notes: [],
    });
    expect(decision.challenger).toBeCloseTo(own, 12);
    expect(decision.champion?.value).toBeCloseTo(other, 12);
    expect(decision.better?.value).toBeCloseTo(other - own, 12);
    expect(decision.better?.low).toBeLessThan(other - own);
    expect(decision.better?.high).toBeGreaterThan(other - own);
    expect(decisionLines(decision)[0]).toBe(
      `logLoss ${own.toFixed(4)}, ${other.toFixed(4)} of ridge of run ${FIRST}, on 200 rows of ${file}`,
    );
  });

  it.each(['the same data', 'the same file'])(
    'evaluates a model trained on %s by its held-out predictions',
    async (what) => {
      const { data, config } = await learned();
      const rows = [3, 1, 4, 150, 90];
      const heldOut = rows.map((row) => (labels[row] === 'yes' ? 0.7 : 0.3));
      const same =
        what === 'the same file'
          ? { ...data, contentSha256: 'e'.repeat(64) }
          : { ...data, sha256: 'e'.repeat(64) };
      await writeTestRun(folder, FIRST, {
        ...{ models: { ridge: heldOut }, labels: rows.map((row) => labels[row]), rows },
        ...{ data: same, config },
      });
      await writeTestRun(folder, SECOND, { models: { ridge: called(() => true) }, labels });
      const decision = await asked({ data: file });
      expect(decision.comparedOn?.rows).toBe(5);
      expect(decision.champion?.value).toBeCloseTo(-Math.log(0.7), 12);
      const own = await lossOf(await challengerOf(configWith({}), SECOND), rows);
      expect(decision.challenger).toBeCloseTo(own, 12);
      expect(decision.notes).toEqual([
        `ridge of run ${FIRST} was trained on ${file}: it is compared by its run's predictions for held-out rows`,
        'of 5 rows a metric is mostly chance',
      ]);
    },
  );

  it('rejects a model if one group degrades beyond the tolerance, though the total does not', async () => {
    const { data, config } = await learned();
    const isOfTenth = (row: number) => row % 10 !== 0;
    const isOfSouth = (row: number) => row < 100 || row >= 190 || row % 5 !== 0;
    await writeTestRun(folder, FIRST, { models: { ridge: called(isOfTenth) }, labels, data, config });
    await writeTestRun(folder, SECOND, { models: { ridge: called(isOfSouth) }, labels, data, config });
    const gate = { metric: 'accuracy', groups: ['region'] };
    const decision = await asked({ ...gate, tolerance: 0.05 });
    expect(decision.challenger).toBeCloseTo(1 - 18 / 200, 12);
    expect(decision.champion?.value).toBeCloseTo(1 - 20 / 200, 12);
    expect(decision.groups).toEqual([
      {
        column: 'region',
        value: 'north',
        rows: 100,
        challenger: 1,
        champion: 0.9,
        better: expect.closeTo(0.1, 12),
        isWorse: false,
      },
      {
        column: 'region',
        value: 'small',
        rows: 10,
        challenger: null,
        champion: null,
        better: null,
        isWorse: false,
      },
      {
        column: 'region',
        value: 'so|uth',
        rows: 90,
        challenger: expect.closeTo(0.8, 12),
        champion: expect.closeTo(0.9, 12),
        better: expect.closeTo(-0.1, 12),
        isWorse: true,
      },
    ]);
    expect(decision).toMatchObject({
      passed: false,
      refusals: [
        'accuracy of the 90 rows with region "so|uth" is 0.1000 worse, more than the 0.05 that registry.gate.tolerance allows',
      ],
      notes: ['not judged (fewer than 50 rows or one class): region "small"'],
    });
    expect(decisionLines(decision)[1]).toMatch(/^improvement over all rows 0\.0100 /);
    expect((await asked({ ...gate, tolerance: 0.1 })).passed).toBe(true);
    const tooLittle = await asked({ metric: 'accuracy', improve: 0.02 });
    expect(tooLittle.refusals).toHaveLength(1);
    expect(decisionLines(tooLittle).filter((line) => line.startsWith('improvement'))).toEqual([]);
    // The same of the rows of a file, which none of both learned from as far as can be seen.
    await writeTestRun(folder, SECOND, { models: { ridge: called(isOfSouth) }, labels });
    const ofFile = await asked({ ...gate, tolerance: 0.05, data: file });
    expect(ofFile.groups.map(({ rows }) => rows)).toEqual([100, 10, 90]);
  });

  it('rejects groups of changed data, and of a missing column', async () => {
    const { data, config } = await learned();
    for (const id of [FIRST, SECOND]) {
      await writeTestRun(folder, id, { models: { ridge: called(() => true) }, labels, data, config });
    }
    await expect(asked({ groups: ['country'] })).rejects.toThrow(
      /^registry\.gate\.groups: .*data\.csv: column "country" is missing; the table has: plan, usage, age, region/,
    );
    await expect(asked({ groups: ['country'], data: file })).rejects.toThrow(
      /^registry\.gate\.groups: .*data\.csv: column "country" is missing/,
    );
    writeFileSync(file, 'plan,usage,age,region,left\nA,1,2,north,yes\nA,1,2,north,no\n');
    await expect(asked({ groups: ['region'] })).rejects.toThrow(
      /data\.csv: expected the training data of run .*/,
    );
  });

  it('compares streamed runs, whose rows are lines, except by groups', async () => {
    const { data, config } = await learned();
    const sampled = { data: { ...data, sampled: 100 }, config };
    const rows = [10, 20, 30];
    const heldOut = { models: { ridge: [0.9, 0.9, 0.9] }, labels: ['yes', 'yes', 'no'], rows };
    await writeTestRun(folder, FIRST, { ...heldOut, ...sampled });
    await writeTestRun(folder, SECOND, { ...heldOut, ...sampled });
    expect((await asked({})).comparedOn?.rows).toBe(3);
    await expect(asked({ groups: ['region'] })).rejects.toThrow(
      /its data does not fit into memory for registry\.gate\.groups/,
    );
    await writeTestRun(folder, SECOND, { models: { ridge: called(() => true) }, labels });
    // The lines 10, 20 and 30 are those of the rows 8, 18 and 28.
    const own = await lossOf(await challengerOf(configWith({}), SECOND), [8, 18, 28]);
    const known = rows.map((line) => labels[line - 2]);
    await writeTestRun(folder, FIRST, { ...heldOut, labels: known, ...sampled });
    const ofFile = await asked({ data: file });
    expect(ofFile.comparedOn?.rows).toBe(3);
    expect(ofFile.challenger).toBeCloseTo(own, 12);
  });

  it('rejects unknown labels and missing files', async () => {
    for (const id of [FIRST, SECOND]) {
      await writeTestRun(folder, id, { models: { ridge: called(() => true) }, labels });
    }
    const other = join(folder, 'other.csv');
    writeFileSync(other, 'plan,usage,age,left\nA,1,2,maybe\nB,3,4,yes\nA,1,2,yes\n');
    await expect(asked({ data: other })).rejects.toThrow(
      /has the label "maybe", expected one of "no", "yes"$/,
    );
    await expect(asked({ data: join(folder, 'none.csv') })).rejects.toThrow(
      /none\.csv: there is no such file$/,
    );
  });
});
