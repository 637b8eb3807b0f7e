/**
 * Boosts 100 rounds on generated rows of 28 columns, as many as the argument says (default ten million). The rows are generated again on
 * each pass and are never in memory together. Prints times and memory.
 */
import { Labels, Random, Table } from '@churn/core';
import { GradientBoostingClassifier, type TrainingBatch } from '@churn/models';
import { rocAuc } from '@churn/selection';

const N_ROWS = Number(process.argv[2] ?? 10_000_000);
const N_COLUMNS = 28;
const BATCH = 50_000;
/** An additional batch for testing. */
const HELD_OUT = Math.ceil(N_ROWS / BATCH);

function batch(number: number, nRows: number): TrainingBatch & { readonly y: Labels } {
  const random = new Random('ten million', number);
  const columns = Array.from({ length: N_COLUMNS }, (_, j) => {
    const values = new Float64Array(nRows);
    for (let i = 0; i < nRows; i++) {
      const bits = random.uint32();
      // Some columns have few values, others missing values, and the rest are nearly normal.
      if (j % 7 === 3) values[i] = bits % 40;
      else if (j % 7 === 5 && bits % 20 === 0) values[i] = NaN;
      else values[i] = ((bits & 0xff) + ((bits >>> 8) & 0xff) + (bits >>> 16) / 257 - 382.5) / 128;
    }
    return [`x${j}`, values] as const;
  });
  const [a, b, c, , d, , e] = columns.map(([, values]) => values);
  const isPositive = new Int32Array(nRows);
  for (let i = 0; i < nRows; i++) {
    const score = a[i] - b[i] * c[i] + Math.abs(d[i]) + (e[i] > 0.3 ? 0.7 : 0) - 0.7;
    isPositive[i] = Number(score + 2 * random.uniform() - 1 > 0);
  }
  return { x: Table.fromColumns(columns), y: Labels.from([false, true], [false, true]).take(isPositive) };
}

let times: number[] = [];
const batches = {
  async *[Symbol.asyncIterator](): AsyncGenerator<TrainingBatch> {
    for (let number = 0; number < HELD_OUT; number++) {
      yield batch(number, Math.min(BATCH, N_ROWS - number * BATCH));
    }
    times = [...times, performance.now()];
  },
};

const seconds = (from: number, to: number) => `${((to - from) / 1000).toFixed(0)} s`;
const start = performance.now();
const model = await new GradientBoostingClassifier({ nEstimators: 100, learningRate: 0.1 }).fitBatches(
  batches,
);
const end = performance.now();
const { x, y } = batch(HELD_OUT, BATCH);
const lines = [
  `${N_ROWS.toLocaleString('en')} rows of ${N_COLUMNS} columns, 100 rounds: ${seconds(start, end)}`,
  `generating rows and finding bins: ${seconds(start, times[0])}`,
  `generating them again and binning: ${seconds(times[0], times[1])}`,
  `boosting: ${seconds(times[1], end)}`,
  `peak memory: ${(process.resourceUsage().maxRSS / 2 ** 20).toFixed(2)} GiB`,
  `ROC AUC of test rows: ${rocAuc(y, model.predictProba(x)[1]).toFixed(4)}`,
];
process.stdout.write(`${lines.join('\n')}\n`);
