// Searches with threads from the built package, as a program of a user does, and prints the table of candidates.
import { Random, Table } from '@churn/core';
import {
  bayesSearch,
  gridSearch,
  inlineExecutor,
  integer,
  logUniform,
  PipelineModule,
} from '@churn/selection';
import { folderCache, threadExecutor } from '@churn/selection/node';

const {
  workers,
  exportName = 'pipeline',
  folder,
  abortAfter,
  text,
  dieAfter,
  endless,
  endAfter,
  bayes,
} = JSON.parse(process.argv[2]);
const random = new Random(1);
const rows = Array.from({ length: 200 }, () => [random.normal(), random.normal(), random.normal()]);
const y = rows.map(([a]) => (a + random.normal() > 0 ? 1 : 0));
const x = Table.fromMatrix(rows);
const controller = new AbortController();
const end = new AbortController();
let fresh = 0;
let complete = 0;
const cache = folder && folderCache(folder);
const counting = cache && {
  get: cache.get,
  set(key, value) {
    fresh++;
    return cache.set(key, value);
  },
};
const options = {
  pipeline: new PipelineModule(new URL('./pipeline.mjs', import.meta.url), exportName, { seed: 7 }),
  executor: workers ? threadExecutor(workers) : inlineExecutor,
  cache: counting,
  signal: controller.signal,
  ...(endAfter && { until: end.signal }),
  onCandidate() {
    complete++;
    if (complete === endAfter) end.abort();
  },
  onProgress({ done }) {
    if (done === abortAfter) controller.abort(new Error('aborted by the user'));
    if (done === dieAfter) process.kill(process.pid, 'SIGKILL');
  },
};
const grid = [{ nEstimators: [5, 20] }, { C: [0.1, 1, 10] }, ...(endless ? [{ endless: [true] }] : [])];
const space = [{ nEstimators: integer(1, 30) }, { C: logUniform(1e-3, 10) }];
const given = text ? x.with({ x0: y.map(() => 'text') }) : x;
try {
  const { candidates, best, unfinished } = bayes
    ? await bayesSearch({ ...options, space, nCandidates: 20, prune: true }, given, y)
    : await gridSearch({ ...options, grid }, given, y);
  const table = candidates.map(({ scores, rank }) => ({ scores, rank }));
  process.stdout.write(JSON.stringify({ table, best: best.index, fresh, unfinished }));
} catch (error) {
  process.stdout.write(JSON.stringify({ code: error.code, message: error.message }));
}
