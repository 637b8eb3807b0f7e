import { spawnSync } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { csv, jsonLines, toTable } from '@churn/io';
import { parquet } from '@churn/io/parquet';
import { BIN } from './testing/bin';

/** The same rows as CSV, JSON lines and Parquet are the same to every command that reads data. */
const APP = join(__dirname, '..');
const N = 240;
const rows = Array.from({ length: N }, (_, i) => {
  const usage = (i * 37) % 100;
  const isGone = usage + (i % 3) * 15 + ((i * 13) % 40) > 85;
  return {
    id: `c-${i}`,
    plan: i % 11 === 5 ? null : 'ABC'[i % 3],
    usage: i % 7 === 3 ? null : usage / 2,
    joined: new Date(Date.UTC(2020, 0, 1 + ((i * 31) % 900))).toISOString(),
    left: isGone,
  };
});
const NAMES = ['csv', 'jsonl', 'parquet'] as const;

let folder: string;
const path = (name: string) => join(folder, name);
const read = (name: string) => readFileSync(path(name), 'utf8');
const churn = (...args: string[]) => {
  const { status, stdout, stderr } = spawnSync(process.execPath, [BIN, ...args], {
    cwd: folder,
    encoding: 'utf8',
  });
  return { status, stdout, stderr };
};

/** The Parquet libraries are modules, which this test is not. */
function writeParquet(name: string, data: readonly (typeof rows)[number][]): void {
  const script = `import { readFileSync } from 'node:fs';
    import { parquetWriteFile } from 'hyparquet-writer';
    const rows = JSON.parse(readFileSync(process.argv[1], 'utf8'));
    const column = (name, type, make = (value) => value) => ({ name, type, data: rows.map((row) => make(row[name])) });
    parquetWriteFile({ filename: process.argv[2], rowGroupSize: 100, columnData: [
      column('id', 'STRING'), column('plan', 'STRING'), column('usage', 'DOUBLE'),
      column('joined', 'TIMESTAMP', (text) => new Date(text)), column('left', 'BOOLEAN'),
    ] });`;
  writeFileSync(path('rows.json'), JSON.stringify(data));
  const args = ['--input-type=module', '-e', script, path('rows.json'), path(name)];
  const { status, stderr } = spawnSync(process.execPath, args, { cwd: APP, encoding: 'utf8' });
  if (status !== 0) throw new Error(stderr);
}

function write(name: string, data: readonly (typeof rows)[number][]): void {
  const cells = data.map((row) => Object.values(row).map((cell) => cell ?? ''));
  writeFileSync(
    path(`${name}.csv`),
    [Object.keys(rows[0]), ...cells].map((each) => each.join(',')).join('\n'),
  );
  writeFileSync(path(`${name}.jsonl`), data.map((row) => JSON.stringify(row)).join('\n'));
  writeParquet(`${name}.parquet`, data);
}

beforeAll(() => {
  folder = mkdtempSync(join(tmpdir(), 'churn-formats-'));
  write('data', rows);
});

afterAll(() => rmSync(folder, { recursive: true }));

it('the same table', async () => {
  const [expected, ...others] = await Promise.all(
    [csv, jsonLines, parquet].map(async (format) => toTable(await format.read(path(`data.${format.name}`)))),
  );
  expect(expected.names).toEqual(['id', 'plan', 'usage', 'joined', 'left']);
  for (const table of others) {
    expect(Array.from(table.entries())).toEqual(Array.from(expected.entries()));
  }
});

it('the same configuration, and the same model from it', () => {
  const found = NAMES.map((name) => {
    const made = churn('init', '--data', `data.${name}`, '--target', 'left', '--out', name);
    expect(made).toMatchObject({ status: 0, stderr: '' });
    const config = read(`${name}/config/churn.yaml`);
    expect(config).toMatch(/joined:\s+kind: date/);
    const at = ['--config', `${name}/config/churn.yaml`];
    expect(churn('validate', ...at)).toMatchObject({
      status: 0,
      stdout: `data.${name}: ${N} rows and 4 columns are as declared\n`,
    });
    // One model is enough.
    writeFileSync(path('one.yaml'), config.replace(/ {2}random_forest:[\s\S]*(?=threshold:)/, ''));
    const trained = churn('train', '--config', 'one.yaml', '--quick', '--no-images', '--no-report');
    expect(trained.stderr).not.toContain('error');
    expect(trained.status).toBe(0);
    return {
      config: config.replaceAll(`${name}/`, 'FORMAT/').replaceAll(`data.${name}`, 'data.FORMAT'),
      model: read(`${name}/outputs/latest/models/logistic_regression.model.json`),
      sample: read(`${name}/outputs/latest/sample.csv`),
    };
  });
  const [expected, ...others] = found;
  for (const { config, model } of others) {
    expect(config).toBe(expected.config);
    expect(model).toBe(expected.model);
  }
  expect(JSON.parse(expected.model).training.data).toEqual({
    sha256: expect.stringMatching(/^[0-9a-f]{64}$/),
    rows: N,
  });
  // The sample is CSV, and what it holds the model takes.
  for (const [i, name] of NAMES.entries()) {
    expect(found[i].sample.split('\n')[0]).toBe('id,plan,usage,joined,left');
    const args = ['--config', `${name}/config/churn.yaml`, '--output', `${name}.scored.csv`];
    expect(churn('predict', ...args, '--input', `${name}/outputs/latest/sample.csv`).status).toBe(0);
    expect(read(`${name}.scored.csv`)).toBe(read('csv.scored.csv'));
  }
});

it('the same profile', () => {
  const [expected, ...others] = NAMES.map((name) => {
    const args = ['--config', 'csv/config/churn.yaml', '--data', `data.${name}`, '--out', `${name}.eda`];
    expect(churn('eda', ...args).status).toBe(0);
    return read(`${name}.eda/eda/latest/profile.json`);
  });
  for (const profile of others) expect(profile).toBe(expected);
});

it('the same errors, each with its place', () => {
  write(
    'amiss',
    rows.with(4, { ...rows[4], joined: '1999-01-01', plan: 'Z' }).with(9, { ...rows[9], usage: -1 }),
  );
  const messages = NAMES.map((name) => {
    const args = ['--config', 'csv/config/churn.yaml', '--data', `amiss.${name}`];
    const [validated, trained] = ['validate', 'train'].map((command) => churn(command, ...args));
    expect([validated.status, trained.status]).toEqual([1, 1]);
    expect(trained.stderr).toBe(validated.stderr);
    return validated.stderr.replaceAll(name, 'FORMAT');
  });
  // The first line of CSV is its header.
  expect(messages[0]).toMatch(
    /"plan": expected one of "A", "B", "C", got "Z" in line 6\n.*"usage": .*got -1 in line 11/,
  );
  for (const message of messages.slice(1)) {
    expect(message).toBe(messages[0].replace('line 6', 'line 5').replace('line 11', 'line 10'));
  }
});

it('names invalid records, and writes nothing', () => {
  writeFileSync(path('broken.jsonl'), `${JSON.stringify(rows[0])}\n{"id":`);
  writeFileSync(path('broken.parquet'), 'no Parquet');
  const train = (data: string) =>
    churn('train', '--config', 'csv/config/churn.yaml', '--data', data, '--out', 'never').stderr;
  expect(train('broken.jsonl')).toMatch(/^error: broken\.jsonl, line 2: not JSON: [^\n]*\n$/);
  expect(train('broken.parquet')).toMatch(/^error: broken\.parquet: cannot be read as Parquet: [^\n]*\n$/);
  expect(train('none.parquet')).toMatch(/^error: none\.parquet: there is no such file in \/[^\n]*\n$/);
});
