/**
 * Searches a grid on two threads, or by workers through the Redis given as an argument, and prints the times of the search and of each task
 * as JSON. With the argument `small`, on a few rows.
 */
import { redisExecutor } from '@churn/distributed';
import { type Executor, gridSearch, PipelineModule, StratifiedKFold } from '@churn/selection';
import { threadExecutor } from '@churn/selection/node';
import { readCustomers } from './data.js';
import { GRID_MODULE, NO_BUILD, SEARCHED_GRID, SMALL_GRID } from './searched-grid.js';

const [url, isSmall] = process.argv.slice(2);
const inner = url === undefined ? threadExecutor(2) : redisExecutor({ url, build: NO_BUILD });
const pieces: { readonly group: string; readonly ms: number }[] = [];
const executor: Executor = {
  get concurrency() {
    return inner.concurrency;
  },
  async open(data, candidates) {
    const session = await inner.open(data, candidates);
    return {
      ...session,
      async run(piece) {
        const predictions = await session.run(piece);
        const ms = predictions.reduce((sum, { fitMs, scoreMs }) => sum + fitMs + scoreMs, 0);
        pieces.push({ group: piece.candidates.join(), ms });
        return predictions;
      },
    };
  },
};
const { x, y } = await readCustomers();
const rows = Array.from({ length: isSmall ? 1000 : x.nRows }, (_, i) => (i * 4567) % x.nRows);
const started = performance.now();
const { best } = await gridSearch(
  {
    grid: (isSmall ? SMALL_GRID : SEARCHED_GRID) as never,
    pipeline: new PipelineModule(GRID_MODULE, 'gridPipeline'),
    cv: new StratifiedKFold({ nSplits: isSmall ? 40 : 10 }),
    executor,
    refit: false,
  },
  x.take(rows),
  y.take(rows),
);
const seconds = (performance.now() - started) / 1000;
const worked = pieces.reduce((sum, { ms }) => sum + ms, 0) / 1000;
process.stdout.write(JSON.stringify({ seconds, worked, best: best.index, pieces }));
