import { createReadStream } from 'node:fs';
import { readFile, writeFile } from 'node:fs/promises';
import { Random } from '@churn/core';
import writeWorkbook from 'write-excel-file/node';
import { useTempFolder } from '../files/temp-folder';
import { readRows } from '../records/read-rows';
import { excel } from './excel';

const temp = useTempFolder();
const date = (value: Date) => ({ value, type: Date, format: 'yyyy-mm-dd hh:mm' });
const text = (value: string) => ({ value, type: String });
const CUSTOMERS = [
  ['id', 'plan', 'spent', 'joined', 'open'].map(text),
  [{ value: 1 }, text('basic, "x"'), { value: 12.5 }, date(new Date('2024-02-29')), { value: true }],
  [],
  [{ value: 2 }, text('007'), null, date(new Date('1999-12-31T13:45:01Z')), { value: false }],
  [{ value: 3 }, text('=1+1'), { value: 1e-7 }, null, null],
];

beforeEach(async () => {
  const sheets = [
    { data: CUSTOMERS, sheet: 'Customers' },
    { data: [[text('a')], [{ value: 1 }]], sheet: 'Zwei' },
    {
      data: [
        [text('a'), text('a')],
        [{ value: 1 }, { value: 1 }],
      ],
      sheet: 'Twice',
    },
    { data: [[text('a')]], sheet: 'Header' },
    { data: [[]], sheet: 'Empty' },
  ];
  await writeWorkbook(sheets as never).toFile(temp('a.xlsx'));
});

it('reads the first sheet, or the one that is named, with types and rows', async () => {
  expect(await excel.read(temp('a.xlsx'))).toEqual({
    source: temp('a.xlsx'),
    header: ['id', 'plan', 'spent', 'joined', 'open'],
    records: [
      [1, 'basic, "x"', 12.5, '2024-02-29', true],
      [2, '007', null, '1999-12-31T13:45:01', false],
      [3, '=1+1', 1e-7, null, null],
    ],
    lines: [2, 4, 5],
    isTyped: true,
    sha256: expect.stringMatching(/^[0-9a-f]{64}$/),
  });
  expect(await excel.read(temp('a.xlsx'), { sheet: 'Zwei' })).toMatchObject({ records: [[1]] });
});

it('scores rows to CSV, from a stream too', async () => {
  const source = readRows(await excel.open(createReadStream(temp('a.xlsx')), { escapeFormulas: true }), {
    schema: [{ name: 'spent', kind: 'numeric' }],
  });
  let output = '';
  for await (const batch of source.batches([{ name: 'p', kind: 'numeric' }])) {
    expect(batch.text(1)).toBe('2,007,,1999-12-31T13:45:01,false');
    output += batch.format(Int32Array.of(0, 2), [[0.5, 0.25]]);
  }
  expect(output + source.end()).toBe(
    'id,plan,spent,joined,open,p\n1,"basic, ""x""",12.5,2024-02-29,true,0.5\n3,\'=1+1,1e-7,,,0.25\n',
  );
});

it('rejects workbooks without a column of the model or with an output column', async () => {
  const first = async (name: string, added: string) =>
    (await excel.open(temp('a.xlsx')))
      .batches([{ name, kind: 'numeric' }], [{ name: added, kind: 'numeric' }])
      [Symbol.asyncIterator]()
      .next();
  await expect(first('spend', 'p')).rejects.toMatchObject({ code: 'column-name' });
  await expect(first('spent', 'open')).rejects.toThrow('already has a column "open"');
});

it.each([
  ['Drei', 'expected a sheet "Drei", got "Customers", "Zwei", "Twice", "Header", "Empty"'],
  ['Twice', 'sheet "Twice", line 1: column "a" appears twice in the header, as field 1 and field 2'],
  ['Header', 'sheet "Header": a header, but no rows'],
  ['Empty', 'sheet "Empty": empty, expected a header and rows'],
])('reports what is wrong with the sheet %s', async (sheet, message) => {
  const error = await excel.read(temp('a.xlsx'), { sheet }).catch((thrown) => thrown);
  expect(error).toMatchObject({ name: 'ChurnError', code: 'invalid-file' });
  expect(error.message.replace(temp('a.xlsx'), '')).toMatch(new RegExp(`^(, |: )${message}$`));
});

it('rejects other files, damaged workbooks and those that exceed the memory limit', async () => {
  const bytes = await readFile(temp('a.xlsx'));
  const refusal = async (content: Uint8Array) => {
    await writeFile(temp('b.xlsx'), content);
    const error = await excel.read(temp('b.xlsx')).catch((thrown) => thrown);
    expect(error).toMatchObject({ name: 'ChurnError', code: 'invalid-file' });
    return error.message.replace(temp('b.xlsx'), '');
  };
  expect(await refusal(Buffer.from('id,plan\n1,a\n'))).toBe(': expected an Excel workbook (.xlsx)');
  expect(await refusal(bytes.subarray(0, -30))).toBe(': expected an Excel workbook (.xlsx)');
  const directory = bytes.readUInt32LE(bytes.length - 22 + 16);
  expect(await refusal(Buffer.from(bytes).fill(0xff, 40, directory - 40))).toMatch(
    /^: cannot be read as Excel: [^\n]+$/,
  );
  // The directory says that the first part becomes four gigabytes.
  const bomb = Buffer.from(bytes);
  bomb.writeUInt32LE(0xffffffff, directory + 24);
  expect(await refusal(bomb)).toMatch(/^: \d+ bytes decompress to 4\d{9}; expected a workbook$/);
});

it('reads damaged workbooks or reports the damage', async () => {
  const seed = await readFile(temp('a.xlsx'));
  const random = new Random(1);
  // Each takes as long as a hundred of other formats.
  const tries = Math.max(100, Number(process.env.FUZZ ?? 0) / 50);
  let refused = 0;
  for (let i = 0; i < tries; i++) {
    const bytes = Buffer.from(seed);
    for (let k = 0; k <= i % 4; k++) bytes[random.int(bytes.length)] ^= 1 << (i % 8);
    await writeFile(temp('b.xlsx'), bytes);
    try {
      await excel.read(temp('b.xlsx'));
    } catch (error) {
      expect(error).toMatchObject({ name: 'ChurnError', code: 'invalid-file' });
      expect((error as Error).message).not.toContain('\n');
      refused++;
    }
  }
  process.stdout.write(`Excel: ${tries} damaged files tried, ${refused} refused\n`);
  expect(refused).toBeGreaterThan(0);
});
