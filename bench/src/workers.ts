/**
 * Compares two worker processes with two threads, and simulates more workers by measured times of tasks. Arguments: the number of runs, and
 * a folder of `churn search` whose tasks are simulated, too. Prints Markdown.
 */
import { type ChildProcess, spawn } from 'node:child_process';
import { mkdtempSync, rmSync } from 'node:fs';
import { createServer } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { median, ours } from './measure.js';
import { piecesOfFolder } from './pieces-of-folder.js';
import { efficiency, type SimulatedPiece } from './simulated-search.js';
import { markdown, medianTable, type Pair } from './tables.js';

interface Searched {
  readonly seconds: number;
  /** The total seconds of tasks. */
  readonly worked: number;
  readonly best: number;
  readonly pieces: readonly SimulatedPiece[];
}

const WORKERS = [1, 4, 16, 64, 256];
const [nRuns = '3', folder] = process.argv.slice(2);

const runs: Pair[] = [];
let pieces: readonly SimulatedPiece[] = [];
const overheads: number[] = [];
for (let i = 0; i < Number(nRuns); i++) {
  const { search: byWorkers, small } = await searchedByWorkers();
  const byThreads = ours<Searched>('./workers-search.js');
  if (byWorkers.best !== byThreads.best) throw new Error('the searches differ');
  const figure = 'search, seconds';
  runs.push({ ours: { [figure]: byWorkers.seconds }, peer: { [figure]: byThreads.seconds } });
  pieces = byThreads.pieces;
  overheads.push((1000 * (2 * small.seconds - small.worked)) / small.pieces.length);
}
const overheadMs = Math.max(0, median(overheads));
const grid: readonly (readonly SimulatedPiece[])[] = [pieces];
const searches: [string, readonly (readonly SimulatedPiece[])[]][] = [
  [`grid of ${pieces.length} tasks`, grid],
  [
    'the same with ten times the candidates',
    [Array.from({ length: 10 }, (_, k) => renamed(pieces, k)).flat()],
  ],
];
if (folder !== undefined) {
  const pruned = piecesOfFolder(folder, true);
  searches.push([`churn train, preset good: ${pruned.flat().length} tasks`, pruned]);
  searches.push(['the same without pruning in blocks', [pruned.flat()]]);
}
const lines = searches.map(([name, lists]) => [
  name,
  seconds(lists.flat().reduce((sum, { ms }) => sum + ms, 0)),
  seconds(Math.max(...lists.flat().map(({ ms }) => ms))),
  ...WORKERS.map((workers) => `${(100 * efficiency(lists, { workers, overheadMs })).toFixed(0)} %`),
]);
process.stdout.write(
  `${medianTable(['two workers', 'two threads'], runs)}\n\nSimulated, with an overhead of ${overheadMs.toFixed(0)} ms per task: ` +
    `the efficiency of single-threaded workers, by their number:\n\n` +
    `${markdown(['search', 'work', 'longest task', ...WORKERS.map(String)], lines)}\n`,
);

/** Searches with two workers and a separate Redis. */
async function searchedByWorkers(): Promise<Record<'search' | 'small', Searched>> {
  const data = mkdtempSync(join(tmpdir(), 'bench-redis-'));
  const port = await freePort();
  const url = `redis://127.0.0.1:${port}`;
  const settings = { port, bind: '127.0.0.1', dir: data, save: '' };
  const args = Object.entries(settings).flatMap(([name, value]) => [`--${name}`, String(value)]);
  const redis = spawn('redis-server', args, { stdio: 'ignore' });
  const script = fileURLToPath(new URL('./worker-process.js', import.meta.url));
  const workers = [1, 2].map(() =>
    spawn(process.execPath, [script, url], { stdio: ['ignore', 'pipe', 'inherit'] }),
  );
  try {
    await Promise.all(workers.map((worker) => new Promise((resolve) => worker.stdout.once('data', resolve))));
    const small = ours<Searched>('./workers-search.js', url, 'small');
    return { small, search: ours<Searched>('./workers-search.js', url) };
  } finally {
    await Promise.all([redis, ...workers].map(end));
    rmSync(data, { recursive: true });
  }
}

async function end(child: ChildProcess): Promise<void> {
  const ended = new Promise((resolve) => child.once('exit', resolve));
  child.kill('SIGKILL');
  await ended;
}

function renamed(all: readonly SimulatedPiece[], k: number): SimulatedPiece[] {
  return all.map(({ group, ms }) => ({ group: `${k}:${group}`, ms }));
}

function seconds(ms: number): string {
  return `${(ms / 1000).toFixed(1)} s`;
}

async function freePort(): Promise<number> {
  const server = createServer();
  await new Promise<void>((listening) => server.listen(0, '127.0.0.1', listening));
  const { port } = server.address() as { port: number };
  await new Promise((closed) => server.close(closed));
  return port;
}
