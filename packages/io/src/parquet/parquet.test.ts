import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { parquet } from './parquet';

it('rejects an empty file, read at once or in batches', async () => {
  const folder = mkdtempSync(join(tmpdir(), 'churn-parquet-'));
  try {
    const file = join(folder, 'a.parquet');
    writeFileSync(file, '');
    const refused = { code: 'invalid-file', message: `${file}: empty, expected Parquet` };
    await expect(parquet.read(file)).rejects.toMatchObject(refused);
    const { batches } = await parquet.open(file, {});
    await expect(batches([], [])[Symbol.asyncIterator]().next()).rejects.toMatchObject(refused);
  } finally {
    rmSync(folder, { recursive: true });
  }
});
