import { spawnSync } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { csv, jsonLines } from '@churn/io';
import { Piscina } from 'piscina';
import { BIN } from '../testing/bin';
import { saveSmallModel } from '../testing/small-model';
import type { ScoredPart } from './score-part';

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

function predicted(rows: readonly string[], ending = 'csv') {
  const [input, output] = [path(`in.${ending}`), path(`out.${ending}`)];
  writeFileSync(input, [...(ending === 'csv' ? [HEADER] : []), ...rows, ''].join('\n'));
  const args = ['predict', '--model', path('m.json'), '--input', input, '--output', output];
  const { status, stdout, stderr } = spawnSync(process.execPath, [BIN, ...args], { encoding: 'utf8' });
  expect([status, stderr]).toEqual([0, expect.stringContaining('rejected')]);
  const [scored, rejected] = [output, `${output}.rejected.csv`].map((file) => readFileSync(file, 'utf8'));
  return { stdout, stderr, output: scored, rejected };
}

const withoutHeader = (text: string) => text.slice(text.indexOf('\n') + 1);

it('scores a long file, in threads, like short ones, in order', () => {
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

it('scores JSON lines alike', () => {
  const rows = Array.from({ length: 120_000 }, (_, i) => {
    if (i % 4001 === 7) return '{"plan":';
    if (i % 6007 === 9) return '';
    const [plan, usage, age] = row(i).split(',');
    return JSON.stringify({
      ...{ plan, usage: usage === 'many' ? usage : Number(usage), age: age === '' ? null : Number(age) },
      note: i % 7 === 0 ? `${i}: Zoë "${'a note, '.repeat(30)}"` : 'at 12:30',
    });
  });
  const many = predicted(rows, 'jsonl');
  expect(rows.join('\n').length).toBeGreaterThan(8 * 2 ** 20);
  const size = 30_000;
  const few = [0, 1, 2, 3].map((k) => predicted(rows.slice(k * size, (k + 1) * size), 'jsonl'));
  expect(many.output === few.map(({ output }) => output).join('')).toBe(true);
  const linesOf = ({ rejected }: { rejected: string }, before = 0) =>
    Array.from(rejected.matchAll(/^(\d+),(.*)$/gm), ([, line, rest]) => `${Number(line) + before},${rest}`);
  expect(linesOf(many)).toEqual(few.flatMap((each, k) => linesOf(each, k * size)));
  expect(linesOf(many).length).toBeGreaterThan(50);
});

it.each([
  ['csv', csv],
  ['jsonl', jsonLines],
] as const)('scores each part of %s in another thread as in this one', async (ending, format) => {
  const rows = Array.from({ length: 50_000 }, (_, i) => {
    const [plan, usage, age] = row(i).split(',');
    return ending === 'csv' ? row(i) : JSON.stringify({ plan, usage, age, note: NOTE });
  });
  const { output } = predicted(rows, ending);
  const added = [
    { name: 'churn_probability', kind: 'numeric' },
    { name: 'churn_prediction', kind: 'numeric' },
    { name: 'churn_warnings', kind: 'category' },
  ] as const;
  const schema = [
    { name: 'plan', kind: 'category' },
    { name: 'usage', kind: 'numeric' },
    { name: 'age', kind: 'numeric' },
  ] as const;
  const pool = new Piscina({
    filename: join(__dirname, '../../dist/part-worker.js'),
    workerData: { modelFile: path('m.json') },
    maxThreads: 2,
  });
  try {
    const source = await format.open(path(`in.${ending}`));
    const scored: Promise<ScoredPart>[] = [];
    for await (const part of source.parts?.(schema, added) ?? [])
      scored.push(pool.run({ part, rules: 'warn' }));
    const outputs = (await Promise.all(scored)).map((part) => part.output as Uint8Array);
    expect(outputs.length).toBeGreaterThan(2);
    expect(String(Buffer.concat(outputs)) === output).toBe(true);
  } finally {
    await pool.destroy();
  }
});

it('reports the first of two faults in a long file, and writes nothing', () => {
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
  const { status, signal, stderr } = spawnSync(process.execPath, [BIN, ...args], { encoding: 'utf8' });
  expect({ status, signal }).toEqual({ status: 1, signal: null });
  expect(stderr).toMatch(/bad\.csv, line 90002, column "note": text follows a closing quote/);
  expect(() => readFileSync(path('bad-out.csv'))).toThrow('ENOENT');
});
