import { spawnSync } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { Pipeline, Random, Table } from '@churn/core';
import { saveModel } from '@churn/io';
import { RandomForestClassifier } from '@churn/models';
import { BIN } from '../testing/bin';

const folder = mkdtempSync(join(tmpdir(), 'churn-explained-'));
afterAll(() => rmSync(folder, { recursive: true }));

/** A model that is large enough for threads, since its trees have learned noise by heart. */
async function saveForest(file: string): Promise<void> {
  const random = new Random(4);
  const n = 1500;
  const column = () => Float64Array.from({ length: n }, () => random.normal());
  const x = Table.fromColumns({ a: column(), b: column(), c: column() });
  const y = Array.from({ length: n }, () => (random.uniform() < 0.5 ? 'yes' : 'no'));
  const forest = new RandomForestClassifier({ nEstimators: 100 });
  await saveModel(file, new Pipeline([], forest).fit(x, y), {});
}

function explained(rows: readonly string[], output: string): string[] {
  writeFileSync(join(folder, 'rows.csv'), ['a,b,c', ...rows, ''].join('\n'));
  const args = ['--model', 'm.json', '--input', 'rows.csv', '--output', output, '--explain'];
  const { status, stderr } = spawnSync(process.execPath, [BIN, 'predict', ...args], {
    cwd: folder,
    encoding: 'utf8',
  });
  expect([status, stderr]).toEqual([0, expect.stringContaining('rejected')]);
  return readFileSync(join(folder, output), 'utf8').trim().split('\n').slice(1);
}

it('explains many rows, in threads, like few', async () => {
  await saveForest(join(folder, 'm.json'));
  expect(statSync(join(folder, 'm.json')).size).toBeGreaterThan(2 ** 20);
  const random = new Random(5);
  const cells = () => [random.normal(), random.normal(), random.normal()].join(',');
  const rows = Array.from({ length: 1100 }, (_, row) => (row === 30 || row === 900 ? '0,none,0' : cells()));
  const many = explained(rows, 'many.csv');
  expect(many).toHaveLength(1098);
  expect(readFileSync(join(folder, 'many.csv.rejected.csv'), 'utf8')).toMatch(/\n32,.*\n902,/);
  const few = [...explained(rows.slice(0, 550), 'few.csv'), ...explained(rows.slice(550), 'few.csv')];
  expect(many).toEqual(few);
});
