import { spawnSync } from 'node:child_process';
import { mkdirSync, mkdtempSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { monitorSettings } from '../config/monitor-settings.js';
import type { Window } from '../config/windows.js';
import { BIN } from '../testing/bin';
import { saveSmallModel } from '../testing/small-model.js';
import { type MonitorOptions, monitorInput } from './monitor-input.js';
import type { MonitoringReport } from './monitoring-report.js';

const HEADER = 'id,plan,usage,age,left';
const ROWS = Array.from({ length: 400 }, (_, i) => {
  const usage = (i * 37) % 100;
  const plan = 'ABC'[i % 3];
  const left = usage + (plan === 'C' ? 30 : 0) + ((i * 13) % 40) > 85 ? 'Yes' : 'No';
  return [`${1000 + i}`, plan, i % 10 === 7 ? '' : `${usage}`, `${20 + (i % 50)}`, left];
});
const MODEL = 'out/latest/models/ridge.model.json';
const CONFIG = `
data: { file: data.csv, target: left, positive: Yes, drop: [id] }
crossValidation: { folds: 3 }
models: { ridge: { type: LogisticRegression, C: 1 } }
output: { folder: out, sample: { file: sample.csv, rows: 20 } }
`;

let folder: string;
const path = (name: string) => join(folder, name);
const read = (name: string) => readFileSync(path(name), 'utf8');
const write = (name: string, header: string, rows: readonly (readonly string[])[]) =>
  writeFileSync(path(name), `${[header, ...rows.map((row) => row.join(','))].join('\n')}\n`);
const churn = (...args: string[]) =>
  spawnSync(process.execPath, [BIN, ...args], { cwd: folder, encoding: 'utf8' });

type Options = Partial<Omit<MonitorOptions, 'model'>> & {
  model?: string;
  id?: string[];
  date?: string;
  window?: Window;
};

/** The report, as `churn monitor` writes it. Names are those of files in the folder. */
async function reportOf(
  input: string,
  { id, date, window, ...options }: Options = {},
): Promise<MonitoringReport> {
  const inFolder = (name?: string) => (name === undefined ? {} : path(name));
  const settings = await monitorSettings(path('churn.yaml'), {
    isNamed: true,
    id,
    date,
    window,
    out: path('out'),
    hasLabels: options.labels !== undefined,
  });
  const files = Object.fromEntries(
    (['labels', 'reference'] as const).flatMap((key) =>
      options[key] ? [[key, inFolder(options[key])]] : [],
    ),
  );
  const file = path(options.model ?? MODEL);
  const model = { name: file, file };
  const { report } = await monitorInput({ ...options, ...files, input: path(input), model }, settings);
  return JSON.parse(JSON.stringify(report).replaceAll(`${folder}/`, ''));
}

const failure = (input: string, options?: Options) =>
  reportOf(input, options).then(
    () => 'none',
    (error: Error) => error.message.replaceAll(`${folder}/`, ''),
  );

const withoutLabel = (rows: readonly (readonly string[])[]) => rows.map((row) => row.slice(0, 4));

beforeAll(() => {
  folder = mkdtempSync(join(tmpdir(), 'churn-monitor-'));
  write('data.csv', HEADER, ROWS);
  writeFileSync(path('churn.yaml'), CONFIG);
  const { status, stderr } = churn('train', '--config', 'churn.yaml', '--no-images', '--no-report');
  expect([status, stderr]).toEqual([0, expect.any(String)]);
  write('new.csv', HEADER.slice(0, -5), withoutLabel(ROWS));
});
afterAll(() => rmSync(folder, { recursive: true }));

it('raises no alert on the training rows, and writes a page and all figures', async () => {
  const { status, stdout } = churn('monitor', '--config', 'churn.yaml', '--input', 'new.csv');
  expect(status).toBe(0);
  expect(stdout).toMatch(
    /^None of 3 columns drifted, and the estimated ROC AUC is 0\.\d{3} \(0\.\d{3} before\)\.\n/,
  );
  const report: MonitoringReport = JSON.parse(read('out/monitoring/latest/monitoring_report.json'));
  expect(report.input).toEqual({
    file: 'new.csv',
    rows: 400,
    scored: 400,
    unread: 0,
    unscored: 0,
    labelled: 0,
  });
  expect(report.reference).toMatchObject({ file: null, rows: 400, hasScoresOfModel: true });
  for (const { psi, jensenShannon, below, above } of report.drift.columns) {
    expect([psi, jensenShannon, below, above]).toEqual([0, 0, 0, 0]);
  }
  expect(report.drift.columns.map(({ name, importance }) => [name, importance]).sort()).toEqual([
    ['age', expect.any(Number)],
    ['plan', expect.any(Number)],
    ['usage', expect.any(Number)],
  ]);
  const { realised, separation } = report;
  expect({ realised, separation, windows: report.windows, notes: report.notes }).toEqual({
    realised: null,
    separation: null,
    windows: [],
    notes: [],
  });
  const page = read('out/monitoring/latest/report.html');
  for (const text of [
    'None of 3 columns drifted',
    '400 rows of new.csv, compared with the training data of the model (400 rows)',
  ]) {
    expect([text, page.includes(text)]).toEqual([text, true]);
  }
});

it('exits with 2 on an alert, and first reports what drifted and where to look', async () => {
  const drifted = withoutLabel(ROWS).map(([id, plan, usage, age], i) => [
    id,
    i % 4 === 0 ? 'gold' : plan,
    usage === '' ? '' : String(Number(usage) + 60),
    i % 3 === 0 ? '' : age,
  ]);
  write('drifted.csv', 'id,plan,usage,age', drifted);
  const { status, stdout } = churn('monitor', '--config', 'churn.yaml', '--input', 'drifted.csv');
  expect(status).toBe(2);
  expect(stdout).toMatch(/^3 of 3 columns and the score drifted, and .*: look at usage first\.\n/);
  const { drift } = JSON.parse(read('out/monitoring/latest/monitoring_report.json')) as MonitoringReport;
  const [usage] = drift.columns;
  expect([usage.name, usage.mean?.current]).toEqual([
    'usage',
    expect.closeTo((usage.mean?.reference ?? 0) + 60, 9),
  ]);
  const plan = drift.columns.find(({ name }) => name === 'plan');
  expect(plan).toMatchObject({ unseen: { reference: 0, current: 0.25 }, unseenLevels: [['gold', 100]] });
  const age = drift.columns.find(({ name }) => name === 'age');
  expect(age).toMatchObject({ reasons: ['missing'], missing: { reference: 0, current: 134 / 400 } });
  expect(statSync(path('out/monitoring/latest/report.html')).size).toBeLessThan(2 ** 20);
});

describe('labels', () => {
  /** By all pairs of rows. */
  function aucOf(probabilities: readonly number[], isYes: readonly boolean[]): number {
    let [pairs, won] = [0, 0];
    probabilities.forEach((p, i) => {
      probabilities.forEach((q, j) => {
        if (!isYes[i] || isYes[j]) return;
        pairs++;
        won += p > q ? 1 : p === q ? 0.5 : 0;
      });
    });
    return won / pairs;
  }

  it('measure the actual performance, in whichever file they are', async () => {
    const inInput = await reportOf('data.csv');
    expect(
      churn('predict', '--config', 'churn.yaml', '--input', 'new.csv', '--output', 'scored.csv').status,
    ).toBe(0);
    const probabilities = read('scored.csv')
      .trimEnd()
      .split('\n')
      .slice(1)
      .map((line) => Number(line.split(',')[4]));
    const auc = aucOf(
      probabilities,
      ROWS.map(([, , , , left]) => left === 'Yes'),
    );
    expect(inInput.realised?.figures.rocAuc.value).toBeCloseTo(auc, 9);
    expect(inInput.input.labelled).toBe(400);
    // In their order, in other spellings, under the name of the target.
    write(
      'labels.csv',
      'left',
      ROWS.map(([, , , , left]) => [` ${left.toUpperCase()} `]),
    );
    expect((await reportOf('new.csv', { labels: 'labels.csv' })).realised).toEqual(inInput.realised);
    // By an ID, in another order, some twice: the later holds.
    const byId = ROWS.map(([id, , , , left]) => [id, left]).reverse();
    write('outcomes.csv', 'id,left', [['1000', 'No'], ['1001', 'Yes'], ...byId]);
    const joined = await reportOf('new.csv', { labels: 'outcomes.csv', id: ['id'] });
    expect(joined.realised).toEqual(inInput.realised);
    // Of some rows alone.
    write('outcomes.csv', 'id,left', byId.slice(0, 150));
    const some = await reportOf('new.csv', { labels: 'outcomes.csv', id: ['id'] });
    expect(some.input).toMatchObject({ rows: 400, labelled: 150 });
  });

  it('are reported by line if they are invalid', async () => {
    write('labels.csv', 'left', [['Yes'], ['No'], ['maybe']]);
    const failed = (id?: string[]) => failure('new.csv', { labels: 'labels.csv', id });
    expect(await failed()).toBe('labels.csv, line 4: expected one of the labels "No", "Yes", got "maybe"');
    write('labels.csv', 'left', [['Yes'], ['No']]);
    expect(await failed()).toBe(
      'labels.csv: expected a label for each of 400 rows, in their order, got 2; pass --id COLUMN to join them by a column',
    );
    write('labels.csv', 'id,left', [['7', 'Yes']]);
    expect(await failed(['id'])).toBe('labels.csv: none of its 1 labels matches a row of the input by "id"');
    write('labels.csv', 'left', [['Yes']]);
    expect(await failed(['id'])).toContain('labels.csv: column "id" is missing');
  });

  it('keep their rows if other rows are rejected', async () => {
    const rows = withoutLabel(ROWS).map((row, i) =>
      i % 100 === 50 ? [row[0], row[1], 'many', row[3]] : row,
    );
    write('some.csv', 'id,plan,usage,age', rows);
    write(
      'labels.csv',
      'left',
      ROWS.map(([, , , , left]) => [left]),
    );
    const report = await reportOf('some.csv', { labels: 'labels.csv' });
    expect(report.input).toMatchObject({ rows: 396, unread: 4, labelled: 396 });
    expect(report.notes).toEqual([
      '4 rows of some.csv could not be read or scored; line 52: column "usage": expected a number, got "many"',
    ]);
    const kept = ROWS.filter((_, i) => i % 100 !== 50);
    write('kept.csv', HEADER, kept);
    expect(report.realised).toEqual((await reportOf('kept.csv')).realised);
  });
});

it.each(['data.csv', 'out/latest/sample.csv'])(
  'notes that the model was trained on the rows of %s',
  async (input) => {
    const { notes } = await reportOf(input);
    expect(notes).toEqual([expect.stringMatching(`^${input}: the model was trained on these rows: `)]);
  },
);

it('accepts given scores, and rejects invalid ones', async () => {
  const anew = await reportOf('new.csv');
  const predicted = churn(
    'predict',
    '--config',
    'churn.yaml',
    '--input',
    'new.csv',
    '--output',
    'scored.csv',
  );
  expect(predicted.status).toBe(0);
  const given = await reportOf('scored.csv', { scored: true });
  expect(given.drift).toEqual(anew.drift);
  expect(given.estimated).toEqual(anew.estimated);
  const lines = read('scored.csv').trimEnd().split('\n');
  const cells = lines[7].split(',');
  writeFileSync(path('wrong.csv'), `${lines.with(7, cells.with(4, '1.5').join(',')).join('\n')}\n`);
  expect(await failure('wrong.csv', { scored: true })).toBe(
    'wrong.csv, line 8, column "churn_probability": expected a probability from 0 to 1, got 1.5',
  );
  // Of rows without a score, the columns count.
  writeFileSync(path('some.csv'), `${lines.with(7, cells.with(4, '').join(',')).join('\n')}\n`);
  expect((await reportOf('some.csv', { scored: true })).input).toMatchObject({
    rows: 400,
    scored: 399,
    unscored: 1,
  });
  expect(await failure('new.csv', { scored: true })).toContain(
    'new.csv: column "churn_probability" is missing',
  );
});

it('names the date columns, which are not compared, and the correction of p-values', () => {
  const dated = ROWS.map(([id, plan, usage, age, left], i) => [
    ...[id, plan, usage, age, `2024-03-${10 + (i % 20)}`, `${10 + (i % 20)}/4/2024`, left],
  ]);
  write('spans.csv', 'id,plan,usage,age,start,end,left', dated);
  const config = CONFIG.replace('data.csv', 'spans.csv').replace('folder: out', 'folder: spans');
  writeFileSync(path('spans.yaml'), config);
  expect(churn('train', '--config', 'spans.yaml', '--no-images', '--no-report').status).toBe(0);
  const { stdout } = churn('monitor', '--config', 'spans.yaml', '--input', 'spans.csv');
  const note = '2 date columns are not compared: start, end';
  expect(stdout).toContain(`note: ${note}\n`);
  const report = JSON.parse(read('spans/monitoring/latest/monitoring_report.json')) as MonitoringReport;
  expect(report.notes).toContain(note);
  const correction = `p-values are corrected for ${report.drift.tests} tests (Holm)`;
  expect(stdout).toContain(correction);
  const page = read('spans/monitoring/latest/report.html');
  expect([page.includes(note), page.includes(correction)]).toEqual([true, true]);
});

it('divides rows into windows by date', async () => {
  const dated = withoutLabel(ROWS).map((row, i) => [
    ...row,
    i === 9 ? '' : `2026-0${1 + Math.floor(i / 100)}-${10 + (i % 9)}`,
  ]);
  const shifted = dated.map(([id, plan, usage, age, at]) => [
    ...[id, plan, at.startsWith('2026-04') && usage !== '' ? String(Number(usage) + 50) : usage, age, at],
  ]);
  write('dated.csv', 'id,plan,usage,age,seen', shifted);
  const { windows, notes } = await reportOf('dated.csv', { date: 'seen' });
  expect(windows.map(({ window, rows, alerts }) => [window, rows, alerts])).toEqual([
    ['2026-01', 99, []],
    ['2026-02', 100, []],
    ['2026-03', 100, []],
    ['2026-04', 100, ['usage']],
  ]);
  expect(notes).toEqual(['1 row without a date is in no window']);
  const days = (await reportOf('dated.csv', { date: 'seen', window: 'day' })).windows;
  expect(days.reduce((sum, { rows }) => sum + rows, 0)).toBe(399);
  const shown = churn('monitor', '--config', 'churn.yaml', '--input', 'dated.csv', '--date', 'seen');
  expect(shown.status).toBe(2);
  expect(read('out/monitoring/latest/report.html').includes('ROC AUC over time')).toBe(true);
  expect(await failure('dated.csv', { date: 'plan' })).toBe(
    'dated.csv, column "plan": expected dates, got "A"',
  );
});

it('raises an alert on a window whose drift vanishes in all rows together', async () => {
  const dated = withoutLabel(ROWS).map((row, i) => [...row, `2026-0${1 + Math.floor(i / 100)}-10`]);
  const last = withoutLabel(ROWS.filter((_, i) => i % 27 === 3)).map(([id, plan, , age], i) => [
    ...[id, plan, String(90 + (i % 9)), age, '2026-05-10'],
  ]);
  write('late.csv', 'id,plan,usage,age,seen', [...dated, ...last]);
  const without = churn('monitor', '--config', 'churn.yaml', '--input', 'late.csv');
  expect([without.status, without.stdout]).toEqual([
    0,
    expect.stringMatching(/^None of 3 columns drifted, /),
  ]);
  const { status, stdout } = churn(
    'monitor',
    '--config',
    'churn.yaml',
    '--input',
    'late.csv',
    '--date',
    'seen',
  );
  expect([status, stdout]).toEqual([
    2,
    expect.stringMatching(/^usage.*drifted in 2026-05, and .*: look at usage first\.\n/),
  ]);
  expect(stdout).toMatch(/│ 2026-05 │ +1[56] │ +usage/);
});

it('raises an alert on rejected rows, and gives no all-clear on few rows', async () => {
  const spoilt = withoutLabel(ROWS).map(([id, plan, usage, age], i) => [
    id,
    plan,
    i % 10 === 0 ? 'many' : usage,
    age,
  ]);
  write('spoilt.csv', 'id,plan,usage,age', spoilt);
  const { verdict, isAlert } = await reportOf('spoilt.csv');
  expect([verdict, isAlert]).toEqual([
    expect.stringMatching(/^40 of 400 rows cannot be read; none of 3 columns drifted/),
    true,
  ]);
  write(
    'few.csv',
    HEADER,
    ROWS.filter((_, i) => i % 80 === 3),
  );
  expect(await reportOf('few.csv')).toMatchObject({
    verdict: '5 rows are too few to judge.',
    isAlert: false,
  });
});

it('compares with the rows of a file, and trains a classifier of old against new', async () => {
  const same = await reportOf('new.csv', { reference: 'data.csv' });
  expect(same.reference).toMatchObject({ file: 'data.csv', rows: 400, hasScoresOfModel: false });
  expect(same.isAlert).toBe(false);
  expect(same.separation?.rocAuc.value).toBeLessThan(0.6);
  // Each column is as it was, but two no longer go together: usage is high where age is.
  const sorted = [...ROWS].map(([, , usage]) => usage).sort((a, b) => Number(a) - Number(b));
  const ages = [...ROWS].map(([, , , age]) => age).sort((a, b) => Number(a) - Number(b));
  write(
    'joined.csv',
    'id,plan,usage,age',
    ROWS.map(([id, plan], i) => [id, plan, sorted[i], ages[i]]),
  );
  const { drift, separation } = await reportOf('joined.csv', { reference: 'new.csv' });
  expect(drift.alerts).toEqual([]);
  expect(separation?.rocAuc.value).toBeGreaterThan(0.8);
  expect(
    separation?.importances
      .slice(0, 2)
      .map(({ name }) => name)
      .sort(),
  ).toEqual(['age', 'usage']);
});

it('reports which rows of a log are left out, and why none remain', async () => {
  const { model } = await reportOf('new.csv');
  const lines = (hash: string, rows: readonly (readonly string[])[]) =>
    rows
      .map(([, plan, usage, age], i) => {
        const place = {
          churn_time: '2026-11-01T00:00:00Z',
          churn_request: hash,
          churn_row: i,
          churn_model: hash,
        };
        return `${JSON.stringify({ ...place, plan, usage: usage === '' ? null : Number(usage), age: Number(age) })}\n`;
      })
      .join('');
  const outcome = (request: string, row: number) =>
    `${JSON.stringify({ time: '2026-11-02T00:00:00Z', request, row, label: 'Yes' })}\n`;
  mkdirSync(path('log'));
  const log = (name: string) => path(`log/${name}.jsonl`);
  expect(await failure('log')).toBe('log: expected a log of predictions, got none');
  const other = '0123456789abcdef'.repeat(4);
  writeFileSync(log('predictions-20261101T000000Z-00000001'), lines(other, ROWS.slice(0, 10)));
  expect(await failure('log')).toBe(
    `log: the log has no row of model ${model.hash.slice(0, 12)}; it has 10 rows of model 0123456789ab`,
  );
  writeFileSync(log('predictions-20261101T000000Z-00000002'), lines(model.hash, ROWS));
  const outcomes = [outcome(other, 3), outcome(model.hash, 7), outcome(model.hash, 400), outcome('none', 0)];
  writeFileSync(log('outcomes-20261101T000000Z-00000003'), outcomes.join(''));
  const { input, notes } = await reportOf('log');
  expect([input.rows, input.labelled]).toEqual([400, 1]);
  expect(notes).toEqual([
    'log rows of other models left out: 10 rows of model 0123456789ab',
    '2 outcomes match no row in the log',
  ]);
  writeFileSync(path('empty.jsonl'), '');
  expect(await failure('empty.jsonl')).toMatch(/^empty\.jsonl: (?!none of)/);
});

it('names the required option', async () => {
  expect(await failure('new.csv', { window: 'week' })).toBe(
    '--window week: expected --date COLUMN as well, since windows are by date, got none',
  );
  expect(await failure('new.csv', { id: ['id'] })).toBe(
    '--id id: expected --labels FILE as well, since IDs join rows with labels, got none',
  );
});

it('says what to do with a model of an earlier version, and this works', async () => {
  await saveSmallModel(path('former.json'));
  expect(await failure('new.csv', { model: 'former.json' })).toBe(
    'former.json is from an earlier version and has no profile of its training data: retrain it, or pass rows of that time with --reference FILE',
  );
  const report = await reportOf('new.csv', { model: 'former.json', reference: 'data.csv' });
  expect(report.drift.alerts).toEqual([]);
  expect(report.notes).toEqual([
    'the reference has no scores: neither score drift nor performance can be computed',
    'feature importance is unknown: columns are ranked by their drift alone',
  ]);
});

it('returns the same for every format, and with threads on a long input', async () => {
  const told = (await reportOf('new.csv')).drift;
  const objects = withoutLabel(ROWS).map(([id, plan, usage, age]) =>
    JSON.stringify({ id, plan, usage: usage === '' ? null : Number(usage), age: Number(age) }),
  );
  writeFileSync(path('new.jsonl'), `${objects.join('\n')}\n`);
  expect((await reportOf('new.jsonl')).drift).toEqual(told);
  const note = 'a long note, '.repeat(30);
  const times = 100;
  const long = objects.map((object) => `${object.slice(0, -1)},"note":"${note}"}`).join('\n');
  writeFileSync(path('long.jsonl'), `${Array.from({ length: times }, () => long).join('\n')}\n`);
  expect(statSync(path('long.jsonl')).size).toBeGreaterThan(12 * 2 ** 20);
  const { stdout } = churn('monitor', '--config', 'churn.yaml', '--input', 'long.jsonl', '--json');
  const { drift, input }: MonitoringReport = JSON.parse(stdout).figures;
  expect(input).toMatchObject({ rows: 400 * times, scored: 400 * times, unread: 0 });
  const of = ({ columns }: typeof told) =>
    columns.map(({ name, mean, missing }) => [name, mean?.current, missing.current]).sort();
  expect(of(drift)).toEqual(
    of(told).map(([name, mean, missing]) => [
      name,
      mean === undefined ? undefined : expect.closeTo(mean as number, 9),
      missing,
    ]),
  );
});

it('leaves no files if the input cannot be read', async () => {
  const before = read('out/monitoring/latest/monitoring_report.json');
  write('bad.csv', 'id,plan,usage,age', [['1', 'A', 'many', 'old']]);
  expect(await failure('bad.csv')).toMatch(/^bad.csv: none of 1 rows can be read; line 2: /);
  expect(await failure('none.csv')).toContain('none.csv');
  write('lacks.csv', 'id,usage', [['1', '2']]);
  expect(await failure('lacks.csv')).toBe(
    'lacks.csv: columns "plan", "age" are missing; the table has: id, usage',
  );
  expect(read('out/monitoring/latest/monitoring_report.json')).toBe(before);
  const { status, stderr } = churn('monitor', '--config', 'no.yaml', '--input', 'new.csv', '--model', MODEL);
  expect([status, stderr]).toEqual([1, expect.stringMatching(/^error: .*no\.yaml/)]);
});

it('shows names and levels literally, whatever they are', () => {
  const names = ['constructor', '"<b>bold</b>"', '__proto__'];
  const levels = ['"<script>alert(1)</script>"', '__proto__', 'toString'];
  const rows = ROWS.map(([, , usage, age, left], i) => [
    usage === '' ? '1' : usage,
    levels[i % 3],
    age,
    left,
  ]);
  write('hostile.csv', [...names, 'left'].join(','), rows);
  writeFileSync(
    path('hostile.yaml'),
    CONFIG.replace('data.csv', 'hostile.csv')
      .replace(', drop: [id]', '')
      .replace('folder: out', 'folder: hostile'),
  );
  expect(churn('train', '--config', 'hostile.yaml', '--no-images', '--no-report').status).toBe(0);
  const { status, stdout } = churn('monitor', '--config', 'hostile.yaml', '--input', 'hostile.csv');
  expect(status).toBe(0);
  for (const name of ['constructor', '<b>bold</b>', '__proto__']) expect(stdout).toContain(`│ ${name} `);
  const page = read('hostile/monitoring/latest/report.html');
  for (const text of ['<b>bold', '<script>alert']) expect([text, page.includes(text)]).toEqual([text, false]);
  for (const text of ['&lt;b&gt;bold', '&lt;script&gt;alert']) {
    expect([text, page.includes(text)]).toEqual([text, true]);
  }
});
