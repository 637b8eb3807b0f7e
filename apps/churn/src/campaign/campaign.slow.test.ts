import { spawnSync } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { exp, Random } from '@churn/core';
import { type CampaignOptions, campaign } from '../commands/campaign';
import { predict } from '../commands/predict';
import { train } from '../commands/train';
import { type Config, checkedConfig } from '../config/config';
import { bestModelFile } from '../runs/output-files';
import { createLogger } from '../terminal/logger';
import type { TrainingReport } from '../training/training-report';
import { idColumns } from './id-columns';

/** Customers of known economics: whoever is worth much stays longer, and leaves by a probability that is known. */
const [CONTACT, OFFER, ACCEPTANCE] = [1, 20, 0.3];

interface Customer {
  readonly row: string;
  readonly p: number;
  readonly value: number;
}

function customers(seed: number, n: number): Customer[] {
  const random = new Random(seed);
  return Array.from({ length: n }, (_, i) => {
    const [usage, tenure] = [random.normal(), random.normal()];
    const p = 1 / (1 + exp(2.2 - 1.1 * usage + 0.8 * tenure));
    const value = Number(exp(5 + 0.9 * random.normal() + 0.3 * tenure).toFixed(2));
    return { row: [i, usage, tenure, value, random.uniform() < p ? 'Yes' : 'No'].join(','), p, value };
  });
}

const HEADER = 'id,usage,tenure,clv,left';
const logger = createLogger();
const known = customers(1, 3000);
const others = customers(2, 4000);
let folder: string;
let config: Config;
let report: TrainingReport;
const file = (name: string) => join(folder, name);
const written = (name: string) =>
  readFileSync(file(name), 'utf8')
    .trimEnd()
    .split('\n')
    .map((line) => line.split(','));

async function list(options: Partial<CampaignOptions> = {}, given: Config | undefined = config) {
  const model = await bestModelFile(config);
  const { text } = await campaign(
    { input: file('others.csv'), output: file('list.csv'), model: { name: 'best', file: model }, ...options },
    given,
    logger,
  );
  return text;
}

/** Runs the command with the configuration, in a process of its own. */
function churn(...args: string[]): string {
  const bin = join(__dirname, '../../bin/churn.js');
  const all = [bin, 'campaign', '--config', file('churn.yaml'), ...args];
  const { stdout, stderr, status } = spawnSync(process.execPath, all, { encoding: 'utf8' });
  expect([status, stderr]).toEqual([0, '']);
  return stdout;
}

/** The Parquet libraries are modules, which this test is not. */
function inModule<T>(script: string): T {
  const { stdout } = spawnSync(process.execPath, ['--input-type=module', '-e', script], {
    cwd: join(__dirname, '../..'),
    encoding: 'utf8',
  });
  return JSON.parse(stdout || 'null');
}

beforeAll(async () => {
  logger.level = 'error';
  folder = mkdtempSync(join(tmpdir(), 'churn-campaign-'));
  writeFileSync(file('known.csv'), `${[HEADER, ...known.map(({ row }) => row)].join('\n')}\n`);
  writeFileSync(file('others.csv'), `${[HEADER, ...others.map(({ row }) => row)].join('\n')}\n`);
  const settings = {
    workers: 1,
    currency: 'EUR',
    data: {
      ...{ file: file('known.csv'), target: 'left', positive: 'Yes', drop: ['id', 'clv'], uniqueBy: ['id'] },
    },
    threshold: { profit: { value: 'clv', contact: CONTACT, offer: OFFER, acceptance: ACCEPTANCE } },
    models: { logistic: { type: 'LogisticRegression' } },
    output: { folder: file('outputs'), images: false, report: false },
  };
  writeFileSync(file('churn.yaml'), JSON.stringify(settings));
  config = checkedConfig(settings, 'churn.yaml');
  await train(config, logger);
  report = JSON.parse(readFileSync(file('outputs/latest/models/training_report.json'), 'utf8'));
});

afterAll(() => rmSync(folder, { recursive: true }));

/** What contacting customers earns on average, by the probabilities that they truly leave with. */
function trueProfit(contacted: readonly Customer[]): number {
  return contacted.reduce(
    (sum, { p, value }) => sum + p * ACCEPTANCE * (value - OFFER) - (1 - p) * OFFER - CONTACT,
    0,
  );
}

it('earns at least 98 % of the optimal list, and the F1 threshold earns less', async () => {
  await list({ explain: false });
  const [head, ...rows] = written('list.csv');
  const listed = rows.map((row) => others[Number(row[head.indexOf('id')])]);
  const best = trueProfit(others.filter((each) => trueProfit([each]) > 0));
  expect(trueProfit(listed)).toBeGreaterThan(0.98 * best);
  const { campaign: compared } = report.models.logistic;
  const probability = new Map(rows.map((row) => [row[0], Number(row[head.indexOf('churn_probability')])]));
  expect(probability.size).toBe(listed.length);
  await list({
    explain: false,
    value: '1e9',
    acceptance: '1',
    contact: '0',
    offer: '0',
    output: file('all.csv'),
  });
  const [allHead, ...all] = written('all.csv');
  expect(all).toHaveLength(others.length);
  const above = (threshold: number) =>
    all
      .filter((row) => Number(row[allHead.indexOf('churn_probability')]) >= threshold)
      .map((row) => others[Number(row[0])]);
  expect(trueProfit(above(compared?.f1.threshold as number))).toBeLessThan(0.8 * best);
});

it('orders the list by expected net value, with money in the currency, and reasons', async () => {
  const told = await list({ capacity: 20 });
  const [head, ...rows] = written('list.csv');
  expect(head.slice(5)).toEqual(
    [
      ['churn_probability', 'campaign_rank', 'expected_net_value_EUR', 'expected_cost_EUR'],
      ['churn_reason_1', 'churn_reason_2', 'churn_reason_3'],
    ].flat(),
  );
  expect(rows).toHaveLength(20);
  rows.forEach((row, i) => {
    const [p, rank, net, cost] = row.slice(5).map(Number);
    const value = Number(row[3]);
    expect(rank).toBe(i + 1);
    expect(net).toBeCloseTo(p * 0.3 * (value - 20) - (1 - p) * 20 - 1, 1);
    expect(cost).toBeCloseTo(1 + 20 * (1 - p + 0.3 * p), 1);
    const directions = row
      .slice(9)
      .map((reason) => /^(?:usage|tenure) is .*: (raises|lowers) the probability/.exec(reason)?.[1]);
    expect(['raises,raises,', 'raises,lowers,', 'lowers,lowers,', 'raises,,', 'lowers,,']).toContain(
      directions.join(),
    );
  });
  // Those that raise the probability stand first, also where others are stronger.
  expect(rows.some((row) => row[9].includes('raises') && row[10].includes('lowers'))).toBe(true);
  const nets = rows.map((row) => Number(row[7]));
  expect(nets).toEqual(nets.toSorted((a, b) => b - a));
  expect(told).toMatch(
    /^Contacting 20 of 4,000 customers \(0\.5%\) is expected to earn EUR [\d,]+: 95 of 100 such campaigns earn between/,
  );
  expect(told).toContain('The list ends at the limits: ');
});

it('shows counterfactuals of the customers predicted to churn', async () => {
  const counterfactuals = {
    data: file('known.csv'),
    fixed: [],
    monotone: { tenure: 'up' as const },
    count: 2,
  };
  await list({ counterfactuals, capacity: 300, explain: false });
  const [head, ...rows] = written('list.csv');
  expect(head.slice(9)).toEqual(['churn_counterfactual_1', 'churn_counterfactual_2']);
  const { threshold } = report.models.logistic;
  const isCalled = (row: string[]) => Number(row[5]) >= (threshold?.threshold as number);
  expect(new Set(rows.map(isCalled)).size).toBe(2);
  // A text with a comma is quoted, and then in two cells.
  const texts = rows.map((row) => row.slice(9).join(','));
  rows.forEach((row, i) => {
    if (!isCalled(row)) expect(texts[i]).toBe(',');
    else expect(texts[i]).toMatch(/^"would be ""No"" if (usage|tenure) were /);
    const change = /tenure (?:were )?([-.\d]+), not ([-.\d]+)/.exec(texts[i]);
    if (change) expect(Number(change[1])).toBeGreaterThan(Number(change[2]));
  });
  expect(texts.filter((text) => text.includes('tenure')).length).toBeGreaterThan(5);
});

it('accepts customers that are already scored, also by uplift, and reports the differences', async () => {
  const rows = others
    .slice(0, 300)
    .map(({ p, value }, i) => `${i},${p},${value},${i % 2 === 0 ? 0.2 * p : -0.05}`);
  writeFileSync(file('scored.csv'), `id,p,clv,effect\n${rows.join('\n')}\n301,,50,0.1\n`);
  const options = { input: file('scored.csv'), scores: 'p', model: undefined, output: file('list.csv') };
  await list(options);
  expect(written('list.csv')[0].slice(4)).toEqual([
    'campaign_rank',
    'expected_net_value_EUR',
    'expected_cost_EUR',
  ]);
  const byUplift = await list({ ...options, uplift: 'effect' });
  const ids = written('list.csv')
    .slice(1)
    .map(([id]) => Number(id));
  expect(ids.every((id) => id % 2 === 0)).toBe(true);
  expect(byUplift).toMatch(
    /The list is by uplift: it favours customers whom contact persuades .* and by uplift (earn|lose) EUR [\d.,]+ instead of EUR/,
  );
});

it('is written by the command, with a page, and as Parquet for Parquet input', () => {
  const page = file('page.html');
  const told = churn(
    ...['--page', page, '--output', file('list.csv'), '--input', file('others.csv'), '--capacity', '20'],
    ...['--counterfactuals', '1'],
  );
  expect(told).toContain(`page: ${page}`);
  for (const text of [
    'Whom to contact',
    'expected net value, EUR',
    'value by customer, “clv”',
    'Capacity: 20 customers.',
    'would be &quot;No&quot; if ',
  ])
    expect(readFileSync(page, 'utf8')).toContain(text);
  const [, ...rows] = readFileSync(page, 'utf8')
    .split('<tr>')
    .map((row) => [...row.matchAll(/<td[^>]*>([^<]*)</g)].map(([, cell]) => cell))
    .filter((cells) => cells.length > 0);
  const ids = written('list.csv')
    .slice(2)
    .map(([id]) => id);
  expect(rows.map((cells) => cells[1])).toEqual(ids);
  for (const [, , netValue, cost, probability] of rows) {
    for (const amount of [netValue, cost]) expect(amount).toMatch(/^[\d,]+\.\d{2}$/);
    expect(probability).toMatch(/^0\.\d{4}$/);
  }
  // Of two row groups, in each of which the list is in its order.
  inModule(`import { parquetWriteFile } from 'hyparquet-writer';
    const data = (make) => Array.from({ length: 40 }, (_, i) => make(i));
    parquetWriteFile({ filename: ${JSON.stringify(file('scored.parquet'))}, rowGroupSize: 20, columnData: [
      { name: 'p', data: data((i) => i / 40), type: 'DOUBLE' }, { name: 'clv', data: data(() => 500), type: 'DOUBLE' }] });`);
  const output = file('list.parquet');
  churn(...['--scores', 'p', '--input', file('scored.parquet'), '--output', output, '--capacity', '25']);
  const scored = inModule<{ readonly p: number; readonly campaign_rank: number }[]>(`
    import { asyncBufferFromFile, parquetReadObjects } from 'hyparquet';
    const file = await asyncBufferFromFile(${JSON.stringify(output)});
    console.log(JSON.stringify(await parquetReadObjects({ file })));`);
  expect(scored.map((row) => row.campaign_rank)).toEqual([
    21,
    22,
    23,
    24,
    25,
    ...Array.from({ length: 20 }, (_, i) => i + 1),
  ]);
  for (const { p, campaign_rank: rank } of scored) expect(p).toBe((40 - rank) / 40);
});

it('reports an empty list', async () => {
  expect(await list({ value: '10', explain: false })).toContain(
    'No contact among the 4,000 customers is expected to earn more than it costs: the list is empty.',
  );
  expect(written('list.csv')).toHaveLength(1);
});

it('states its assumptions, and warns if the customers were training rows', async () => {
  const warned: string[] = [];
  const warn = jest.spyOn(logger, 'warn').mockImplementation(((text: string) => warned.push(text)) as never);
  const plain = checkedConfig({ data: { file: 'a.csv', target: 'left', positive: 'Yes' } }, 'c.yaml');
  const own = { input: file('known.csv'), explain: false, capacity: 3 };
  await list({ ...own, value: '400', acceptance: '0.3', offer: '20' }, plain);
  expect(warned).toEqual([
    'contact is assumed to cost 0; set it by --contact',
    expect.stringContaining('known.csv: the model was trained on these rows'),
  ]);
  warned.length = 0;
  await list({ explain: false });
  expect(warned).toEqual([]);
  const model = { name: 'best', file: await bestModelFile(config) };
  await predict({ input: file('known.csv'), output: file('scored.csv'), model }, logger);
  expect(warned).toEqual([expect.stringContaining('known.csv: the model was trained on these rows')]);
  warn.mockRestore();
});

it('identifies customers by the named column, or by the key of rows if the input has one', async () => {
  const named = (given: Partial<Parameters<typeof idColumns>[0]>) =>
    idColumns({
      input: file('others.csv'),
      named: undefined,
      source: { column: 'clv' },
      options: {},
      config,
      ...given,
    });
  expect(await named({})).toEqual(['id']);
  expect(await named({ named: 'tenure' })).toEqual(['tenure']);
  writeFileSync(file('nameless.csv'), 'number,clv\n1,2\n');
  expect(await named({ input: file('nameless.csv') })).toEqual([]);
  expect(await named({ input: '-' })).toEqual([]);
  expect(await named({ config: undefined })).toEqual([]);
});

describe('mistakes', () => {
  const plain = () => checkedConfig({ data: { file: 'a.csv', target: 'left', positive: 'Yes' } }, 'c.yaml');
  const told = { value: '3', acceptance: '1' };
  const changes = { data: 'INPUT', fixed: [], monotone: {} };
  it.each<[string, Partial<CampaignOptions>, string | RegExp]>([
    [
      'no economics',
      {},
      '--value and --acceptance: expected a number or the name of a column, got neither, and the configuration has no threshold.profit',
    ],
    [
      'no acceptance',
      { value: '3' },
      '--acceptance: expected a number or the name of a column, got none, and',
    ],
    [
      'a share above 1',
      { value: '3', acceptance: '30' },
      '--acceptance: expected a number of at most 1, got 30',
    ],
    [
      'a missing column',
      { value: 'clw', acceptance: '1' },
      /^--value: .*others\.csv: column "clw" is missing; did you mean "clv"\?/,
    ],
    [
      'a missing column of scores',
      { ...told, model: undefined, scores: 'score' },
      /^--scores: .*others\.csv: column "score" is missing/,
    ],
    [
      'a missing column of uplift',
      { ...told, uplift: 'up' },
      /^--uplift: .*others\.csv: column "up" is missing/,
    ],
    ['a text column', { value: 'left', acceptance: '1' }, 'none of 4000 rows can be scored; line 2: '],
    [
      'a share in per cent',
      { value: '3', acceptance: '30%' },
      '--acceptance: expected a plain number, here 0.3, or the name of a column, got "30%"',
    ],
    [
      'an amount with its currency',
      { value: 'EUR 400', acceptance: '1' },
      '--value: expected a plain number, here 400, or the name of a column, got "EUR 400"',
    ],
    [
      'an amount with commas',
      { value: '$1,200', acceptance: '1' },
      '--value: expected a plain number, or the name of a column, got "$1,200"',
    ],
    [
      'an unknown ID',
      { ...told, id: 'idd', page: 'p.html' },
      /^--id: .*others\.csv: column "idd" is missing; did you mean "id"\?/,
    ],
    ['no currency', { ...told, currency: 'euro' }, '--currency: expected a currency such as EUR or USD'],
    [
      'changes without a model',
      { ...told, scores: 'left', model: undefined, counterfactuals: changes },
      '--counterfactuals: expected a model, got --scores left: a probability alone does not show what would change it',
    ],
    [
      'a missing fixed column',
      { ...told, counterfactuals: { ...changes, fixed: ['age'] } },
      'fixed: expected columns of the model: usage, tenure, got "age"',
    ],
    ['the input as the list', { ...told, output: 'INPUT' }, 'expected a different file than --input'],
  ])('%s', async (_, options, message) => {
    const output = options.output === 'INPUT' ? file('others.csv') : file('list.csv');
    const counterfactuals = options.counterfactuals && {
      ...options.counterfactuals,
      data: file('known.csv'),
    };
    await expect(list({ ...options, counterfactuals, output }, plain())).rejects.toThrow(message);
  });
});
