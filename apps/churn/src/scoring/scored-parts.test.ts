import { spawnSync } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { saveSmallModel } from '../testing/small-model';

const BIN = join(__dirname, '../../bin/churn.js');
const folder = mkdtempSync(join(tmpdir(), 'churn-parts-'));
const path = (name: string) => join(folder, name);
beforeAll(() => saveSmallModel(path('m.json')));
afterAll(() => rmSync(folder, { recursive: true }));

const HEADER = 'plan,usage,age,note';
/** Long, so that few rows are many parts: quotes with delimiters and line ends inside, and letters beyond ASCII. */
const NOTE = `"${'a note, ""quoted""\nZoë, '.repeat(20)}"`;

/** A row of a large file: some have a warning, some cannot be read, and some have too few fields. */
function row(i: number): string {
  if (i % 4001 === 7) return 'A,1';
  const plan = i % 5003 === 11 ? 'D' : 'ABC'[i % 3];
  const usage = i % 3001 === 5 ? 'many' : i % 2999 === 3 ? 1e6 : (i * 37) % 100;
  return [plan, usage, i % 997 === 0 ? '' : 20 + (i % 50), i % 7 === 0 ? NOTE : 'short'].join(',');
}

function predicted(rows: readonly string[]) {
  writeFileSync(path('in.csv'), [HEADER, ...rows, ''].join('\n'));
  const args = ['predict', '--model', path('m.json'), '--input', path('in.csv'), '--output', path('out.csv')];
  const { status, stdout, stderr } = spawnSync(process.execPath, [BIN, ...args], { encoding: 'utf8' });
  expect([status, stderr]).toEqual([0, expect.stringContaining('rejected')]);
  const [output, rejected] = ['out.csv', 'out.csv.rejected.csv'].map((name) =>
    readFileSync(path(name), 'utf8'),
  );
  return { stdout, stderr, output, rejected };
}

const withoutHeader = (text: string) => text.slice(text.indexOf('\n') + 1);

it('says of a long file, on threads, what it says of short ones, rows in their order', () => {
  const rows = Array.from({ length: 120_000 }, (_, i) => row(i));
  const many = predicted(rows);
  expect(rows.join('\n').length).toBeGreaterThan(8 * 2 ** 20);
  const size = 30_000;
  const few = [0, 1, 2, 3].map((k) => predicted(rows.slice(k * size, (k + 1) * size)));
  expect(withoutHeader(many.output) === few.map(({ output }) => withoutHeader(output)).join('')).toBe(true);
  // The same reasons, and the lines of one long file.
  const reasons = (text: string) => withoutHeader(text).replaceAll(/^\d+,/gm, '');
  expect(reasons(many.rejected)).toBe(few.map(({ rejected }) => reasons(rejected)).join(''));
  const lineOf = (text: string) => Array.from(text.matchAll(/^(\d+),/gm), ([, line]) => Number(line));
  const lineEnds = (k: number) =>
    rows
      .slice(0, k * size)
      .join('\n')
      .split('\n').length - (k === 0 ? 1 : 0);
  expect(lineOf(many.rejected)).toEqual(
    few.flatMap(({ rejected }, k) => lineOf(rejected).map((line) => line + lineEnds(k))),
  );
  // Each kind of warning with the number of its rows.
  expect(many.stdout).toMatch(/plan.*"D".*\b24\b/);
});

it('tells the first of two faults in a long file, and writes nothing', () => {
  const rows = Array.from(
    { length: 200_000 },
    (_, i) => `A,${i % 100},40,some text that makes the row longer`,
  );
  rows[90_000] = 'A,1,40,"x"y';
  rows[190_000] = 'A,1,40,"never closed';
  writeFileSync(path('bad.csv'), [HEADER, ...rows].join('\n'));
  const args = [
    'predict',
    '--model',
    path('m.json'),
    '--input',
    path('bad.csv'),
    '--output',
    path('bad-out.csv'),
  ];
  const { status, stderr } = spawnSync(process.execPath, [BIN, ...args], { encoding: 'utf8' });
  expect(status).toBe(1);
  expect(stderr).toMatch(/bad\.csv, line 90002, column "note": text follows a closing quote/);
  expect(() => readFileSync(path('bad-out.csv'))).toThrow('ENOENT');
});
