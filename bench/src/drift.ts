/**
 * Draws pairs of samples of 19 columns from one distribution, as many as the argument says (default 1,000), and prints the share with a
 * false alarm; then the share of shifts by half a standard deviation in one column that are detected, and the time for a million rows.
 */
import { type Column, exp, log, Random, Table } from '@churn/core';
import {
  compareProfiles,
  type DriftOptions,
  ProfileCounts,
  referenceProfile,
  scoreReference,
} from '@churn/monitor';
import { markdown } from './tables.js';

const N_PAIRS = Number(process.argv[2] ?? 1000);
const LEAST_ROWS = 100;
const MAX_ROWS = 100_000;

type Draw = (random: Random) => number;

/** Realistic numeric columns: symmetric, skewed, heavy-tailed, with ties, with many zeros, with missing values. */
const NUMBERS: readonly { readonly draw: Draw; readonly missing: number }[] = [
  { draw: (random) => random.normal(), missing: 0 },
  { draw: (random) => random.normal(), missing: 0.02 },
  { draw: (random) => 40 + Math.round(8 * random.normal()), missing: 0 },
  { draw: (random) => exp(random.normal()), missing: 0 },
  { draw: (random) => exp(2 * random.normal()), missing: 0.3 },
  { draw: (random) => random.uniform(), missing: 0 },
  { draw: (random) => -log(1 - random.uniform()), missing: 0.1 },
  { draw: (random) => random.int(7), missing: 0 },
  { draw: (random) => random.int(2), missing: 0.01 },
  { draw: (random) => (random.uniform() < 0.6 ? 0 : exp(random.normal())), missing: 0 },
  { draw: (random) => Math.floor(-5 * log(1 - random.uniform())), missing: 0 },
  { draw: (random) => random.normal() + (random.uniform() < 0.4 ? 4 : 0), missing: 0 },
  { draw: (random) => Math.round(100 * power(random.uniform(), 3)) / 100, missing: 0 },
  { draw: (random) => random.normal() / Math.abs(random.normal()), missing: 0.05 },
];
/** Realistic categories: few levels, many levels, and a long tail, with a share of missing values. */
const CATEGORIES = [
  { levels: 2, exponent: 1, missing: 0 },
  { levels: 4, exponent: 2, missing: 0.02 },
  { levels: 12, exponent: 1, missing: 0.2 },
  { levels: 50, exponent: 3, missing: 0 },
  { levels: 2000, exponent: 4, missing: 0 },
];

/** A fast approximation of `base` to the `exponent`, for data whose last digit does not matter. */
function power(base: number, exponent: number): number {
  return base > 0 ? exp(exponent * log(base)) : 0;
}

function drawTable(rows: number, random: Random, shifted = -1): Table {
  const numbers = NUMBERS.map(({ draw, missing }, j): [string, Column] => {
    const values = Float64Array.from({ length: rows }, () =>
      random.uniform() < missing ? NaN : draw(random),
    );
    return [`n${j}`, { kind: 'numeric', values: j === shifted ? shift(values, j) : values }];
  });
  const categories = CATEGORIES.map(({ levels, exponent, missing }, j): [string, Column] => {
    const codes = Int32Array.from({ length: rows }, () =>
      random.uniform() < missing ? -1 : Math.floor(levels * power(random.uniform(), exponent)),
    );
    return [`c${j}`, { kind: 'category', codes, levels: Array.from({ length: levels }, (_, i) => `l${i}`) }];
  });
  return Table.fromColumns([...numbers, ...categories]);
}

/** Half a standard deviation; for heavy tails, half of three times the interquartile range if that is less. */
const DEVIATIONS = NUMBERS.map(({ draw }, j) => {
  const random = new Random('deviations', j);
  const values = Float64Array.from({ length: 20_001 }, () => draw(random)).sort();
  return Math.min(spread(values), 3 * (values[15_000] - values[5000]) || Infinity);
});

function spread(values: Float64Array): number {
  const mean = values.reduce((sum, value) => sum + value / values.length, 0);
  return Math.sqrt(values.reduce((sum, value) => sum + ((value - mean) * (value - mean)) / values.length, 0));
}

function shift(values: Float64Array, j: number): Float64Array {
  return values.map((value) => value + DEVIATIONS[j] / 2);
}

/** The score of a model that is certain of most rows. */
function drawScores(rows: number, random: Random): Float64Array[] {
  const p = Float64Array.from({ length: rows }, () => 1 / (1 + exp(2 - 2 * random.normal())));
  return [p.map((each) => 1 - each), p];
}

/** A number of rows, drawn log-uniformly. */
function drawRows(random: Random): number {
  return Math.round(LEAST_ROWS * power(MAX_ROWS / LEAST_ROWS, random.uniform()));
}

function countedPair(before: number, now: number, random: Random, shifted = -1) {
  const score = scoreReference(drawScores(before, random), null, ['stays', 'leaves']);
  const reference = { ...referenceProfile(drawTable(before, random)), score };
  const counts = new ProfileCounts(reference);
  counts.add(drawTable(now, random, shifted), drawScores(now, random));
  return { reference, counts };
}

/** Without a minimum effect size. */
const ANY: DriftOptions = { minPsi: 0, minMissing: 0, minUnseen: 0 };

const alarms = { usual: 0, significant: 0, uncorrected: 0, index: 0 };
for (let pair = 0; pair < N_PAIRS; pair++) {
  const random = new Random('pairs', pair);
  const { reference, counts } = countedPair(drawRows(random), drawRows(random), random);
  const report = compareProfiles(reference, counts);
  const all = [...report.columns, ...report.scores];
  if (report.isAlert) alarms.usual++;
  if (compareProfiles(reference, counts, ANY).isAlert) alarms.significant++;
  const tests = all.flatMap(({ test, missing, unseen }) => [test, missing.test, unseen?.test]);
  if (tests.some((test) => test && test.pValue <= 0.05)) alarms.uncorrected++;
  if (all.some(({ psi }) => (psi ?? 0) >= 0.1)) alarms.index++;
}

function foundShifts(before: number, now: number): { found: number; others: number } {
  let [found, others] = [0, 0];
  for (let trial = 0; trial < N_PAIRS; trial++) {
    const random = new Random('power', trial);
    const column = trial % NUMBERS.length;
    const { reference, counts } = countedPair(before, now, random, column);
    const { alerts } = compareProfiles(reference, counts);
    if (alerts.includes(`n${column}`)) found++;
    if (alerts.some((name) => name !== `n${column}`)) others++;
  }
  return { found, others };
}

const share = (count: number) => `${((100 * count) / N_PAIRS).toFixed(1)} %`;
const lines = [
  ['significant after the correction, and large enough (default)', share(alarms.usual)],
  ['significant after the correction, of any size', share(alarms.significant)],
  ['any p-value up to 0.05, uncorrected', share(alarms.uncorrected)],
  ['any population stability index from 0.1 on', share(alarms.index)],
];
process.stdout.write(`${markdown(['what raises an alert', 'pairs with a false alarm'], lines)}\n\n`);
const found = [
  [1000, 1000],
  [10_000, 1000],
  [10_000, 500],
  [10_000, 200],
].map(([before, now]) => {
  const { found, others } = foundShifts(before, now);
  return [before.toLocaleString('en'), now.toLocaleString('en'), share(found), share(others)];
});
const heads = ['rows of the reference', 'new rows', 'shifts found', 'with an alert of another column'];
process.stdout.write(`${markdown(heads, found)}\n\n`);

const random = new Random('speed');
const small = drawTable(10_000, random);
const score = scoreReference(drawScores(10_000, random), null, ['stays', 'leaves']);
const reference = { ...referenceProfile(small), score };
const [large, scores] = [drawTable(1_000_000, random), drawScores(1_000_000, random)];
const timed = (act: () => void, times: number) => {
  const taken = Array.from({ length: times }, () => {
    const start = performance.now();
    act();
    return performance.now() - start;
  });
  return taken.sort((a, b) => a - b)[times >> 1];
};
const counts = new ProfileCounts(reference);
const rows = small.toRows().map((row) => Object.values(row));
const oneByOne = () => {
  for (const row of rows) counts.addRow(row, [0.7, 0.3]);
};
const speeds = [
  ['a million rows counted, milliseconds', timed(() => counts.add(large, scores), 5)],
  ['compared with the reference, milliseconds', timed(() => compareProfiles(reference, counts), 25)],
  ['one row counted, microseconds', (1000 * timed(oneByOne, 9)) / rows.length],
  ['reference of a million rows, milliseconds', timed(() => referenceProfile(large), 3)],
  ['reference of 10,000 rows as JSON, kilobytes', JSON.stringify(reference).length / 1000],
].map(([what, value]) => [String(what), Number(value).toPrecision(3)]);
process.stdout.write(`${markdown(['one thread, 19 columns', ''], speeds)}\n`);
