import { type ChildProcess, spawn, spawnSync } from 'node:child_process';
import { once } from 'node:events';
import {
  existsSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  rmSync,
  symlinkSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout } from 'node:timers/promises';
import { BIN } from '../testing/bin';
import { saveSmallModel } from '../testing/small-model';

/** What files `predict` leaves behind, however it ends. */
const EARLIER = { 'scored.csv': 'of an earlier run\n', 'scored.csv.rejected.csv': 'of an earlier run\n' };
const GOOD = 'plan,usage,age\nA,5,30\nB,7,31\n';
const MIXED = 'plan,usage,age\nA,5,30\nB,lots,31\nC,-1e308,40\n';

let folder: string;

beforeEach(async () => {
  folder = mkdtempSync(join(tmpdir(), 'churn-predict-'));
  await saveSmallModel(path('m.json'));
  for (const [name, text] of Object.entries(EARLIER)) write(name, text);
});

afterEach(() => rmSync(folder, { recursive: true }));

const path = (name: string) => join(folder, name);
const write = (name: string, text: string | Uint8Array) => writeFileSync(path(name), text);
const read = (name: string) => readFileSync(path(name), 'utf8');
const temporaries = () => readdirSync(folder).filter((name) => name.endsWith('.tmp'));
const predict = (...args: string[]) =>
  spawnSync(process.execPath, [BIN, 'predict', '--model', 'm.json', ...args], {
    cwd: folder,
    encoding: 'utf8',
  });
const start = (...args: string[]) =>
  spawn(process.execPath, [BIN, 'predict', '--model', 'm.json', ...args], { cwd: folder });

function expectEarlier(): void {
  for (const [name, text] of Object.entries(EARLIER)) expect(read(name)).toBe(text);
}

/** Starts a run that waits for more rows, with its files begun. */
async function waiting(): Promise<{ child: ChildProcess; stderr: () => string }> {
  const child = start('--input', '-', '--output', 'scored.csv');
  let told = '';
  child.stderr.on('data', (data) => {
    told += data;
  });
  // It is ended while more is on its way.
  child.stdin.on('error', () => undefined);
  child.stdin.write(MIXED);
  child.stdin.write('A,5,30\n'.repeat(400_000));
  while (temporaries().length < 2) await setTimeout(20);
  return { child, stderr: () => told };
}

describe('predict', () => {
  it.each([
    ['SIGINT', 130],
    ['SIGTERM', 143],
  ] as const)('terminated by %s, exits with %d and one line, and writes nothing', async (signal, code) => {
    const { child, stderr } = await waiting();
    child.kill(signal);
    const [status] = await once(child, 'close');
    expect(status).toBe(code);
    expect(stderr()).toBe(`error: ${signal}: stopped; the results of earlier runs are unchanged\n`);
    expect(temporaries()).toEqual([]);
    expectEarlier();
  });

  it('leaves nothing if its reader stops early', async () => {
    write('new.csv', `${MIXED}${'A,5,30\n'.repeat(400_000)}`);
    const child = start('--input', 'new.csv', '--rejected', 'rejected.csv');
    await once(child.stdout, 'data');
    child.stdout.destroy();
    await once(child, 'exit');
    expect(temporaries()).toEqual([]);
    expect(existsSync(path('rejected.csv'))).toBe(false);
  });

  it('removes the remains of a killed run', async () => {
    const { child } = await waiting();
    child.kill('SIGKILL');
    await once(child, 'exit');
    expect(temporaries()).toHaveLength(2);
    write('new.csv', GOOD);
    expect(predict('--input', 'new.csv', '--output', 'scored.csv').status).toBe(0);
    expect(temporaries()).toEqual([]);
  });

  it('writes rejected rows next to the others, and removes those of an earlier run if there are none', () => {
    write('new.csv', MIXED);
    expect(predict('--input', 'new.csv', '--output', 'scored.csv').status).toBe(0);
    expect(read('scored.csv').split('\n')).toHaveLength(3);
    expect(
      read('scored.csv.rejected.csv')
        .split('\n')
        .map((line) => line.split(',')[0]),
    ).toEqual(['line', '3', '4', '']);
    write('new.csv', GOOD);
    const { stdout } = predict('--input', 'new.csv', '--output', 'scored.csv');
    expect(stdout).not.toContain('rejected rows');
    expect(existsSync(path('scored.csv.rejected.csv'))).toBe(false);
    expect(predict('--input', 'new.csv', '--output', 'scored.csv', '--rejected', '/dev/null').status).toBe(0);
    expect(existsSync('/dev/null')).toBe(true);
  });

  it('leaves the output unchanged if no row can be scored, and writes all rows to the rejected file', () => {
    write('new.csv', 'plan,usage,age\nB,lots,31\nC,-1e308,40\n');
    const { status, stdout, stderr } = predict('--input', 'new.csv', '--output', 'scored.csv');
    expect(status).toBe(1);
    expect(stdout).toBe('');
    expect(stderr).toMatch(
      /^error: new\.csv: none of 2 rows can be scored; line 2: .*; rejected rows: scored\.csv\.rejected\.csv\n$/,
    );
    expect(read('scored.csv')).toBe(EARLIER['scored.csv']);
    expect(read('scored.csv.rejected.csv').match(/^\d+,/gm)).toEqual(['2,', '3,']);
    expect(temporaries()).toEqual([]);
  });

  it.each([
    ['the input', ['--input', 'new.csv', '--output', 'new.csv'], /--output new\.csv: .*than --input/],
    ['the input by another path', ['--input', 'new.csv', '--output', './link.csv'], /than --input/],
    ['the model', ['--input', 'new.csv', '--output', 'm.json'], /than --model/],
    [
      'the input as rejected',
      ['--input', 'new.csv', '--output', 'o.csv', '--rejected', 'new.csv'],
      /--rejected new\.csv/,
    ],
    ['one file twice', ['--input', 'new.csv', '--output', 'o.csv', '--rejected', './o.csv'], /than --output/],
    ['a folder', ['--input', 'new.csv', '--output', 'folder'], /folder: this is a folder/],
    [
      'rejected rows to a folder',
      ['--input', 'new.csv', '--output', 'o.csv', '--rejected', 'folder'],
      /folder: this is/,
    ],
    [
      'a path through a file',
      ['--input', 'new.csv', '--output', 'new.csv/o.csv'],
      /a part of this path is a file/,
    ],
  ])('refuses to write to %s', (_, args, message) => {
    write('new.csv', GOOD);
    symlinkSync('new.csv', path('link.csv'));
    mkdirSync(path('folder'));
    const model = read('m.json');
    const { status, stderr } = predict(...args);
    expect(stderr).toMatch(/^error: [^\n]*\n$/);
    expect(stderr).toMatch(message);
    expect(status).toBe(1);
    expect([read('new.csv'), read('m.json')]).toEqual([GOOD, model]);
    expect(existsSync(path('o.csv'))).toBe(false);
    expect(temporaries()).toEqual([]);
  });

  it('rejects rows that are not UTF-8, and shows the bytes', () => {
    write('new.csv', Buffer.from('plan,usage,age\nA,5,30\nB\xff,7,31\nC\xe9\x41,9,40\n', 'latin1'));
    expect(predict('--input', 'new.csv', '--output', 'scored.csv').status).toBe(0);
    expect(read('scored.csv')).toMatch(/^plan,usage,age,[^\n]*\nA,5,30,[^\n]*\n$/);
    expect(read('scored.csv.rejected.csv')).toMatch(
      /\n3,not UTF-8 [^\n]*,"B\\xFF,7,31"\n4,[^\n]*,"C\\xE9A,9,40"\n$/,
    );
    write('new.csv', Buffer.from('pl\xe4n,usage,age\nA,5,30\n', 'latin1'));
    expect(predict('--input', 'new.csv').stderr).toMatch(/^error: new\.csv, line 1: not UTF-8 text/);
    write('new.jsonl', Buffer.from('{"plan":"A","usage":1,"age":2}\n{"plan":"A\xff","usage":1}\n', 'latin1'));
    expect(predict('--input', 'new.jsonl', '--output', 'scored.jsonl').status).toBe(0);
    expect(read('scored.jsonl.rejected.csv')).toMatch(/2,not UTF-8 .*\\xFF/);
  });

  it('rejects ambiguous lines of JSON', () => {
    const lines = [
      '{"plan":9007199254740993,"usage":1,"age":30}',
      '{"plan":"A","usage":1,"usage":1}',
      '{"plan":"A","usage":1,"us\\u0061ge":2}',
      '{"usage":1e999}',
      `{"usage":1,"note":${'['.repeat(1500)}${']'.repeat(1500)}}`,
      `{"usage":${'[{"a":'.repeat(100_000)}`,
      `{"usage":1,"note":"${'x'.repeat(2 ** 24)}"}`,
      '{"churn_probability":1}',
      '{"usage":3}',
    ];
    write('new.jsonl', lines.join('\n'));
    const { status } = predict('--input', 'new.jsonl', '--output', 'scored.jsonl');
    expect(status).toBe(0);
    const written = read('scored.jsonl').trimEnd().split('\n');
    expect(written.map((line) => line.replace(/,?"churn_.*\}/, '}'))).toEqual([lines[0], lines[1], lines[8]]);
    const reasons = read('scored.jsonl.rejected.csv')
      .split(/\n(?=\d+,)/)
      .slice(1)
      .map((record) => record.slice(0, 90));
    expect(reasons).toEqual([
      expect.stringContaining('3,"column ""usage"": expected one value, got 1 and 2"'),
      expect.stringContaining(
        '4,"column ""usage"": expected a number of at most 1.8e308 in size, got 1e999"',
      ),
      expect.stringMatching(/^5,expected at most 1000 nested lists and objects/),
      expect.stringMatching(/^6,expected at most 1000 nested lists and objects/),
      expect.stringMatching(/^7,a line of \d+ characters is too long/),
      expect.stringContaining('8,"already has ""churn_probability""'),
    ]);
  });

  it('rejects a column missing from all rows, and a row without any: neither is a missing value', () => {
    const run = (name: string, text: string) => {
      write(name, text);
      return predict('--input', name, '--output', 'o.jsonl');
    };
    expect(run('new.jsonl', '{"plan":"A","usag":5,"age":30}\n{"plan":"B","usag":6,"age":31}\n').stderr).toBe(
      'error: new.jsonl: column "usage" is missing from all of the first 2 rows; use null for missing values\n',
    );
    expect(run('none.jsonl', '{}\n{"x":2}\n').stderr).toMatch(
      /^error: none\.jsonl: none of 2 rows can be scored; line 1: expected columns of the model, got none;/,
    );
    expect(run('sparse.jsonl', '{"plan":"A","usage":5}\n{"usage":6,"age":31}\n{"x":1}\n').status).toBe(0);
    expect(read('o.jsonl').split('\n')).toHaveLength(3);
    expect(read('o.jsonl.rejected.csv')).toContain('\n3,"expected columns of the model, got none",');
  });

  it('reads a number in a category column as written', () => {
    write('new.jsonl', '{"plan":9007199254740993,"usage":1,"age":1}\n');
    const { stdout } = spawnSync(
      process.execPath,
      [BIN, 'explain', '--model', 'm.json', '--input', 'new.jsonl'],
      {
        cwd: folder,
        encoding: 'utf8',
      },
    );
    expect(stdout).toContain('plan is "9007199254740993", not seen in training:');
  });

  it('writes formulas unchanged, or escaped for spreadsheets', () => {
    write('new.csv', '=note,plan,usage,age\n=1+1,A,5,-3\n"@x, y",=B,5,30\n+1,-C,lots,30\n');
    expect(predict('--input', 'new.csv', '--output', 'scored.csv').status).toBe(0);
    expect(read('scored.csv')).toMatch(/^=note,.*\n=1\+1,A,5,-3,.*\n"@x, y",=B,5,30,.*\n$/);
    expect(read('scored.csv.rejected.csv')).toContain('"+1,-C,lots,30"');
    expect(predict('--input', 'new.csv', '--output', 'scored.csv', '--escape-formulas').status).toBe(0);
    expect(read('scored.csv')).toMatch(/^'=note,.*\n'=1\+1,A,5,-3,.*\n"'@x, y",'=B,5,30,.*\n$/);
    expect(read('scored.csv.rejected.csv')).toContain(`"'+1,-C,lots,30"`);
  });

  it('ends if a file is infinite', () => {
    for (const format of ['csv', 'jsonl', 'parquet']) {
      const { status, stderr } = predict('--input', '/dev/zero', '--format', format, '--output', 'o');
      expect(status).toBe(1);
      expect(stderr).toMatch(/^error: [^\n]*\/dev\/zero[^\n]*\n$/);
    }
    write('quote.csv', `plan,usage,age\nA,5,"${'x\n'.repeat(2 ** 24)}`);
    expect(predict('--input', 'quote.csv').stderr).toMatch(
      /^error: quote\.csv, line 2: a record of more than \d+ characters/,
    );
  });
});

describe('explain', () => {
  const explain = (...args: string[]) =>
    spawnSync(process.execPath, [BIN, 'explain', '--model', 'm.json', '--input', 'new.csv', ...args], {
      cwd: folder,
      encoding: 'utf8',
    });

  it('counts all rows, and reports why one cannot be explained', () => {
    write('new.csv', `${MIXED}B,20,40\n`);
    expect(explain('--row', '4').stdout).toContain('row 4 (line 5): probability');
    expect(explain('--row', '2').stderr).toMatch(
      /^error: --row 2: new\.csv, line 3: column "usage": expected a number/,
    );
    expect(explain('--row', '3').stderr).toMatch(
      /^error: --row 3: new\.csv, line 4: column "usage": -1e\+308/,
    );
    expect(explain('--row', '5').stderr).toMatch(
      /^error: --row: expected a row from 1 to 4 of new\.csv, got 5\n$/,
    );
    expect(explain().stdout.match(/row \d \(line \d\): probability/g)).toEqual([
      'row 4 (line 5): probability',
      'row 1 (line 2): probability',
    ]);
    write('new.csv', 'plan,usage,age\nB,lots,31\n');
    expect(explain().stderr).toMatch(
      /^error: new\.csv: none of 1 rows can be scored; line 2: column "usage"/,
    );
  });
});
