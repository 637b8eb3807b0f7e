import { execFileSync, spawnSync } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { cpus } from 'node:os';
import { fileURLToPath } from 'node:url';
import { dataFile } from './data.js';

/** The figures of a benchmark: seconds, errors, megabytes; smaller is better for all. */
export type Figures = Record<string, number>;

const PYTHON = process.env.PYTHON ?? 'python3';
const here = (path: string) => fileURLToPath(new URL(path, import.meta.url));

/** Runs a script of this folder in a separate process. @returns its output. */
export function output(script: string, ...args: string[]): string {
  return execFileSync(process.execPath, [here(script), ...args], { encoding: 'utf8', cwd: here('..') });
}

/** Runs a script of this folder, and parses its JSON output. */
export function ours<T = Figures>(script: string, ...args: string[]): T {
  return JSON.parse(output(script, ...args));
}

/** Runs a script of `peers/` on the same file, and parses its JSON output. */
export function python<T = Figures>(script: string): T {
  return JSON.parse(peerOutput(script, dataFile));
}

/** Runs a script of `peers/`. @returns its output. */
export function peerOutput(script: string, ...args: string[]): string {
  return pythonOutput(here(`../peers/${script}`), ...args);
}

/** Runs a script of `peers/` in R. @returns its output. */
export function rOutput(script: string, ...args: string[]): string {
  return execFileSync('Rscript', [here(`../peers/${script}`), ...args], { encoding: 'utf8' });
}

export function median(values: readonly number[]): number {
  const sorted = [...values].sort((a, b) => a - b);
  return (sorted[(sorted.length - 1) >> 1] + sorted[sorted.length >> 1]) / 2;
}

/** The versions and the processor, in a sentence. */
export function circumstances(): string {
  const requirements = readFileSync(new URL('../peers/requirements.txt', import.meta.url), 'utf8');
  const packages = requirements.split('\n').filter((line) => line !== '' && !line.startsWith('#'));
  const versions = pythonOutput(
    '-c',
    `from importlib.metadata import distributions as d; v = {p.name: p.version for p in d()}; print(', '.join(f'{p} {v[p]}' for p in ${JSON.stringify(packages)} if p in v))`,
  );
  const [{ model }] = cpus();
  const all = [`Node ${process.versions.node}`, ...(versions.trim() ? [versions.trim()] : [])];
  return `${all.join(', ')}; ${cpus().length} cores of ${model.trim()}.`;
}

function pythonOutput(...args: string[]): string {
  const { status, stdout, stderr, error } = spawnSync(PYTHON, ['-W', 'ignore', ...args], {
    encoding: 'utf8',
    cwd: here('..'),
    maxBuffer: Infinity,
  });
  if (status === 0) return stdout;
  const missing = /No module named '([^']+)'/.exec(stderr ?? '')?.[1];
  const reason = missing === undefined ? `failed: ${error?.message ?? stderr}` : `has no module "${missing}"`;
  process.stderr.write(
    `PYTHON: ${PYTHON} ${reason}; expected an interpreter with the packages of bench/peers/requirements.txt\n`,
  );
  process.exit(1);
}
