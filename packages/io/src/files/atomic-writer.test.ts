import { spawnSync } from 'node:child_process';
import { chmod, mkdir, readdir, readFile, readlink, stat, symlink, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { atomicWriter } from './atomic-writer';
import { useTempFolder } from './temp-folder';

const temp = useTempFolder();

describe('atomicWriter', () => {
  it('replaces the file only at the end', async () => {
    await writeFile(temp('a.csv'), 'old');
    const writer = await atomicWriter(temp('a.csv'));
    await writer.write('new, ');
    await writer.write(Uint8Array.of(195, 169));
    expect(await readFile(temp('a.csv'), 'utf8')).toBe('old');
    await writer.commit();
    expect(await readFile(temp('a.csv'), 'utf8')).toBe('new, é');
    expect(await readdir(temp())).toEqual(['a.csv']);
  });

  it('keeps the old file if discarded', async () => {
    await writeFile(temp('a.csv'), 'old');
    const writer = await atomicWriter(temp('a.csv'));
    await writer.write('new');
    await writer.discard();
    expect(await readFile(temp('a.csv'), 'utf8')).toBe('old');
    expect(await readdir(temp())).toEqual(['a.csv']);
  });

  it('creates folders, and names a file that cannot be written', async () => {
    const writer = await atomicWriter(temp('x', 'y', 'a.csv'));
    await writer.commit();
    expect(await readFile(temp('x', 'y', 'a.csv'), 'utf8')).toBe('');
    await expect(atomicWriter(temp('x', 'y', 'a.csv', 'b'))).rejects.toThrow(/a\.csv\/b: /);
    await mkdir(temp('folder'));
    const onFolder = await atomicWriter(temp('folder'));
    await expect(onFolder.commit()).rejects.toThrow(/folder: /);
    await onFolder.discard();
    expect((await readdir(temp())).sort()).toEqual(['folder', 'x']);
  });
});

it('atomicWriter keeps permissions and symbolic links, and writes to a device directly', async () => {
  await writeFile(temp('a.csv'), 'old');
  await chmod(temp('a.csv'), 0o640);
  await symlink('a.csv', temp('link.csv'));
  const writer = await atomicWriter(temp('link.csv'));
  await writer.write('new');
  await writer.commit();
  expect(await readlink(temp('link.csv'))).toBe('a.csv');
  expect(await readFile(temp('a.csv'), 'utf8')).toBe('new');
  expect((await stat(temp('a.csv'))).mode & 0o777).toBe(0o640);
  const device = await atomicWriter('/dev/null');
  await device.write('gone');
  await device.commit();
  expect((await stat('/dev/null')).isFile()).toBe(false);
});

describe('the temporary file of atomicWriter', () => {
  const script = (end: string) => `
    const { atomicWriter } = require(${JSON.stringify(join(__dirname, '../../dist/index.cjs'))});
    atomicWriter(process.argv[1]).then(async (writer) => { await writer.write('half'); ${end} });`;
  const runs = (end: string) => spawnSync(process.execPath, ['-e', script(end), temp('a.csv')]);

  it('is deleted when the process exits, for any reason', async () => {
    await writeFile(temp('a.csv'), 'old');
    for (const end of ['process.exit(3)', 'throw new Error()']) {
      const { status, stdout } = runs(`console.log('half written'); ${end}`);
      expect(status).not.toBe(0);
      expect(stdout.toString()).toBe('half written\n');
      expect(await readdir(temp())).toEqual(['a.csv']);
    }
  });

  it('of a killed process is deleted at the next write of the file, and no other file', async () => {
    runs("process.kill(process.pid, 'SIGKILL')");
    const [left] = await readdir(temp());
    expect(left).toMatch(/^\.a\.csv\..*\.tmp$/);
    const running = left.replace(/-\d+-/, `-${process.ppid}-`);
    const elsewhere = left.replace(/-\d+-/, '_elsewhere$&');
    const ofOther = left.replace('.a.csv.', '.b.csv.');
    for (const name of [running, elsewhere, ofOther]) await writeFile(temp(name), '');
    const writer = await atomicWriter(temp('a.csv'));
    await writer.commit();
    expect((await readdir(temp())).sort()).toEqual([running, elsewhere, ofOther, 'a.csv'].sort());
  });

  it('has a name that is valid on any file system', async () => {
    for (const name of ['x'.repeat(255), '名'.repeat(85)]) {
      const writer = await atomicWriter(temp(name));
      await writer.commit();
      expect(await readdir(temp())).toContain(name);
    }
  });
});

it('atomicWriter only has to rename after seal', async () => {
  const writer = await atomicWriter(temp('a.csv'));
  await writer.write('new');
  await writer.seal();
  await writer.seal();
  expect(await readdir(temp())).not.toContain('a.csv');
  await writer.commit();
  expect(await readFile(temp('a.csv'), 'utf8')).toBe('new');
});
