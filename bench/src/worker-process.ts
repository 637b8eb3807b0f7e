/** A single-threaded worker for the search of workers-search.ts, through the Redis named by the argument. */
import { startWorker } from '@churn/distributed';
import { GRID_MODULE, NO_BUILD } from './searched-grid.js';

await startWorker({ url: process.argv[2], modules: { gridPipeline: GRID_MODULE }, build: NO_BUILD });
process.stdout.write('ready\n');
