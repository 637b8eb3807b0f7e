/**
 * Runs each benchmark beside its peer, in turn, a process each time, and prints a Markdown table of the medians.
 *
 * PYTHON names the interpreter that has scikit-learn, pandas and LightGBM; default `python3`. An argument names the one benchmark to
 * run.
 */
import { execFileSync } from 'node:child_process';
import { fileURLToPath } from 'node:url';
import { dataFile } from './data.js';

const RUNS = Number(process.env.BENCH_RUNS ?? 5);
const here = (path: string) => fileURLToPath(new URL(path, import.meta.url));

type Figures = Record<string, number>;

function ours(script: string): Figures {
  return measured(process.execPath, [here(script)]);
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

/** Runs ours and the peer in turn, and gives a table of the medians; figures are better where they are smaller. */
function compared(
  title: string,
  names: [ours: string, peer: string],
  scripts: [ours: string, peer: string],
): string {
  const pairs = Array.from({ length: RUNS }, () => ({ ours: ours(scripts[0]), peer: python(scripts[1]) }));
  const lines = Object.keys(pairs[0].ours)
    .filter((figure) => figure in pairs[0].peer && !/[rR]ows$/.test(figure))
    .map((figure) => {
      const [our, peer, ratio] = [
        median(pairs.map((pair) => pair.ours[figure])),
        median(pairs.map((pair) => pair.peer[figure])),
        median(pairs.map((pair) => pair.peer[figure] / pair.ours[figure])),
      ];
      return `| ${figure} | ${our.toPrecision(3)} | ${peer.toPrecision(3)} | ${ratio.toPrecision(2)} |`;
    });
  return `${title}, medians of ${RUNS} runs in turn, Node ${process.version}

| figure | ${names[0]} | ${names[1]} | ${names[1]} / ours |
|---|---|---|---|
${lines.join('\n')}
`;
}

const benchmarks = {
  processing: () =>
    compared(
      'Churn processing, the file a hundred times over, one thread',
      ['@churn/transforms', 'scikit-learn'],
      ['./processing.js', 'processing.py'],
    ),
  models: () =>
    compared(
      'Models, 70 % of the file, one thread',
      ['@churn/models', 'peers'],
      ['./models.js', 'models.py'],
    ),
  grid: () =>
    compared(
      'The whole grid of the boilerplate, 72 candidates x 5 folds, two workers',
      ['@churn/selection', 'scikit-learn'],
      ['./grid.js', 'grid.py'],
    ),
  predict: () =>
    compared(
      'Scoring a file with a forest of 500 trees, whole processes',
      ['churn predict', 'scikit-learn'],
      ['./predict.js', 'predict.py'],
    ),
  profile: () =>
    compared(
      'Profile of the file a hundred times over, one thread',
      ['@churn/eda', 'pandas'],
      ['./profile.js', 'profile.py'],
    ),
  scale,
  serve: () => execFileSync(process.execPath, [here('./serve.js'), '200000'], { encoding: 'utf8' }),
};

/** How the time of the tree models grows with the rows, without a peer. */
function scale(): string {
  const lines = [10_000, 100_000, 1_000_000].map((rows) => {
    const { forest, boosting } = measured(process.execPath, [here('./scale.js'), String(rows)]);
    return `| ${rows} | ${forest.toPrecision(3)} | ${boosting.toPrecision(3)} |`;
  });
  return `Tree models on generated customers, 19 columns, one thread

| rows | forest of 10 trees, seconds | boosting of 50 rounds, seconds |
|---|---|---|
${lines.join('\n')}
`;
}

const [wanted] = process.argv.slice(2);
for (const [name, run] of Object.entries(benchmarks)) {
  if (wanted === undefined || wanted === name) process.stdout.write(`${run()}\n`);
}
