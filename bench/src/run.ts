/**
 * Runs each benchmark beside its peer, in turn, a process each time, and prints a Markdown table of the medians.
 *
 * PYTHON names the interpreter that has scikit-learn and pandas; default `python3`.
 */
import { execFileSync } from 'node:child_process';
import { fileURLToPath } from 'node:url';
import { dataFile } from './data.js';

const RUNS = Number(process.env.BENCH_RUNS ?? 5);
const here = (path: string) => fileURLToPath(new URL(path, import.meta.url));

type Figures = Record<string, number>;

function ours(script: string): Figures {
  return measured(process.execPath, ['--import', 'tsx', here(script)]);
}

function python(script: string): Figures {
  return measured(process.env.PYTHON ?? 'python3', ['-W', 'ignore', here(`../peers/${script}`), dataFile]);
}

function measured(command: string, args: string[]): Figures {
  return JSON.parse(execFileSync(command, args, { encoding: 'utf8', cwd: here('..') }));
}

function median(values: readonly number[]): number {
  const sorted = [...values].sort((a, b) => a - b);
  return (sorted[(sorted.length - 1) >> 1] + sorted[sorted.length >> 1]) / 2;
}

const pairs = Array.from({ length: RUNS }, () => ({
  ours: ours('./processing.ts'),
  peer: python('processing.py'),
}));

const lines = Object.keys(pairs[0].ours)
  .filter((figure) => figure !== 'rows')
  .map((figure) => {
    const [our, peer, ratio] = [
      median(pairs.map((pair) => pair.ours[figure])),
      median(pairs.map((pair) => pair.peer[figure])),
      median(pairs.map((pair) => pair.peer[figure] / pair.ours[figure])),
    ];
    return `| ${figure} | ${our.toPrecision(3)} | ${peer.toPrecision(3)} | ${ratio.toFixed(1)} |`;
  });

process.stdout.write(`Churn processing, ${pairs[0].ours.rows} rows, one thread, medians of ${RUNS} runs in turn, Node ${process.version}

| figure | @churn/transforms | scikit-learn | scikit-learn / ours |
|---|---|---|---|
${lines.join('\n')}
`);
