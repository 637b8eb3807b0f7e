import { spawnSync } from 'node:child_process';
import { cpSync, mkdtempSync, readFileSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { TrainingReport } from '../training/training-report.js';

/** The example of a retention offer: its data follows from its rules, and what a list is truly worth is known by them. */
const ROOT = join(__dirname, '../../../..');
const EXAMPLE = join(ROOT, 'examples/retention-offer');
const CONFIG = 'examples/retention-offer/retention-offer.yaml';
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
  const trained = churn('train', '--config', CONFIG, '--out', folder, '--quick');
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
