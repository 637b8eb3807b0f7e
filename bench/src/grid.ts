/** Searches the boilerplate's grid with two worker threads, and prints the times as JSON; peers/grid.py does the same. */
import { geomspace, gridSearch, PipelineModule, StratifiedKFold } from '@churn/selection';
import { threadExecutor } from '@churn/selection/node';
import { readCustomers } from './data.js';

const started = performance.now();
const { x, y } = await readCustomers();
// The file is sorted; unshuffled folds need shuffled rows.
const rows = Array.from({ length: x.nRows }, (_, i) => (i * 4567) % x.nRows).filter((row) => row % 10 >= 3);
const spent: Record<string, number> = {};
const { candidates, plan } = await gridSearch(
  {
    grid: [
      { model: ['lr'], C: geomspace(1e-3, 10, 6), penalty: ['l1', 'l2'], degree: [1, 2] },
      {
        model: ['rf'],
        criterion: ['gini', 'entropy'],
        maxDepth: [4, 5, 100],
        maxFeatures: ['auto', 'sqrt'],
        nEstimators: [200, 500],
      },
      {
        model: ['sv'],
        C: [0.01, 0.3, 10],
        gamma: ['auto', 'scale'],
        kernel: ['poly', 'rbf'],
        degree: [1, 2],
      },
    ],
    pipeline: new PipelineModule(new URL('../src/grid-pipeline.mjs', import.meta.url), 'gridPipeline'),
    cv: new StratifiedKFold({ nSplits: 5 }),
    executor: threadExecutor(2),
    refit: false,
  },
  x.take(rows),
  y.take(rows),
);
const figures: Record<string, number> = { 'grid search, seconds': (performance.now() - started) / 1000 };
for (const { params, fitMs, scoreMs } of candidates) {
  const name = `${params.model} ${'degree' in params ? params.degree : ''}`;
  spent[`${name} fit`] = (spent[`${name} fit`] ?? 0) + (5 * fitMs) / 1000;
  spent[`${name} score`] = (spent[`${name} score`] ?? 0) + (5 * scoreMs) / 1000;
}
for (const model of ['lr', 'rf', 'sv']) {
  const means = candidates
    .filter(({ params }) => params.model === model)
    .map(({ scores }) => scores.rocAuc.mean);
  figures[`${model}: 1 - best mean AUC`] = 1 - Math.max(...means);
}
figures['peak memory, megabytes'] = process.resourceUsage().maxRSS / 1024;
if (process.env.GRID_DETAIL) {
  process.stderr.write(`${plan.explain()}\n${JSON.stringify(spent)}\n`);
  const table = candidates.map(({ params, scores }) => ({ ...params, auc: scores.rocAuc.mean }));
  process.stderr.write(`${JSON.stringify(table)}\n`);
}
process.stdout.write(JSON.stringify(figures));
