import fs, { chmod, mkdir, readdir, readFile, readlink, stat, symlink, writeFile } from 'node:fs/promises';
import { useTempFolder } from './temp-folder';
import { writeFileAtomic } from './write-file-atomic';

const temp = useTempFolder();
afterEach(() => jest.restoreAllMocks());

const failure = (code: string) => Object.assign(new Error(`${code}: made to fail`), { code });

describe('writeFileAtomic', () => {
  it('writes text and bytes without other files', async () => {
    await writeFileAtomic(temp('a.txt'), 'é\n');
    await writeFileAtomic(temp('b.bin'), Uint8Array.of(0, 255));
    expect(await readFile(temp('a.txt'), 'utf8')).toBe('é\n');
    expect([...(await readFile(temp('b.bin')))]).toEqual([0, 255]);
    expect(await readdir(temp())).toEqual(['a.txt', 'b.bin']);
  });

  it('replaces a file and creates folders', async () => {
    const file = temp('x', 'y', 'a.txt');
    await writeFileAtomic(file, 'old and long');
    await writeFileAtomic(file, 'new');
    expect(await readFile(file, 'utf8')).toBe('new');
  });

  it('keeps permissions and symbolic links', async () => {
    await writeFile(temp('a.txt'), 'old');
    await chmod(temp('a.txt'), 0o640);
    await symlink('a.txt', temp('link.txt'));
    await writeFileAtomic(temp('link.txt'), 'new');
    expect(await readlink(temp('link.txt'))).toBe('a.txt');
    expect(await readFile(temp('a.txt'), 'utf8')).toBe('new');
    expect((await stat(temp('a.txt'))).mode & 0o777).toBe(0o640);
  });

  it('writes to a device directly', async () => {
    await writeFileAtomic('/dev/null', 'gone');
    expect((await stat('/dev/null')).isFile()).toBe(false);
  });

  it('supports concurrent writers of one file', async () => {
    const texts = Array.from({ length: 20 }, (_, i) => String(i).repeat(10_000));
    await Promise.all(texts.map((text) => writeFileAtomic(temp('a.txt'), text)));
    expect(texts).toContain(await readFile(temp('a.txt'), 'utf8'));
    expect(await readdir(temp())).toEqual(['a.txt']);
  });

  it('keeps the old file and leaves no other when it cannot be replaced', async () => {
    await writeFile(temp('a.txt'), 'old');
    jest.spyOn(fs, 'rename').mockRejectedValue(failure('EACCES'));
    await expect(writeFileAtomic(temp('a.txt'), 'new')).rejects.toMatchObject({
      code: 'invalid-file',
      message: `${temp('a.txt')}: no permission to write it`,
      cause: expect.objectContaining({ code: 'EACCES' }),
    });
    expect(await readFile(temp('a.txt'), 'utf8')).toBe('old');
    expect(await readdir(temp())).toEqual(['a.txt']);
  });

  it.each(['writeFile', 'sync'] as const)(
    'keeps the old file and leaves no other when %s fails',
    async (step) => {
      await writeFile(temp('a.txt'), 'old');
      const { open } = fs;
      jest.spyOn(fs, 'open').mockImplementation(async (...args) => {
        const handle = await open(...args);
        jest.spyOn(handle, step).mockRejectedValue(failure('ENOSPC'));
        return handle;
      });
      await expect(writeFileAtomic(temp('a.txt'), 'new')).rejects.toMatchObject({
        code: 'invalid-file',
        message: `${temp('a.txt')}: no space left on the disk`,
      });
      expect(await readFile(temp('a.txt'), 'utf8')).toBe('old');
      expect(await readdir(temp())).toEqual(['a.txt']);
    },
  );

  it('rejects a folder, and a path through a file', async () => {
    await mkdir(temp('folder'));
    await expect(writeFileAtomic(temp('folder'), '')).rejects.toMatchObject({
      code: 'invalid-file',
      message: `${temp('folder')}: this is a folder, expected a file`,
    });
    await writeFile(temp('file'), '');
    for (const file of [temp('file', 'a.txt'), temp('file', 'b', 'a.txt')]) {
      await expect(writeFileAtomic(file, '')).rejects.toMatchObject({
        code: 'invalid-file',
        message: `${file}: a part of this path is a file, expected a folder`,
      });
    }
  });

  it("falls back to the system's message", async () => {
    jest.spyOn(fs, 'rename').mockRejectedValue(failure('EIO'));
    await expect(writeFileAtomic(temp('a.txt'), '')).rejects.toThrow(
      `${temp('a.txt')}: could not write it (Error: EIO: made to fail)`,
    );
  });
});
