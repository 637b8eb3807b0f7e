import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import {
  type FittedClassifier,
  type FittedPipeline,
  type JsonObject,
  Pipeline,
  Random,
  Table,
} from '@churn/core';
import { DummyClassifier, DummyRegressor } from '@churn/models';
import { type Config, checkedConfig, withFoundDates } from '../config/config';
import { modelClasses } from '../model/processing';
import { recordedUplift, upliftRecord } from '../model/recorded-uplift';
import { classTask } from '../task/class-task';
import { createLogger } from '../terminal/logger';
import { loadDataset } from '../training/data';
import { splitData } from '../training/split';
import { compareLearners } from './choose-uplift';
import { trainUplift } from './train-uplift';
import { upliftLearners } from './uplift-learners';

let folder: string;
const logger = createLogger();
beforeAll(() => {
  logger.level = 'error';
  folder = mkdtempSync(join(tmpdir(), 'churn-uplift-'));
});
afterAll(() => rmSync(folder, { recursive: true }));

/** Customers who are kept by a call where their usage is high, and leave for it if it is low. */
function write(n: number, isCalled: (usage: number, drawn: number) => boolean): string {
  const random = new Random(5);
  const rows = Array.from({ length: n }, (_, i) => {
    const usage = random.uniform();
    const called = isCalled(usage, random.uniform());
    const left = random.uniform() < 0.4 - (called ? 0.7 * (usage - 0.5) : 0);
    const plan = ['basic', 'plus', ''][random.int(3)];
    const day = String(1 + random.int(28)).padStart(2, '0');
    return `${i},${usage.toFixed(3)},${plan},2026-03-${day},${called ? 'yes' : 'no'},${left ? 'yes' : 'no'}`;
  });
  const file = join(folder, 'd.csv');
  writeFileSync(file, `id,usage,plan,joined,called,left\n${rows.join('\n')}\n`);
  return file;
}

async function prepared(file: string, more: object = {}) {
  const treatment = { column: 'called', control: 'no' };
  const data = { file, target: 'left', positive: 'yes', treatment, drop: ['id'] };
  const given = checkedConfig({ data, preset: 'fast', crossValidation: { folds: 2 }, ...more }, 'c.yaml');
  const dataset = await loadDataset(classTask, given.data);
  const config = withFoundDates(given, dataset.schema);
  const { train, testRows, experiment: split } = splitData(classTask, dataset, config);
  const { experiment } = dataset;
  if (!experiment || !split) throw new Error('expected an experiment');
  const churn: FittedPipeline<FittedClassifier> = new Pipeline([], new DummyClassifier()).fit(
    train.x,
    train.y,
  );
  return { experiment, split, testRows, churn, config };
}

const found = ({ experiment, split, churn, config }: Awaited<ReturnType<typeof prepared>>) =>
  trainUplift(
    experiment,
    split,
    churn,
    upliftLearners(config, experiment.features.names.length),
    config,
    logger,
  );

describe('an experiment', () => {
  let given: Awaited<ReturnType<typeof prepared>>;
  let uplift: ReturnType<typeof found>;
  beforeAll(async () => {
    given = await prepared(write(900, (_, drawn) => drawn < 0.5));
    uplift = found(given);
  });

  it('holds out control rows that the churn model was not fitted on, and treated ones', () => {
    const { experiment, testRows } = given;
    const { train, test } = given.split;
    expect(train.length + test.length).toBe(900);
    expect(new Set([...train, ...test]).size).toBe(900);
    const ofControl = Array.from(test).filter((row) => experiment.isTreated[row] === 0);
    expect(ofControl).toHaveLength(testRows.length);
    expect(test.length / 900).toBeCloseTo(0.3, 1);
  });

  it('finds whom the treatment retains, from raw rows with dates and missing values', () => {
    const { model } = uplift.report;
    expect(model?.compared.map(({ learner }) => learner).sort()).toEqual([
      'uplift_forest',
      'x_learner_boosting',
    ]);
    expect(model?.qini.low).toBeGreaterThan(0);
    expect(model?.lists).toBeUndefined();
    const { features } = given.experiment;
    const predicted = uplift.found?.model.predict(features) as Float64Array;
    const usage = features.numeric('usage');
    const ofHigh = predicted.filter((_, row) => usage[row] > 0.8);
    const ofLow = predicted.filter((_, row) => usage[row] < 0.2);
    expect(Math.min(...ofHigh)).toBeGreaterThan(Math.max(...ofLow));
  });

  it('is recorded in a model file, which predicts the same uplift, and rejects invalid ones', () => {
    const { features } = given.experiment;
    const record = JSON.parse(JSON.stringify(upliftRecord(uplift))) as JsonObject;
    const read = (changed: JsonObject) =>
      recordedUplift({ ...record, ...changed }, modelClasses, given.churn);
    const back = read({});
    expect(back?.treatment).toEqual({ column: 'called', control: 'no', treated: 'yes' });
    const own = uplift.found?.model.predict(features) as Float64Array;
    expect(back?.predict(features)).toEqual(own.map((each) => Math.max(-1, Math.min(1, each))));
    const { model, treatment, qini } = record.uplift as JsonObject;
    expect(back?.qini).toEqual(qini);
    for (const damaged of [
      { qini, model },
      { qini, treatment },
      { treatment, model },
      { qini, treatment, model: { type: 'Pipeline', state: {} } },
      { qini, treatment, model: { type: 'Nothing', state: {} } },
      3,
    ]) {
      expect(() => read({ uplift: damaged as JsonObject })).toThrow(
        expect.objectContaining({ code: 'model-file' }),
      );
    }
    expect(recordedUplift({}, modelClasses, given.churn)).toBeUndefined();
  });
});

it('a treatment assigned by a column is explained in words, and yields no model', async () => {
  const warnings: string[] = [];
  const warn = jest
    .spyOn(logger, 'warn')
    .mockImplementation(((text: string) => warnings.push(text)) as never);
  const uplift = found(await prepared(write(900, (usage, drawn) => drawn < usage)));
  warn.mockRestore();
  expect(uplift.found).toBeUndefined();
  expect(uplift.report.model).toBeNull();
  expect(uplift.report.refused[0]).toContain('the mean of "usage" is');
  expect(uplift.report.balance.rows[0].column).toBe('usage');
  expect(warnings.join()).toContain(
    'there is no uplift model: “called” was not assigned at random: the mean',
  );
  expect(upliftRecord(uplift)).toEqual({});
});

it('too few treated rows of a class are one error', async () => {
  const file = write(300, (_, drawn) => drawn < 0.02);
  await expect(prepared(file, { crossValidation: { folds: 5 } })).rejects.toThrow(
    /d\.csv: class "(yes|no)" has \d of the treated rows \("yes" in "called"\), too few for 5 folds/,
  );
});

describe('the learners', () => {
  const data = { file: 'd.csv', target: 'left', positive: 'yes', treatment: { column: 'c', control: 0 } };
  const names = (given: object) =>
    upliftLearners(checkedConfig({ data, ...given }, 'c.yaml') as Config, 3).map(({ name }) => name);

  it('are those of the preset whose models support the processing, or the listed ones', () => {
    expect(names({ preset: 'fast' })).toEqual(['uplift_forest', 'x_learner_boosting']);
    expect(names({ preset: 'best' })).toHaveLength(6);
    expect(names({ processing: { missing: 'keep' } })).toEqual(['uplift_forest', 'x_learner_boosting']);
    const learners = ['dr_learner', 's_learner_boosting'];
    expect(names({ preset: 'fast', uplift: { learners } })).toEqual(learners);
  });

  it.each<[object, string]>([
    [
      { uplift: { learners: ['dr_learner'] }, processing: { missing: 'keep' } },
      'uplift.learners: dr_learner does not support processing.missing: expected fill, indicator or level',
    ],
    [{ uplift: { learners: ['T'] } }, 'uplift.learners.0: expected one of uplift_forest, x_learner_boosting'],
    [{ uplift: { learners: [] } }, 'uplift.learners'],
    [{ uplift: { learners: ['dr_learner', 'dr_learner'] } }, 'uplift.learners: expected different learners'],
    [
      { uplift: { learners: ['dr_learner'] }, data: { ...data, treatment: undefined } },
      'uplift: expected data.treatment with the column of treated rows, got none',
    ],
  ])('%j is rejected', (given, message) => {
    expect(() => names(given)).toThrow(message);
  });

  it('are compared while time remains, the first always', () => {
    const x = Table.fromColumns({ a: Float64Array.from({ length: 40 }, (_, i) => i) });
    const rows = {
      x,
      stayed: Float64Array.from({ length: 40 }, (_, i) => Number(i % 4 < 2)),
      isTreated: Uint8Array.from({ length: 40 }, (_, i) => i % 2),
    };
    const learner = new DummyRegressor();
    const all = ['one', 'two', 'three'].map((name) => ({
      name,
      fit: ({ x: of, stayed }: typeof rows) => learner.fit(of, stayed),
    }));
    const compare = (fitMs?: number) =>
      compareLearners(
        all,
        rows,
        { crossValidation: { folds: 2, scoring: ['rocAuc'] }, seed: 0 } as never,
        fitMs === undefined ? undefined : { fitMs: () => fitMs },
      );
    expect(compare().leftOut).toEqual([]);
    expect(compare(1e6).compared).toHaveLength(3);
    expect(compare(0)).toMatchObject({ compared: [{ learner: { name: 'one' } }], leftOut: ['two', 'three'] });
  });
});
