/**
 * Searches a grid on two threads, or with two worker processes where the argument is the address of Redis, and prints how long it took, and
 * each piece, as JSON.
 */
import { redisExecutor } from '@churn/distributed';
import { type Executor, gridSearch, PipelineModule, StratifiedKFold } from '@churn/selection';
import { threadExecutor } from '@churn/selection/node';
import { readCustomers } from './data.js';
import { GRID_MODULE, NO_BUILD, SEARCHED_GRID } from './searched-grid.js';

const [url] = process.argv.slice(2);
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
const started = performance.now();
const { best } = await gridSearch(
  {
    grid: SEARCHED_GRID as never,
    pipeline: new PipelineModule(GRID_MODULE, 'gridPipeline'),
    cv: new StratifiedKFold({ nSplits: 5, shuffle: true, seed: 1 }),
    executor,
    refit: false,
  },
  x,
  y,
);
const seconds = (performance.now() - started) / 1000;
const worked = pieces.reduce((sum, { ms }) => sum + ms, 0) / 1000;
process.stdout.write(JSON.stringify({ seconds, worked, best: best.index, pieces }));
