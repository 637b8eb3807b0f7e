import { spawnSync } from 'node:child_process';
import { mkdtempSync, readdirSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { FORMAT_NAMES } from './format-names';
import { fileFormat, KNOWN_ENDINGS } from './input';
import { BIN } from './testing/bin';

/** The name of the package, or of its folder in this repository, that a script is from. */
const PACKAGE = /.*\/(?:node_modules|packages)\/((?:@[^/]+\/)?[^/]+)\//;

/** The packages that a command loads, besides the application itself. */
function loadedPackages(...args: readonly string[]): string[] {
  const coverage = mkdtempSync(join(tmpdir(), 'churn-loaded-'));
  // Node lists each script that it has run among the coverage of V8.
  const env = { ...process.env, NODE_V8_COVERAGE: coverage };
  const { status, stderr } = spawnSync(process.execPath, [BIN, ...args], { encoding: 'utf8', env });
  expect({ status, stderr }).toEqual({ status: 0, stderr: '' });
  const urls = readdirSync(coverage).flatMap((name): string[] => {
    const { result } = JSON.parse(readFileSync(join(coverage, name), 'utf8'));
    return result.map(({ url }: { readonly url: string }) => url);
  });
  rmSync(coverage, { recursive: true });
  const packages = urls.map((url) => PACKAGE.exec(url)?.[1]);
  return [...new Set(packages.filter((name) => name !== undefined))].sort();
}

it.each([
  { args: ['--version'] },
  { args: ['--help'] },
  { args: ['train', '--help'] },
  { args: ['complete', 'bash'], more: ['@bomb.sh/tab'] },
  { args: ['complete', '--', 'train', '--pre'], more: ['@bomb.sh/tab'] },
])('loads no model, format or validation for $args', ({ args, more = [] }) => {
  expect(loadedPackages(...args)).toEqual([...more, 'commander', 'core']);
});

it('offers each supported format, and no others', () => {
  expect(FORMAT_NAMES.map((name) => fileFormat('rows', name).name)).toEqual(FORMAT_NAMES);
  const known = KNOWN_ENDINGS.split(', ').map((ending) => fileFormat(`rows${ending}`).name);
  expect(new Set(known)).toEqual(new Set(FORMAT_NAMES));
});
