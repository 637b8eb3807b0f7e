import { writeFile } from 'node:fs/promises';
import { useTempFolder } from '../files/temp-folder';
import type { OpenOptions } from '../records/record-format';
import { csv } from './csv';

const temp = useTempFolder();
const ADDED = [{ name: 'p', kind: 'numeric' }] as const;

/** A file with a column added. */
async function withColumn(file: string, options: OpenOptions = {}) {
  const source = await csv.open(file, options);
  let output = '';
  const rejected: unknown[] = [];
  for await (const batch of source.batches([], ADDED)) {
    const rows = batch.records.map((_, i) => i);
    output += batch.write(rows, [rows]);
    rejected.push(...batch.rejected);
  }
  return { output: output + source.end(), rejected };
}

it('keeps the sep= line of Excel, so that the result is read the same way', async () => {
  await writeFile(temp('a.csv'), 'sep=;\r\na;b\r\n1,5;2\r\n');
  const { output } = await withColumn(temp('a.csv'));
  expect(output).toBe('sep=;\na;b;p\n1,5;2;0\n');
  await writeFile(temp('b.csv'), output);
  expect((await csv.read(temp('b.csv'))).records).toEqual([['1,5', '2', '0']]);
});

it.each([
  ['utf-16le', Buffer.from('\uFEFFname,x\nZoë,1\n', 'utf16le'), undefined],
  ['windows-1252', Buffer.from('name,x\nZoë,1\n', 'latin1'), 'windows-1252'],
])(
  'writes %s as UTF-8 with a byte order mark, readable with or without the option',
  async (_, bytes, encoding) => {
    await writeFile(temp('a.csv'), bytes);
    const { output } = await withColumn(temp('a.csv'), { encoding });
    expect(output).toBe('\uFEFFname,x,p\nZoë,1,0\n');
    await writeFile(temp('b.csv'), output);
    for (const each of [undefined, encoding]) {
      expect((await csv.read(temp('b.csv'), { encoding: each })).records).toEqual([['Zoë', '1', '0']]);
    }
  },
);

it('rejects single rows that are not UTF-8, and suggests a fix', async () => {
  await writeFile(temp('a.csv'), Buffer.from('name,x\nAnn,1\nZoë,2\n', 'latin1'));
  const { output, rejected } = await withColumn(temp('a.csv'));
  expect(output).toBe('name,x,p\nAnn,1,0\n');
  expect(rejected).toEqual([
    {
      line: 3,
      reason: expect.stringMatching(/^not UTF-8 text \(perhaps windows-1252\); /),
      row: 'Zo\\xEB,2',
    },
  ]);
});

it.each([';', '\t', '|', ','])('detects the delimiter %j, at once and in batches', async (delimiter) => {
  await writeFile(temp('a.csv'), `${['name', '"x, y; z"'].join(delimiter)}\n${['Ann', '1'].join(delimiter)}`);
  expect((await csv.read(temp('a.csv'))).header).toEqual(['name', 'x, y; z']);
  const source = await csv.open(temp('a.csv'));
  for await (const { header, records } of source.batches([{ name: 'name', kind: 'category' }], [])) {
    expect([header, records]).toEqual([['name', 'x, y; z'], [['Ann', '1']]]);
  }
});
