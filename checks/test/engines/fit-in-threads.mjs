// Fits boosting by one thread and by several, and prints for each number of threads how many workers were started and a hash of the
// model. It ends by itself, unless workers keep it going.
import { createHash } from 'node:crypto';
import { createRequire } from 'node:module';
import { isMainThread, parentPort, Worker } from 'node:worker_threads';

const threads = process.getBuiltinModule('node:worker_threads');
let nStarted = 0;
threads.Worker = class extends Worker {
  constructor(...args) {
    nStarted++;
    super(...args);
  }
};

const require = createRequire(import.meta.url);
const load = (name) => (process.argv.includes('--cjs') ? require(name) : import(name));
const { Random, Table } = await load('@churn/core');
const { GradientBoostingClassifier } = await load('@churn/models');

const N_ROWS = 25_000;
const random = new Random('threads');
const columns = Array.from({ length: 10 }, (_, j) => [
  `x${j}`,
  Float64Array.from({ length: N_ROWS }, () => random.normal()),
]);
const x = Table.fromColumns(columns);
const y = Array.from({ length: N_ROWS }, (_, row) =>
  Number(columns[0][1][row] * columns[1][1][row] + random.normal() > 0),
);

async function fitted(nJobs) {
  const before = nStarted;
  const classifier = new GradientBoostingClassifier({ nEstimators: 20, nJobs });
  const { state } = classifier.fit(x, y);
  return {
    nJobs,
    nStarted: nStarted - before,
    hash: createHash('sha256').update(JSON.stringify(state)).digest('hex'),
  };
}

if (!isMainThread) parentPort.postMessage([await fitted(null)]);
else if (process.argv.includes('--in-worker')) {
  new Worker(new URL(import.meta.url), { argv: process.argv.slice(2) }).on('message', print);
} else print([await fitted(1), await fitted(3), await fitted(3)]);

function print(fits) {
  for (const fit of fits) process.stdout.write(`${JSON.stringify(fit)}\n`);
}
