import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { getHeapStatistics } from 'node:v8';
import type { Config } from '../config/config';
import { isStreamed } from './is-streamed';

jest.mock('node:v8', () => ({ ...jest.requireActual('node:v8'), getHeapStatistics: jest.fn() }));

let folder: string;

beforeAll(() => {
  folder = mkdtempSync(join(tmpdir(), 'churn-streamed-'));
  for (const name of ['data.csv', 'data.csv.gz', 'data.xlsx']) {
    writeFileSync(join(folder, name), 'x'.repeat(1000));
  }
});

afterAll(() => rmSync(folder, { recursive: true }));

function isStreamedWith(memory: number, data: object, streaming: 'auto' | boolean = 'auto') {
  jest.mocked(getHeapStatistics).mockReturnValue({ heap_size_limit: memory } as never);
  return isStreamed({ data, training: { streaming, sampleRows: 100 } } as Config);
}

it.each([
  ['fit easily into memory', 1_000_000, 'data.csv', false],
  ['would fill more than half of the memory', 20_000, 'data.csv', true],
  ['fit, but not decompressed', 100_000, 'data.csv.gz', true],
  ['are in a workbook, which is read as a whole', 20_000, 'data.xlsx', false],
  ['do not exist', 20_000, 'none.csv', false],
])('rows that %s', async (_, memory, file, expected) => {
  expect(await isStreamedWith(memory, { file: join(folder, file) })).toBe(expected);
});

it('those of a query are in memory', async () => {
  expect(await isStreamedWith(100, { query: 'select 1' })).toBe(false);
});

it('the configuration may choose', async () => {
  const data = { file: join(folder, 'data.csv') };
  expect(await isStreamedWith(1_000_000, data, true)).toBe(true);
  expect(await isStreamedWith(20_000, data, false)).toBe(false);
});
