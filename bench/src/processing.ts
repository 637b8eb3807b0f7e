/** The churn processing on the file repeated a hundred times, and on one row at a time. Prints its figures as JSON. */
import { compileRow, type FittedTransformer, rowValues, schemaOf, type Table } from '@churn/core';
import { CategoryEncoder, MeanImputer, ModeImputer, SkewCorrector, StandardScaler } from '@churn/transforms';
import { readCustomers } from './data.js';

const TIMES = 100;
const { x, y } = await readCustomers(TIMES);

const started = performance.now();
const fitted: FittedTransformer[] = [];
let table: Table = x;
for (const step of [
  new MeanImputer(),
  new ModeImputer(),
  new SkewCorrector(),
  new CategoryEncoder(),
  new StandardScaler(),
]) {
  const result = step.fitTransform(table, y);
  fitted.push(result.fitted);
  table = result.output;
}
const fitSeconds = (performance.now() - started) / 1000;

const again = performance.now();
fitted.reduce((input, step) => step.transform(input), x);
const transformSeconds = (performance.now() - again) / 1000;

const schema = schemaOf(x);
const step = compileRow(fitted, schema);
const rows = x.take(Array.from({ length: 10_000 }, (_, i) => i)).toRows();
const nanoseconds = rows.map((row) => {
  const start = process.hrtime.bigint();
  step.apply(rowValues(schema, row));
  return Number(process.hrtime.bigint() - start);
});
// The first rows run before the code is optimised, as after a cold start; the median represents a running server.
nanoseconds.sort((a, b) => a - b);

process.stdout.write(
  JSON.stringify({
    rows: x.nRows,
    'fit and transform, seconds': fitSeconds,
    'transform, seconds': transformSeconds,
    'one raw row, microseconds': nanoseconds[nanoseconds.length / 2] / 1000,
    'peak memory, megabytes': process.resourceUsage().maxRSS / 1024,
  }),
);
