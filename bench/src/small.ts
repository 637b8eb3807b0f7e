import { execFileSync } from 'node:child_process';
import { existsSync, mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { median, ours, peerOutput } from './measure.js';
import { writeSmallRows } from './small-rows.js';
import { markdown, shown } from './tables.js';

/** Milliseconds and ROC AUC by model and library. */
type Measured = Record<string, Record<string, Record<'fit' | 'score' | 'auc', number>>>;

const ROWS = 2000;
const RUNS = Number(process.argv[2] ?? 3);
const javascript = fileURLToPath(new URL('../peers/javascript/', import.meta.url));

if (!existsSync(join(javascript, 'node_modules')))
  execFileSync('npm', ['install', '--no-audit', '--no-fund', '--loglevel=error'], { cwd: javascript });

const folder = mkdtempSync(join(tmpdir(), 'churn-small-'));
const files = ['train.csv', 'test.csv'].map((name) => join(folder, name));
files.forEach((file, i) => {
  writeSmallRows(file, ROWS, i + 1);
});
// Alternate runs, so that other load affects all.
const runs = Array.from({ length: RUNS }, () => {
  const libraries = execFileSync(process.execPath, [join(javascript, 'small.mjs'), ...files], {
    encoding: 'utf8',
    stdio: ['ignore', 'pipe', 'ignore'],
  });
  return [
    ours<Measured>('./small-ours.js', ...files),
    JSON.parse(libraries.trimEnd().split('\n').at(-1) ?? '') as Measured,
    JSON.parse(peerOutput('small.py', ...files)) as Measured,
  ];
});
rmSync(folder, { recursive: true });

const lines = Object.keys(runs[0][0]).flatMap((model) =>
  runs[0].flatMap((measured, i) =>
    Object.keys(measured[model] ?? {}).map((library) => {
      const middle = (figure: 'fit' | 'score' | 'auc') =>
        median(runs.map((run) => run[i][model][library][figure]));
      return [model, library, shown(middle('fit')), shown(middle('score')), middle('auc').toFixed(3)];
    }),
  ),
);
const { dependencies } = JSON.parse(readFileSync(join(javascript, 'package.json'), 'utf8'));
const versions = Object.entries(dependencies).map(([name, version]) => `${name} ${version}`);
process.stdout.write(
  `JavaScript: ${versions.join(', ')}.\n\n${markdown(['model', 'library', 'fit, ms', `score ${ROWS.toLocaleString('en')} rows, ms`, 'test AUC'], lines)}\n`,
);
