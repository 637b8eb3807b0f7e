import { createHash } from 'node:crypto';
import { writeFileSync } from 'node:fs';
import { useTempFolder } from '../files/temp-folder';
import { toTable } from '../records/to-table';
import { jsonLines } from './json-lines';

const inFolder = useTempFolder();

function file(text: string): string {
  const path = inFolder('rows.jsonl');
  writeFileSync(path, text);
  return path;
}

describe('jsonLines.read', () => {
  it('returns the columns of all rows, missing values for omitted fields, and the hash of the file', async () => {
    const text = '{"a":1,"b":"x"}\n\n{"c":true,"a":null}\r\n{"b":"y"}\n';
    expect(await jsonLines.read(file(text))).toEqual({
      source: inFolder('rows.jsonl'),
      header: ['a', 'b', 'c'],
      records: [
        [1, 'x', null],
        [null, null, true],
        [null, 'y', null],
      ],
      lines: [1, 3, 4],
      isTyped: true,
      sha256: createHash('sha256').update(text).digest('hex'),
    });
  });

  it('treats a column of numbers and texts as categories, with numbers as written', async () => {
    const read = await jsonLines.read(file('{"code":1.10,"n":1.10}\n{"code":"A","n":2}\n'));
    expect(toTable(read).toRows()).toEqual([
      { code: '1.10', n: 1.1 },
      { code: 'A', n: 2 },
    ]);
  });

  it('uses known kinds', async () => {
    const schema = [{ name: 'zip', kind: 'category' }] as const;
    const read = await jsonLines.read(file('{"zip":9007199254740993}\n{"zip":1e2}\n'), { schema });
    expect(read.records).toEqual([['9007199254740993'], ['1e2']]);
  });

  it('supports keys of object properties', async () => {
    const read = await jsonLines.read(file('{"__proto__":1,"constructor":"a"}\n{"toString":2}\n'));
    expect(read.header).toEqual(['__proto__', 'constructor', 'toString']);
    expect(read.records).toEqual([
      [1, 'a', null],
      [null, null, 2],
    ]);
  });

  it.each([
    ['', ': empty, expected one JSON object per line'],
    ['\n \n', ': empty, expected one JSON object per line'],
    ['{"a":1}\n[1]\n', ', line 2: expected a JSON object'],
    ['{"a":1}\n\n{"a":', ', line 3: not JSON: '],
    ['{"a":1,"a":2}', ', line 1: column "a": expected one value, got 1 and 2'],
    ['{"a":"x"}\n{"a":"y","a":"z"}', ', line 2: column "a": expected one value, got "y" and "z"'],
  ])('rejects %j, naming the line', async (text, message) => {
    await expect(jsonLines.read(file(text))).rejects.toThrow(
      expect.objectContaining({
        code: 'invalid-file',
        message: expect.stringContaining(`rows.jsonl${message}`),
      }),
    );
  });

  it('rejects a missing file', async () => {
    await expect(jsonLines.read(inFolder('none.jsonl'))).rejects.toThrow('there is no such file');
    await expect(jsonLines.open(inFolder('none.jsonl'))).rejects.toThrow('there is no such file');
  });
});
