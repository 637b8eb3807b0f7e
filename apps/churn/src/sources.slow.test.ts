import { spawnSync } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { gzipSync } from 'node:zlib';
import { BIN } from './testing/bin';

/** What data and rows may come from, besides a plain file. */
const N = 240;
const rows = Array.from({ length: N }, (_, i) => {
  const usage = (i * 37) % 100;
  const isGone = usage + (i % 3) * 15 + ((i * 13) % 40) > 85;
  return [['Zoë', 'b', 'c'][i % 3], usage / 2, isGone ? 'gone' : 'here'].join(',');
});
const CSV = `plan,usage,left\n${rows.join('\n')}\n`;
const MODEL = 'outputs/latest/models/tree.model.json';

let folder: string;
const path = (name: string) => join(folder, name);
const read = (name: string) => readFileSync(path(name), 'utf8');
const churn = (args: readonly string[], input?: Uint8Array) => {
  const { status, stdout, stderr } = spawnSync(process.execPath, [BIN, ...args], {
    cwd: folder,
    encoding: 'utf8',
    input,
  });
  return { status, stdout, stderr };
};

/** Trains by the lines of `data` that say where the data is. */
function train(data: string, out: string) {
  const config = `data:\n${data}\n  target: left\n  positive: gone\nmodels:\n  tree: { type: DecisionTreeClassifier, maxDepth: 3 }\noutput: { folder: ${out}, images: false, report: false }\n`;
  writeFileSync(path('churn.yaml'), config);
  return churn(['train', '--config', 'churn.yaml']);
}

/** A model without what names its data. */
function model(out: string) {
  const { hash, training, ...parts } = JSON.parse(read(`${out}/latest/models/tree.model.json`));
  return parts;
}

beforeAll(() => {
  folder = mkdtempSync(join(tmpdir(), 'churn-sources-'));
  writeFileSync(path('data.csv'), CSV);
  expect(train('  file: data.csv', 'outputs').stderr).not.toContain('error');
});

afterAll(() => rmSync(folder, { recursive: true }));

it('trains the same model on a query, a compressed file and another encoding', () => {
  writeFileSync(path('data.csv.gz'), gzipSync(CSV));
  writeFileSync(path('western.csv'), CSV, 'latin1');
  const sources = [
    "  query: select * from 'data.csv'",
    '  file: data.csv.gz',
    '  file: western.csv\n  encoding: windows-1252',
  ];
  for (const [i, source] of sources.entries()) {
    const { status, stderr } = train(source, `outputs${i}`);
    expect({ source, status, stderr }).toEqual({
      source,
      status: 0,
      stderr: expect.not.stringContaining('error'),
    });
    expect(model(`outputs${i}`)).toEqual(model('outputs'));
  }
  const report = JSON.parse(read('outputs0/latest/models/training_report.json'));
  expect(report.data.file).toBe('the query');
  // Scoring goes by the encoding of the training data, unless a mark or an option says otherwise.
  const scored = (input: string, ...options: string[]) =>
    churn(['predict', '--model', 'outputs2/latest/models/tree.model.json', '--input', input, ...options])
      .stdout;
  const expected = churn(['predict', '--model', MODEL, '--input', 'data.csv']).stdout;
  expect(scored('western.csv')).toBe(`\uFEFF${expected}`);
  expect(scored('data.csv', '--encoding', 'utf-8')).toBe(expected);
  expect(scored('outputs2/latest/sample.csv')).toContain('Zoë');
});

it('scores compressed input, also from standard input', () => {
  const args = ['predict', '--model', MODEL, '--input'];
  const expected = churn([...args, 'data.csv']).stdout;
  expect(expected.split('\n')).toHaveLength(N + 2);
  expect(churn([...args, 'data.csv.gz']).stdout).toBe(expected);
  expect(churn([...args, '-'], gzipSync(CSV)).stdout).toBe(expected);
});

it('detects another delimiter in the header, and reports if an option contradicts it', () => {
  writeFileSync(path('semicolons.csv'), CSV.replaceAll(',', ';'));
  const args = ['predict', '--model', MODEL, '--input', 'semicolons.csv'];
  const { status, stdout } = churn(args);
  expect(status).toBe(0);
  expect(stdout.replaceAll(';', ',')).toBe(
    churn(['predict', '--model', MODEL, '--input', 'data.csv']).stdout,
  );
  expect(churn([...args, '--delimiter', ','])).toEqual({
    status: 1,
    stdout: '',
    stderr:
      'error: semicolons.csv: expected fields separated by ",", but the header "plan;usage;left" has ";"; set the option delimiter\n',
  });
});

it('rejects both a file and a query, or neither', () => {
  for (const source of ['  file: data.csv\n  query: select 1', '  drop: []']) {
    expect(train(source, 'never').stderr).toBe(
      'error: churn.yaml: data.file: expected either a file or a query\n',
    );
  }
  expect(train('  query: selec 1', 'never').stderr).toMatch(/^error: the query: Parser Error: [^\n]+\n$/);
  expect(train('  file: data.csv\n  encoding: utf-7', 'never').stderr).toMatch(
    /^error: churn\.yaml: data\.encoding: expected the name of an encoding, such as [^\n]+\n$/,
  );
});

it('rejects output names whose ending contradicts the content', () => {
  for (const output of ['scored.xlsx', 'scored.csv.gz']) {
    const { status, stderr } = churn([
      'predict',
      '--model',
      MODEL,
      '--input',
      'data.csv',
      '--output',
      output,
    ]);
    expect(status).toBe(1);
    expect(stderr).toContain(`--output ${output}: expected `);
  }
});

it('reports a footer', () => {
  writeFileSync(path('total.csv'), `${CSV}Total,\n`);
  expect(train('  file: total.csv', 'never').stderr).toContain(
    `line ${N + 2}: looks like a footer: "Total,"; expected 3 fields`,
  );
  writeFileSync(path('total.csv'), CSV.replace(/\n$/, '\nTotal,12000,\n'));
  expect(train('  file: total.csv', 'never').stderr).toContain(
    `line ${N + 2}: the target "left" has no value`,
  );
});

it('rejects an ending of another format, and JSON documents', () => {
  const scored = (output: string) =>
    churn(['predict', '--model', MODEL, '--input', 'data.csv', '--output', output]);
  expect(scored('scored.parquet').stderr).toBe(
    'error: --output scored.parquet: expected a name such as scored.csv, since rows of csv are written as csv\n',
  );
  expect(scored('scored.txt').status).toBe(0);
  writeFileSync(path('data.json'), '[{"plan":"b","usage":1}]');
  expect(churn(['predict', '--model', MODEL, '--input', 'data.json']).stderr).toMatch(
    /^error: data\.json: expected JSON lines, one object per line, in a \.jsonl file[^\n]*\n$/,
  );
});
