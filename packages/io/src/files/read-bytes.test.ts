import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { writeFile } from 'node:fs/promises';
import { ChurnError } from '@churn/core';
import { readBytes } from './read-bytes';
import { useTempFolder } from './temp-folder';

const temp = useTempFolder();

describe('readBytes', () => {
  it('reads files up to the maximum length', async () => {
    for (const length of [0, 1, 2 ** 20, 3 * 2 ** 20 + 5]) {
      const bytes = Buffer.alloc(length, 'abc');
      await writeFile(temp('a'), bytes);
      expect(bytes.equals(await readBytes(temp('a'), length))).toBe(true);
    }
  });

  it('reads a pipe to its end', async () => {
    const script =
      'process.stdout.write("x".repeat(200000)); setTimeout(() => process.stdout.write("end"), 100)';
    const fifo = temp('pipe');
    await once(spawn('sh', ['-c', `mkfifo "${fifo}"`]), 'exit');
    spawn('sh', ['-c', `"${process.execPath}" -e '${script}' > "${fifo}"`]);
    expect(Buffer.from(await readBytes(fifo)).toString()).toBe(`${'x'.repeat(200000)}end`);
  });

  it('rejects longer files and endless streams', async () => {
    await writeFile(temp('a'), 'abc');
    for (const file of [temp('a'), '/dev/zero']) {
      const error = await readBytes(file, 2).catch((thrown) => thrown);
      expect(ChurnError.is(error)).toBe(true);
      expect(error.message).toBe(`${file}: expected at most 2 bytes`);
    }
    await expect(readBytes('/dev/zero', 2 ** 22)).rejects.toThrow('expected at most');
  });

  it('reports why a file cannot be read', async () => {
    await expect(readBytes(temp('none'))).rejects.toThrow(/none: there is no such file$/);
    await expect(readBytes('none.csv')).rejects.toThrow(
      `none.csv: there is no such file in ${process.cwd()}`,
    );
    await expect(readBytes(temp())).rejects.toThrow(/: this is a folder, expected a file$/);
  });
});
