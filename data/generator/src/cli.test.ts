import { execFileSync, spawnSync } from 'node:child_process';
import { mkdtempSync, readdirSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { csvPieces } from './csv.js';
import { generateCustomers } from './generate-customers.js';

const cli = join(__dirname, '../dist/cli.js');
let folder = '';

beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'churn-'));
});
afterEach(() => rmSync(folder, { recursive: true }));

test('writes the rows of the seed and nothing else', () => {
  const out = join(folder, 'customers.csv');
  execFileSync(process.execPath, [cli, '--out', out, '--rows', '25', '--seed', '7']);
  expect(readFileSync(out, 'utf8')).toBe([...csvPieces(generateCustomers({ rows: 25, seed: 7 }))].join(''));
  expect(readdirSync(folder)).toEqual(['customers.csv']);
});

test.each([
  [['--rows', 'ten'], 'rows: expected an integer of at least 1 up'],
  [['--seed', 'x'], '--seed: expected an integer'],
  [['--row', '10'], "Unknown option '--row'"],
])('refuses %j and leaves no file', (options, message) => {
  const run = spawnSync(process.execPath, [cli, '--out', join(folder, 'a.csv'), ...options], {
    encoding: 'utf8',
  });
  expect(run.status).not.toBe(0);
  expect(run.stderr).toContain(message);
  expect(readdirSync(folder)).toEqual([]);
});
