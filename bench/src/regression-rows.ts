/** Writes the rows of regression.ts and its peers: normal columns, and targets generated from them. */
import { Random, Table } from '@churn/core';
import { writeCsv } from '@churn/io';

const ROWS = 100_000;
const COLUMNS = 20;
/** Weeks until the end of a year: few distinct times. */
const WEEKS = 52;

const random = new Random(1);
const columns = Array.from({ length: COLUMNS }, () =>
  Float64Array.from({ length: ROWS }, () => random.normal()),
);
const slopes = columns.map(() => 0.2 * random.normal());
const scores = Float64Array.from({ length: ROWS }, (_, row) =>
  columns.reduce((sum, column, j) => sum + slopes[j] * column[row], 0),
);
const exponential = () => -Math.log(1 - random.uniform());
const times = scores.map((score) => (30 * exponential()) / Math.exp(score));
await writeCsv(
  process.argv[2],
  Table.fromColumns({
    ...Object.fromEntries(columns.map((column, j) => [`x${j}`, column])),
    amount: scores.map((score) => score + random.normal()),
    count: scores.map((score) => poisson(Math.exp(score))),
    cost: scores.map((score) => exponential() * Math.exp(score)),
    time: times.map((time) => Math.min(time, WEEKS)),
    weeks: times.map((time) => Math.min(Math.ceil(time), WEEKS)),
    left: times.map((time) => Number(time < WEEKS)),
  }),
);

/** A Poisson number, drawn by waiting times between events. */
function poisson(mean: number): number {
  let count = -1;
  for (let sum = 0; sum <= mean; sum += exponential()) count++;
  return count;
}
