import { execFileSync } from 'node:child_process';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { gitState, gitText } from './git-state';

let folder: string;

beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'churn-git-'));
});

afterEach(() => rmSync(folder, { recursive: true }));

function git(...args: string[]): string {
  const who = ['-c', 'user.name=me', '-c', 'user.email=me@example.org', '-c', 'commit.gpgsign=false'];
  return execFileSync('git', [...who, ...args], { cwd: folder, encoding: 'utf8' }).trim();
}

it('is the commit, and whether tracked files differ from it', async () => {
  git('init', '-q');
  writeFileSync(join(folder, 'a.txt'), 'a');
  expect(await gitState(folder)).toBeNull();
  git('add', '.');
  git('commit', '-q', '-m', 'first');
  const commit = git('rev-parse', 'HEAD');
  writeFileSync(join(folder, 'results.txt'), 'nobody tracks this');
  expect(await gitState(folder)).toEqual({ commit, dirty: false });
  writeFileSync(join(folder, 'a.txt'), 'b');
  const changed = await gitState(folder);
  expect(changed).toEqual({ commit, dirty: true });
  expect(gitText(changed)).toBe(`${commit.slice(0, 12)}, with changes`);
});

it('is undefined outside a repository', async () => {
  expect(await gitState(folder)).toBeNull();
  expect(gitText(null)).toBe('no repository');
});
