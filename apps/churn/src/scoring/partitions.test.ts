import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { findPartitions, isPartitioned } from './partitions';

let folder: string;
const at = (...parts: string[]) => join(folder, ...parts);

beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'churn-partitions-'));
  for (const name of [
    ...['in/country=de/part-1.parquet', 'in/country=de/part-0.parquet', 'in/country=fr/part-0.parquet'],
    ...['in/_SUCCESS', 'in/_temporary/0.parquet', 'in/.hidden.parquet', 'in/notes.txt', 'in/late.csv.gz'],
    ...['in/(odd) [name]/x.csv', 'in/book.xlsx'],
  ]) {
    mkdirSync(dirname(at(name)), { recursive: true });
    writeFileSync(at(name), '');
  }
});

afterEach(() => rmSync(folder, { recursive: true }));

it('accepts all data files of a folder, ordered by path', async () => {
  const found = await findPartitions(at('in'), { output: at('out') });
  expect(found.map(({ name }) => name)).toEqual([
    '(odd) [name]/x.csv',
    'book.xlsx',
    'country=de/part-0.parquet',
    'country=de/part-1.parquet',
    'country=fr/part-0.parquet',
    'late.csv.gz',
  ]);
  expect(found[3]).toEqual({
    name: 'country=de/part-1.parquet',
    input: at('in/country=de/part-1.parquet'),
    output: at('out/country=de/part-1.parquet'),
    rejected: at('out/_rejected/country=de/part-1.parquet.csv'),
    note: at('out/_scored/country=de/part-1.parquet.json'),
  });
  // What is scored is not compressed, and no workbook.
  expect([found[5].output, found[1].output]).toEqual([at('out/late.csv'), at('out/book.csv')]);
});

it.each([
  [
    'in/**/*.parquet',
    ['country=de/part-0.parquet', 'country=de/part-1.parquet', 'country=fr/part-0.parquet'],
  ],
  ['in/country=*/part-0.parquet', ['country=de/part-0.parquet', 'country=fr/part-0.parquet']],
  ['in/country={fr,it}/*', ['country=fr/part-0.parquet']],
  ['in/country=de/part-?.parquet', ['part-0.parquet', 'part-1.parquet']],
  ['in/_temporary/*.parquet', ['0.parquet']],
])('accepts the files of %s, by their paths below the folder', async (pattern, expected) => {
  const found = await findPartitions(at(pattern), { output: at('out') });
  expect(found.map(({ name }) => name)).toEqual(expected);
});

it('accepts files of any name if the format is given', async () => {
  const found = await findPartitions(at('in/*.txt'), { output: at('out'), format: 'csv' });
  expect(found.map(({ output }) => output)).toEqual([at('out/notes.txt')]);
  await expect(findPartitions(at('in/*.txt'), { output: at('out') })).rejects.toThrow(
    /in\/\*\.txt: expected one or more files with an extension of \.csv, .*, got none$/,
  );
});

it('excludes its own output', async () => {
  const names = async () => {
    const found = await findPartitions(at('in'), { output: at('in/scored [1]') });
    return found.map(({ name }) => name);
  };
  const before = await names();
  mkdirSync(at('in/scored [1]'));
  writeFileSync(at('in/scored [1]/late.csv'), '');
  expect(await names()).toEqual(before);
});

it('refuses to score two files to one, or a file to itself', async () => {
  writeFileSync(at('in/late.csv'), '');
  await expect(findPartitions(at('in'), { output: at('out') })).rejects.toThrow(
    /late\.csv and late\.csv\.gz would both be scored to late\.csv$/,
  );
  await expect(findPartitions(at('in'), { output: at('in/country=de/..') })).rejects.toThrow(
    /expected a different folder than --input/,
  );
});

it.each([
  ['in', true],
  ['in/*.csv', true],
  ['in/country=de/part-0.parquet', false],
  ['in/(odd) [name]/x.csv', false],
  ['nowhere.csv', false],
])('accepts %s as several files: %s', async (input, expected) => {
  expect(await isPartitioned(at(input))).toBe(expected);
});
