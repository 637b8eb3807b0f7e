/**
 * Scores 100 rows and a million with `churn predict` and a forest of 500 trees: whole processes, from a cold start to the written file.
 * Prints the figures as JSON.
 */
import { spawnSync } from 'node:child_process';
import { appendFileSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { dataFile } from './data.js';
import { CHURN, trainedForest } from './trained-forest.js';

const TIMES = 100;
const folder = mkdtempSync(join(tmpdir(), 'churn-bench-'));
const path = (name: string) => join(folder, name);
/** Writes the peak memory of a process when it ends. */
const PEAK = `import { writeFileSync } from 'node:fs';
process.on('exit', () => writeFileSync(${JSON.stringify(path('peak'))}, String(process.resourceUsage().maxRSS)));`;

/** The seconds that a process takes to score a file. */
function score(model: string, file: string): number {
  const started = performance.now();
  const peak = `--import=data:text/javascript,${encodeURIComponent(PEAK)}`;
  const args = ['predict', '--input', path(file), '--model', model, '--output', path('scored.csv')];
  const { status, stderr } = spawnSync(process.execPath, [peak, CHURN, ...args], { encoding: 'utf8' });
  if (status !== 0) throw new Error(stderr);
  return (performance.now() - started) / 1000;
}

try {
  const model = trainedForest(folder, dataFile);
  const [head, ...lines] = readFileSync(dataFile, 'utf8').trimEnd().split(/\r?\n/);
  writeFileSync(path('few.csv'), `${[head, ...lines.slice(0, 100)].join('\n')}\n`);
  writeFileSync(path('many.csv'), `${head}\n`);
  for (let i = 0; i < TIMES; i++) appendFileSync(path('many.csv'), `${lines.join('\n')}\n`);
  score(model, 'few.csv');
  const few = Math.min(...[1, 2, 3].map(() => score(model, 'few.csv')));
  const many = score(model, 'many.csv');
  const peak = Number(readFileSync(path('peak'), 'utf8')) / 1024;
  const figures = {
    '100 rows, cold start, seconds': few,
    [`${(TIMES * lines.length).toLocaleString('en')} rows, seconds`]: many,
    'peak memory, megabytes': peak,
  };
  process.stdout.write(JSON.stringify(figures));
} finally {
  rmSync(folder, { recursive: true });
}
