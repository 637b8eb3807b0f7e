import { mkdir, writeFile } from 'node:fs/promises';
import { geteuid, seteuid } from 'node:process';
import { useTempFolder } from '../files/temp-folder';
import { csv } from './csv';
import { readCsv } from './read-csv';

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

  it('names the file in messages, or what the caller calls it', async () => {
    const file = temp('a.csv');
    await writeFile(file, 'n\nx\n');
    const schema = [{ name: 'n', kind: 'numeric' }] as const;
    await expect(readCsv(file, { schema })).rejects.toThrow(`${file}, column "n": expected a number`);
    await expect(readCsv(file, { schema, source: 'the upload' })).rejects.toThrow(/^the upload, column "n"/);
    expect((await csv.read(file)).source).toBe(file);
  });
});

describe('csv.read', () => {
  it('says that there is no such file', async () => {
    const file = temp('none.csv');
    await expect(csv.read(file)).rejects.toMatchObject({
      code: 'invalid-file',
      message: `${file}: there is no such file`,
    });
  });

  it('says that it is a folder', async () => {
    await mkdir(temp('folder'));
    await expect(csv.read(temp('folder'))).rejects.toMatchObject({
      code: 'invalid-file',
      message: `${temp('folder')}: this is a folder, expected a file`,
    });
  });

  it('says that there is no permission', async () => {
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
