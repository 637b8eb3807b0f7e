import { spawnSync } from 'node:child_process';
import { cpSync, mkdtempSync, readFileSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, relative } from 'node:path';
import type { JsonObject } from '@churn/core';
import { loadModel, saveModel } from '@churn/io';
import { campaign } from '../commands/campaign';
import { card } from '../commands/card';
import { explain } from '../commands/explain';
import { exportModel } from '../commands/export';
import { predict } from '../commands/predict';
import { train } from '../commands/train';
import type { Config } from '../config/config';
import { loadConfig } from '../config/load-config';
import { modelClasses } from '../model/processing';
import { createLogger } from '../terminal/logger';
import type { TrainingReport } from '../training/training-report.js';

/** The example of a retention offer: its data follows from its rules, and what a list is truly worth is known by them. */
const ROOT = join(__dirname, '../../../..');
const EXAMPLE = join(ROOT, 'examples/retention-offer');

interface Customer {
  readonly row: string;
  /** The probability that it leaves without the offer, and with it. */
  readonly without: number;
  readonly withOffer: number;
}

let folder: string;
let config: Config;
let others: Customer[];
let report: TrainingReport;
const logger = createLogger();
const file = (name: string) => join(folder, name);

beforeAll(async () => {
  logger.level = 'error';
  folder = mkdtempSync(join(tmpdir(), 'churn-retention-'));
  for (const name of ['make-data.mjs', 'customers.mjs']) cpSync(join(EXAMPLE, name), file(name));
  symlinkSync(join(EXAMPLE, 'node_modules'), file('node_modules'));
  // The rules are a module, which this test is not.
  const script = `await import(${JSON.stringify(file('make-data.mjs'))});
    const { customers, HEADER } = await import(${JSON.stringify(file('customers.mjs'))});
    console.log(JSON.stringify({ header: HEADER, rows: customers(2, 3000) }));`;
  const { stdout } = spawnSync(process.execPath, ['--input-type=module', '-e', script], {
    encoding: 'utf8',
    maxBuffer: 2 ** 24,
  });
  const made: { readonly header: string; readonly rows: Customer[] } = JSON.parse(stdout);
  others = made.rows;
  writeFileSync(file('others.csv'), `${[made.header, ...others.map(({ row }) => row)].join('\n')}\n`);
  const settings = {
    extends: relative(folder, join(EXAMPLE, 'retention-offer.yaml')),
    ...{
      workers: 1,
      preset: 'fast',
      crossValidation: { folds: 3 },
      output: { folder, images: false, report: false },
    },
    models: { logistic_regression: { type: 'LogisticRegression', C: 0.1 } },
  };
  writeFileSync(file('quick.yaml'), JSON.stringify(settings));
  const given = await loadConfig(file('quick.yaml'));
  config = { ...given, data: { ...given.data, file: join(EXAMPLE, 'pilot.csv') } };
  await train(config, logger);
  report = JSON.parse(readFileSync(file('latest/models/training_report.json'), 'utf8'));
});

afterAll(() => rmSync(folder, { recursive: true }));

const best = () => ({ name: 'best', file: file('latest/models/logistic_regression.model.json') });
const written = (name: string) => readFileSync(file(name), 'utf8').trimEnd().split('\n');

/** What sending the offer to customers brings on average, by the probabilities that they truly leave with. */
function trueProfit(list: readonly Customer[]): number {
  return list.reduce(
    (sum, { without, withOffer }) => sum + (without - withOffer) * (240 - 20) - (1 - without) * 20 - 2,
    0,
  );
}

function listed(name: string): Customer[] {
  return written(name)
    .slice(1)
    .map((row) => others[Number(row.slice(1, row.indexOf(','))) - 10_000]);
}

it('its data is reproducible', () => {
  const [made, given] = [folder, EXAMPLE].map((at) => readFileSync(join(at, 'pilot.csv'), 'utf8'));
  expect(made === given).toBe(true);
});

it('the report shows the effect of the offer, and that it was randomised', () => {
  const { uplift, data } = report;
  expect(data.features).not.toContain('offer');
  expect(uplift).toMatchObject({
    treatment: { column: 'offer', control: 'none', treated: 'sent' },
    refused: [],
  });
  expect((uplift?.rows.treated as number) + (uplift?.rows.control as number)).toBe(4000);
  expect(data.rows).toBe(uplift?.rows.control);
  const model = uplift?.model;
  const effect = others.reduce((sum, each) => sum + each.without - each.withOffer, 0) / others.length;
  expect(model?.effect.low).toBeLessThan(effect);
  expect(model?.effect.high).toBeGreaterThan(effect);
  expect(model?.qini.low).toBeGreaterThan(0);
  expect(model?.parts).toHaveLength(10);
  expect(model?.lists?.gain.value).toBeGreaterThan(0);
});

it('a list by uplift earns more than one by churn, by the true values of customers', async () => {
  const asked = { input: file('others.csv'), model: best(), explain: false };
  const { text: told } = await campaign({ ...asked, output: file('list.csv') }, config, logger);
  expect(told).toContain('The list is by uplift: it favours customers whom contact persuades');
  expect(written('list.csv')[0].split(',').slice(9, 12)).toEqual([
    ...['churn_probability', 'churn_uplift', 'campaign_rank'],
  ]);
  const { text: byChurn } = await campaign(
    { ...asked, output: file('churn.csv'), uplift: false },
    config,
    logger,
  );
  expect(byChurn).toMatch(
    /The list is by churn, although the model knows the uplift of “sent” in “offer”: by that uplift this list is expected to (earn|lose) EUR [\d,.]+, and a list of [\d,]+ customers by uplift to earn EUR [\d,]+\.$/m,
  );
  expect(written('churn.csv')[0]).not.toContain('churn_uplift');
  const most = trueProfit(others.filter((each) => trueProfit([each]) > 0));
  expect(trueProfit(listed('list.csv'))).toBeGreaterThan(0.5 * most);
  expect(trueProfit(listed('churn.csv'))).toBeLessThan(0.2 * most);
});

it('predict returns the uplift of each row, above 0 if the offer retains', async () => {
  await predict({ input: file('others.csv'), output: file('scored.csv'), model: best() }, logger);
  const [header, ...rows] = written('scored.csv').map((row) => row.split(','));
  expect(header.slice(9)).toEqual([
    ...['churn_probability', 'churn_prediction', 'churn_uplift', 'churn_warnings'],
  ]);
  const uplift = rows.map((row) => Number(row[11]));
  const meanOf = (isOf: (each: Customer) => boolean) => {
    const of = uplift.filter((_, i) => isOf(others[i]));
    return of.reduce((sum, each) => sum + each, 0) / of.length;
  };
  expect(meanOf((each) => each.withOffer < each.without - 0.05)).toBeGreaterThan(0.05);
  expect(meanOf((each) => each.withOffer > each.without + 0.05)).toBeLessThan(0.02);
});

it('the other commands support the uplift or say that they do not', async () => {
  const { text: explained } = await explain(
    { input: file('others.csv'), model: best(), rows: [1], top: 3 },
    logger,
  );
  expect(explained).toMatch(/row 1 \(line 2\): probability 0\.\d{4} of "yes", uplift -?0\.\d{4}/);
  const { text: exported } = await exportModel({ to: 'js', model: best(), output: file('model.js') });
  expect(exported).toContain('without the uplift of "offer", which only the model file provides');
  const { text: told } = await card('latest', {}, config);
  expect(told).toContain('The uplift of a row is the decrease of this probability by “sent”');
  expect(told).toContain('## Who is retained by the treatment');
});

it('economics from a text column are rejected, naming the option', async () => {
  const asked = { input: file('others.csv'), model: best(), output: file('never.csv'), value: 'plan' };
  await expect(campaign(asked, config, logger)).rejects.toThrow(
    /^--value: expected a numeric column, got "plan", which has categories in .*others\.csv$/,
  );
});

it('a list by an order that may be chance has a warning', async () => {
  const told: string[] = [];
  const warn = jest.spyOn(logger, 'warn').mockImplementation(((text: string) => told.push(text)) as never);
  const list = { input: file('others.csv'), output: file('list.csv'), explain: false };
  await campaign({ ...list, model: best() }, config, logger);
  expect(told).toEqual([]);
  // A hash stands for the whole file.
  const { model, training } = await loadModel(best().file, modelClasses);
  const uplift = { ...(training.uplift as JsonObject), qini: { value: 0.02, low: -0.01, high: 0.05 } };
  await saveModel(file('unsure.json'), model, { ...training, uplift });
  const unsure = { ...list, model: { name: 'unsure', file: file('unsure.json') } };
  await campaign(unsure, config, logger);
  warn.mockRestore();
  expect((await campaign({ ...unsure, uplift: false }, config, logger)).text).toContain(
    'This ranking is not significantly better than chance: the interval of its Qini coefficient includes 0.',
  );
});
