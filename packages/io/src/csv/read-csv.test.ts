import { mkdir, writeFile } from 'node:fs/promises';
import { geteuid, seteuid } from 'node:process';
import { useTempFolder } from '../files/temp-folder';
import { csv } from './csv';
import { readCsv } from './read-csv';

// Built, since a thread cannot import TypeScript.
const built = require('../../dist/index.cjs') as { readCsv: typeof readCsv };

const temp = useTempFolder();

describe('readCsv', () => {
  it('reads a file into a table', async () => {
    await writeFile(temp('a.csv'), '\uFEFFn;c\r\n1;x\r\n-;y\r\n');
    const table = await readCsv(temp('a.csv'), { delimiter: ';', missingValues: ['-'] });
    expect(table.toRows()).toEqual([
      { n: 1, c: 'x' },
      { n: null, c: 'y' },
    ]);
  });

  it('names the file, or the given source, in messages', async () => {
    const file = temp('a.csv');
    await writeFile(file, 'n\nx\n');
    const schema = [{ name: 'n', kind: 'numeric' }] as const;
    await expect(readCsv(file, { schema })).rejects.toThrow(`${file}, column "n": expected a number`);
    await expect(readCsv(file, { schema, source: 'the upload' })).rejects.toThrow(/^the upload, column "n"/);
    expect((await csv.read(file)).source).toBe(file);
  });
});

it('reads the same table on any number of threads', async () => {
  const rows = Array.from({ length: 5000 }, (_, i) => `${i},${i / 8},"plan ${i % 7}, ""new""\n","${i}"\n`);
  // Large enough for three threads; a text that none of the first rows has, and one that all have.
  const text = `id,share,plan,code\n${rows.join('').repeat(150)}7,x,last,y\n`;
  await writeFile(temp('a.csv'), text);
  const [one, ...others] = await Promise.all(
    [1, 2, 3].map((threads) => built.readCsv(temp('a.csv'), { threads, invalidValues: 'missing' })),
  );
  expect(one.nRows).toBe(750_001);
  for (const table of others) {
    for (const [name, column] of one.entries()) {
      const other = table.column(name);
      const [a, b] = [column, other].map((each) => (each.kind === 'numeric' ? each.values : each.codes));
      expect(Buffer.compare(bytesOf(a), bytesOf(b))).toBe(0);
      expect(column.kind === 'category' && column.levels).toEqual(other.kind === 'category' && other.levels);
    }
  }
});

function bytesOf({ buffer, byteOffset, byteLength }: Float64Array | Int32Array): Uint8Array {
  return new Uint8Array(buffer, byteOffset, byteLength);
}

describe('csv.read', () => {
  it('reports a missing file', async () => {
    const file = temp('none.csv');
    await expect(csv.read(file)).rejects.toMatchObject({
      code: 'invalid-file',
      message: `${file}: there is no such file`,
    });
  });

  it('reports a folder', async () => {
    await mkdir(temp('folder'));
    await expect(csv.read(temp('folder'))).rejects.toMatchObject({
      code: 'invalid-file',
      message: `${temp('folder')}: this is a folder, expected a file`,
    });
  });

  it('reports missing permission', async () => {
    const file = temp('secret.csv');
    await writeFile(file, 'a\n1\n', { mode: 0o000 });
    await expect(withoutRoot(() => csv.read(file))).rejects.toMatchObject({
      code: 'invalid-file',
      message: `${file}: no permission to read it`,
    });
  });
});

/** Root may read everything: for the time of `work`, be nobody. */
async function withoutRoot<T>(work: () => Promise<T>): Promise<T> {
  if (geteuid?.() !== 0) return work();
  seteuid?.(65534);
  try {
    return await work();
  } finally {
    seteuid?.(0);
  }
}
