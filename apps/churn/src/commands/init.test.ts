import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { formatCsv } from '@churn/io';
import { loadConfig } from '../config/load-config.js';
import { classTask } from '../task/class-task';
import { loadDataset } from '../training/data.js';
import { splitData } from '../training/split.js';
import { init } from './init.js';
import { validate } from './validate.js';

const N = 120;
const usage = Array.from({ length: N }, (_, i) => (i * 37) % 100);
const isGone = usage.map((value, i) => value + ((i * 13) % 40) > 70);
const labels = isGone.map((is) => (is ? 'yes' : 'no'));

let folder: string;

beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'churn-init-'));
});

afterEach(() => rmSync(folder, { recursive: true }));

type Cell = string | number;

/** A file of these columns and `left`. */
function write(
  columns: Readonly<Record<string, readonly Cell[]>> | readonly [string, readonly Cell[]][],
  left: readonly Cell[] = labels,
) {
  const pairs = [...(Array.isArray(columns) ? columns : Object.entries(columns)), ['left', left]] as [
    string,
    readonly Cell[],
  ][];
  const file = join(folder, 'data.csv');
  const rows = left.map((_, row) => pairs.map(([, values]) => values[row]));
  writeFileSync(
    file,
    formatCsv(
      pairs.map(([name]) => name),
      rows,
    ),
  );
  return file;
}

const options = (data: string) => ({ data, target: 'left', out: join(folder, 'case') });
const configFile = () => join(folder, 'case/config/churn.yaml');

/** What `init` found, after the data was read and split by what it wrote. */
async function made(data: string, more: { positive?: string } = {}) {
  const { figures, next } = await init({ ...options(data), ...more });
  expect(next).toEqual([`churn train --config ${configFile()}`]);
  const found = JSON.parse(JSON.stringify(figures));
  const config = await loadConfig(configFile());
  await validate(config);
  const dataset = await loadDataset(classTask, config.data, config.processing.dates?.columns);
  splitData(classTask, dataset, config);
  return { found, config, dataset };
}

const KEYWORDS = [
  'null',
  'true',
  'yes',
  '~',
  '- a',
  'a: b',
  '# c',
  '*x',
  '&y',
  '%z',
  '@at',
  '`q`',
  '{m',
  '[l',
  '!t',
  '|p',
  '>g',
  '"d"',
  "'s'",
  '1.5',
  '2024-01-01',
  '__proto__',
  'constructor',
  'toString',
  'a*',
  'a',
];

describe('a written configuration', () => {
  it.each<[string, Parameters<typeof write>]>([
    ['a column of one value', [{ usage, fixed: usage.map(() => 'k') }]],
    ['a column without values', [{ usage, empty: usage.map(() => '') }]],
    [
      'names that are reserved in YAML or JavaScript',
      [KEYWORDS.map((name, j): [string, Cell[]] => [name, usage.map((value) => value + j)])],
    ],
    [
      'levels that are reserved words',
      [{ usage, level: usage.map((value) => KEYWORDS[value % KEYWORDS.length]) }],
    ],
    [
      'levels that look like numbers',
      [{ level: usage.map((value) => ['1', '1.0', '01', '0x10', '1e3', '.inf', 'x'][value % 7]) }],
    ],
    [
      'dates, day first',
      [{ joined: usage.map((value) => `${String(1 + (value % 28)).padStart(2, '0')}.02.2024`) }],
    ],
    ['six rows', [{ usage: usage.slice(0, 6) }, ['yes', 'no', 'yes', 'no', 'yes', 'no']]],
    ['a label of three rows', [{ usage }, labels.map((label, i) => (i < 3 ? 'rare' : label))]],
    ['rows without a label', [{ usage }, labels.map((label, i) => (i % 10 === 3 ? '' : label))]],
    [
      'labels in many spellings',
      [{ usage }, isGone.map((is, i) => (is ? ['Yes', 'YES ', 'yes'] : ['No', 'no', ' no'])[i % 3])],
    ],
    ['labels that are numbers with a point', [{ usage }, isGone.map((is) => (is ? '1.0' : '0.0'))]],
    [
      'invalid texts in up to one in ten rows',
      [{ usage: usage.map((value, i) => (i % 10 === 0 ? 'many' : value)) }],
    ],
    ['infinite numbers', [{ usage: usage.map((value, i) => (i < 3 ? ['inf', '-inf', '1e999'][i] : value)) }]],
    [
      'names with spaces and line ends',
      [
        [
          [' a ', usage],
          ['b\nc', usage.map((value) => value % 7)],
        ],
      ],
    ],
  ])('%s', async (_, data) => {
    const { dataset } = await made(write(...data));
    expect(dataset.features.names.length).toBeGreaterThan(0);
  });

  it('keeps all names, and escapes wildcards in dropped names', async () => {
    const ids = usage.map((_, i) => `q-${i}`);
    const { config, dataset } = await made(
      write({ 'a*': ids, id: ids, ab: usage, a: usage.map((value) => value % 3) }),
    );
    expect(config.data.drop).toEqual(['id']);
    expect(dataset.features.names).toEqual(['ab', 'a']);
  });

  it('reduces the folds to the rows of the smallest class, and declares no rules from few values', async () => {
    const { config } = await made(
      write({ usage: usage.slice(0, 6) }, ['yes', 'no', 'yes', 'no', 'yes', 'no']),
    );
    expect(config.crossValidation.folds).toBe(2);
    expect(config.data.columns?.[0]).toEqual({ name: 'usage', kind: 'numeric' });
  });
});

describe('the positive label', () => {
  const of = (yes: Cell, no: Cell) => isGone.map((is) => (is ? yes : no));
  it.each([
    ['1', '0', '1'],
    ['1.0', '0.0', '1.0'],
    ['True', 'False', 'True'],
    ['Yes', 'No', 'Yes'],
    ['went', 'stayed', 'went'],
  ])('of %s and %s is %s', async (yes, no, positive) => {
    const { config, dataset } = await made(write({ usage }, of(yes, no)));
    expect(config.data.positive).toBe(positive);
    expect(dataset.y.classes).toHaveLength(2);
    expect(dataset.y.counts()[1]).toBe(isGone.filter((is) => is === (positive === yes)).length);
  });

  it.each(['1', '1.0', '1.00'])('accepts %s as name', async (positive) => {
    const { dataset } = await made(write({ usage }, of('0.0', '1.0')), { positive });
    expect(dataset.y.counts()[1]).toBe(isGone.filter((is) => !is).length);
  });

  it.each<[string, readonly Cell[], RegExp, string | undefined]>([
    [
      'an absent label',
      labels,
      /--positive Yes: expected a label of "left" in .*data\.csv, which has "no", "yes"/,
      'Yes',
    ],
    [
      'one of three labels',
      labels.map((label, i) => (i < 9 ? 'maybe' : label)),
      /--positive yes: .*one of two/,
      'yes',
    ],
    [
      'several spellings of one label',
      labels.map((_, i) => ['Yes', 'YES'][i % 2]),
      /got "Yes", "YES", which differ only in spelling/,
      undefined,
    ],
    [
      'several words for yes',
      labels.map((label, i) => (i < 9 ? 'Y' : label)),
      /expected one word for yes and one for no/,
      undefined,
    ],
    [
      'a label of two rows',
      labels.map((label, i) => (i < 2 ? 'rare' : label)),
      /data\.csv: the label "rare" of "left" has 2 rows, too few/,
      undefined,
    ],
    ['a single label', labels.map(() => 'a'), /expected 2 to 50 labels in "left", got 1/, undefined],
  ])('rejects %s', async (_, left, message, positive) => {
    await expect(init({ ...options(write({ usage }, left)), positive })).rejects.toThrow(message);
    expect(() => readFileSync(configFile())).toThrow();
  });
});

it.each([
  ['gekündigt', 'gekundigt'],
  ['Größe in €'.normalize('NFD'), 'grosse_in'],
  ['解約', 'target'],
])('names the predictions of %s by %s', async (target, predicts) => {
  const data = join(folder, 'data.csv');
  writeFileSync(
    data,
    formatCsv(
      ['usage', target],
      labels.map((label, i) => [usage[i], label]),
    ),
  );
  await init({ ...options(data), target });
  expect(await loadConfig(configFile())).toMatchObject({ predicts });
});

it('rejects a file without features', async () => {
  const data = write({ id: usage.map((_, i) => i), fixed: usage.map(() => 7) });
  await expect(init(options(data))).rejects.toThrow(/data\.csv: expected at least one feature/);
});

it('reports leaks, invalid texts and joined labels, in words, in JSON and next to the column', async () => {
  const data = write(
    {
      gone_on: isGone.map((is, i) => (is ? `2024-03-${10 + (i % 20)}` : '')),
      usage: usage.map((value, i) => (i === 5 ? 'n.v.' : value)),
    },
    labels.map((label, i) => (i === 0 ? `${label.toUpperCase()} ` : label)),
  );
  const { text: told } = await init(options(data));
  const warnings = [
    /"usage": .*"n\.v\." \(line 7\)/,
    /"left": "NO " \(1 row in line 2\) is read as "no"/,
    /"gone_on": the presence of a value alone ranks the target with an AUC of 1\.0000; is it known only after the event\?/,
  ];
  for (const warning of warnings) expect(told).toMatch(warning);
  expect(readFileSync(configFile(), 'utf8')).toMatch(/# "gone_on": the presence [^\n]*\n +gone_on:\n/);
  rmSync(join(folder, 'case'), { recursive: true });
  const { found } = await made(data);
  expect(found).toMatchObject({
    rows: N,
    target: { column: 'left', positive: 'yes', labels: [{ label: 'no' }, { label: 'yes' }] },
    columns: [
      { name: 'gone_on', kind: 'date', use: 'learn' },
      { name: 'usage', kind: 'numeric', odd: [{ text: 'n.v.', count: 1, line: 7 }], use: 'learn' },
      { name: 'left', use: 'target' },
    ],
  });
  warnings.forEach((warning, i) => {
    expect(found.warnings[i]).toMatch(warning);
  });
});

it('shows the first columns of a wide file, and all of them in JSON', async () => {
  const data = write(
    Array.from({ length: 100 }, (_, j): [string, Cell[]] => [`x${j}`, usage.map((value) => value + j)]),
  );
  const { text: told } = await init(options(data));
  expect(told).toContain('│ x59 ');
  expect(told).not.toContain('│ x60 ');
  expect(told).toContain('and 41 more columns; use --json for all');
  rmSync(join(folder, 'case'), { recursive: true });
  expect((await made(data)).found.columns).toHaveLength(101);
});

it('writes a regression configuration, and reports the target values', async () => {
  const spend = usage.map((each, i) => (i === 3 ? '' : `${10 + 3 * Number(each)}.5`));
  const data = write({ usage, plan: usage.map((_, i) => 'AB'[i % 2]) }, spend);
  const { text: told } = await init({ data, value: 'left', out: join(folder, 'case') });
  expect(told).toMatch(/"left": the value is predicted: mean [\d.,]+/);
  const config = await loadConfig(configFile());
  expect(config.data).toMatchObject({ target: 'left', task: 'value', unlabelled: 'drop' });
  expect(config.data.columns?.find(({ name }) => name === 'left')).toMatchObject({ kind: 'numeric', min: 0 });
  expect([config.threshold, config.crossValidation.scoring]).toEqual([undefined, ['r2']]);
  await validate(config);
});

it('writes a survival configuration', async () => {
  const rows = Array.from(
    { length: 60 },
    (_, i) => `${'AB'[i % 2]},${i % 7},${1 + i},${i % 3 ? 'no' : 'yes'}`,
  );
  const data = join(folder, 'times.csv');
  writeFileSync(data, ['plan,calls,days,left', ...rows].join('\n'));
  const out = join(folder, 'times');
  const { text: told } = await init({ data, out, duration: 'days', event: 'left' });
  expect(told).toContain('"days": the time to its event is predicted: 33.3% of the rows have the event');
  const config = await loadConfig(join(out, 'config/churn.yaml'));
  expect(config.data).toMatchObject({
    ...{ target: 'days', task: 'survival', durations: { event: 'left', horizons: [30] } },
  });
  expect(config.data.columns?.map(({ name, kind }) => [name, kind])).toEqual([
    ...[
      ['plan', 'category'],
      ['calls', 'numeric'],
      ['days', 'numeric'],
      ['left', 'category'],
    ],
  ]);
  await validate(config);
});

it('reports columns that only rows with the event have', async () => {
  const rows = Array.from(
    { length: 60 },
    (_, i) => `${i % 3 ? ',' : 'price,'}${i % 7},${1 + i},${i % 3 ? 'no' : 'yes'}`,
  );
  const data = join(folder, 'reasons.csv');
  writeFileSync(data, ['why,calls,days,left', ...rows].join('\n'));
  const { text: told } = await init({ data, out: join(folder, 'reasons'), duration: 'days', event: 'left' });
  expect(told).toMatch(/"why": .*; is it known only after the event\?/);
});

it.each([
  [{}, 'got none of them'],
  [{ target: 'left', value: 'left' }, 'got 2 of them'],
  [{ duration: 'days' }, '--duration: expected --event COLUMN as well, got none'],
  [{ target: 'left', event: 'left' }, '--event: expected --duration COLUMN as well, got none'],
  [{ value: 'left', positive: 'yes' }, '--positive yes: expected none, since --value has no labels'],
])('rejects %j', async (target, message) => {
  await expect(init({ data: 'd.csv', out: folder, ...target })).rejects.toThrow(message);
});

it('reports a missing data file before an existing configuration', async () => {
  const data = write({ usage });
  await init(options(data));
  await expect(init(options(data))).rejects.toThrow(`${configFile()}: a configuration already exists`);
  const missing = join(folder, 'none.csv');
  await expect(init(options(missing))).rejects.toThrow(`${missing}: there is no such file`);
});
