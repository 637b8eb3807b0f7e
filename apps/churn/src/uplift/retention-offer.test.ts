import { spawnSync } from 'node:child_process';
import { cpSync, mkdtempSync, readFileSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, relative } from 'node:path';
import type { TrainingReport } from '../training/training-report.js';

/** The example of a retention offer: its data follows from its rules, and what a list is truly worth is known by them. */
const ROOT = join(__dirname, '../../../..');
const EXAMPLE = join(ROOT, 'examples/retention-offer');
const CONFIG = 'examples/retention-offer/retention-offer.yaml';
const LOGISTIC = { logistic_regression: { type: 'LogisticRegression', C: 0.1 } };
jest.setTimeout(180_000);

interface Customer {
  readonly row: string;
  /** The probability that it leaves without the offer, and with it. */
  readonly without: number;
  readonly withOffer: number;
}

let folder: string;
let others: Customer[];
let report: TrainingReport;
const file = (name: string) => join(folder, name);
const churn = (...args: string[]) =>
  spawnSync(process.execPath, [join(ROOT, 'apps/churn/bin/churn.js'), ...args], {
    cwd: ROOT,
    encoding: 'utf8',
  });

beforeAll(() => {
  folder = mkdtempSync(join(tmpdir(), 'churn-retention-'));
  for (const name of ['make-data.mjs', 'customers.mjs']) cpSync(join(EXAMPLE, name), file(name));
  symlinkSync(join(EXAMPLE, 'node_modules'), file('node_modules'));
  expect(spawnSync(process.execPath, [file('make-data.mjs')]).status).toBe(0);
  const script = `import { customers, HEADER } from ${JSON.stringify(file('customers.mjs'))};
    console.log(JSON.stringify({ header: HEADER, rows: customers(2, 3000) }));`;
  const { stdout } = spawnSync(process.execPath, ['--input-type=module', '-e', script], {
    encoding: 'utf8',
    maxBuffer: 2 ** 24,
  });
  const made: { readonly header: string; readonly rows: Customer[] } = JSON.parse(stdout);
  others = made.rows;
  writeFileSync(file('others.csv'), `${[made.header, ...others.map(({ row }) => row)].join('\n')}\n`);
  const settings = { extends: relative(folder, join(ROOT, CONFIG)), workers: 1, models: LOGISTIC };
  writeFileSync(file('quick.yaml'), JSON.stringify({ ...settings, output: { folder, images: false } }));
  const trained = churn('train', '--config', file('quick.yaml'), '--quick');
  expect([trained.status, trained.stderr]).toEqual([0, expect.not.stringContaining('error')]);
  report = JSON.parse(readFileSync(file('latest/models/training_report.json'), 'utf8'));
});

afterAll(() => rmSync(folder, { recursive: true }));

/** What sending the offer to customers brings on average, by the probabilities that they truly leave with. */
function trueProfit(list: readonly Customer[]): number {
  return list.reduce(
    (sum, { without, withOffer }) => sum + (without - withOffer) * (240 - 20) - (1 - without) * 20 - 2,
    0,
  );
}

function listed(name: string): Customer[] {
  const [, ...rows] = readFileSync(file(name), 'utf8').trimEnd().split('\n');
  return rows.map((row) => others[Number(row.slice(1, row.indexOf(','))) - 10_000]);
}

it('its data is made by its rules', () => {
  const [made, given] = [folder, EXAMPLE].map((at) => readFileSync(join(at, 'pilot.csv'), 'utf8'));
  expect(made === given).toBe(true);
});

it('the report tells what the offer does, and that it was sent at random', () => {
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

it('a list by uplift earns more than one by churn, by what customers are truly worth', () => {
  const args = ['campaign', '--config', CONFIG, '--model', bestFile(), '--input', file('others.csv')];
  const byUplift = churn(...args, '--output', file('list.csv'), '--page', file('page.html'));
  expect([byUplift.status, byUplift.stderr]).toEqual([0, '']);
  expect(byUplift.stdout).toContain('The list is of those whom contact persuades, by uplift');
  const [header] = readFileSync(file('list.csv'), 'utf8').split('\n');
  expect(header.split(',').slice(9, 12)).toEqual(['churn_probability', 'churn_uplift', 'campaign_rank']);
  expect(readFileSync(file('page.html'), 'utf8')).toContain(
    'the uplift that the model predicts of “sent” in “offer”',
  );
  const byChurn = churn(...args, '--output', file('by-churn.csv'), '--no-uplift', '--no-explain');
  expect(byChurn.stdout).not.toContain('by uplift');
  const best = trueProfit(others.filter((each) => trueProfit([each]) > 0));
  expect(trueProfit(listed('list.csv'))).toBeGreaterThan(0.5 * best);
  expect(trueProfit(listed('by-churn.csv'))).toBeLessThan(0.2 * best);
});

function bestFile(): string {
  return file(`latest/models/${report.best}.model.json`);
}

it('predict tells the uplift of each row, above 0 where the offer keeps', () => {
  const scored = churn(
    ...['predict', '--model', bestFile(), '--input', file('others.csv'), '--output', file('scored.csv')],
  );
  expect([scored.status, scored.stderr]).toEqual([0, expect.not.stringContaining('warn')]);
  const [header, ...rows] = readFileSync(file('scored.csv'), 'utf8').trimEnd().split('\n');
  expect(header.split(',').slice(9)).toEqual([
    ...['churn_probability', 'churn_prediction', 'churn_uplift', 'churn_warnings'],
  ]);
  const uplift = rows.map((row) => Number(row.split(',')[11]));
  const meanOf = (isOf: (each: Customer) => boolean) => {
    const of = uplift.filter((_, i) => isOf(others[i]));
    return of.reduce((sum, each) => sum + each, 0) / of.length;
  };
  const [kept, driven] = [
    meanOf((each) => each.withOffer < each.without - 0.05),
    meanOf((each) => each.withOffer > each.without + 0.05),
  ];
  expect(kept).toBeGreaterThan(0.05);
  expect(driven).toBeLessThan(0.02);
});

it('the other commands carry the uplift or say that they do not', () => {
  const explained = churn('explain', '--model', bestFile(), '--input', file('others.csv'), '--row', '1');
  expect(explained.stdout).toMatch(/line 2: probability 0\.\d{4} of "yes", uplift -?0\.\d{4}/);
  const exported = churn('export', '--to', 'js', '--model', bestFile(), '--output', file('model.js'));
  expect(exported.stdout).toContain('without the uplift of "offer", which the model file alone tells');
  const card = churn('card', 'latest', '--config', file('quick.yaml'));
  expect(card.stdout).toContain('The uplift of a row is by how much “sent” lowers it');
  expect(card.stdout).toContain('## Whom the treatment keeps');
});
