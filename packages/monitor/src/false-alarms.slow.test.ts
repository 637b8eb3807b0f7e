import { type Column, exp, Labels, Random, Table } from '@churn/core';
import { GradientBoostingClassifier } from '@churn/models';
import { compareProfiles, type DriftOptions } from './compare-profiles.js';
import { ProfileCounts } from './profile-counts.js';
import { referenceProfile } from './reference-profile.js';
import { scoreReference } from './score-reference.js';

/** Nineteen columns: symmetric, skewed, with few values or missing ones; with few levels, many, and a long tail. */
function draw(rows: number, random: Random, shifted = -1): Table {
  const numbers = Array.from({ length: 14 }, (_, j): [string, Column] => {
    const values = Float64Array.from({ length: rows }, () => {
      const value = random.normal();
      if (j % 7 === 5 && random.uniform() < 0.1) return NaN;
      if (j % 7 === 3) return Math.round(value);
      return j % 7 === 6 ? exp(value) : value;
    });
    const deviation = j % 7 === 6 ? Math.sqrt((exp(1) - 1) * exp(1)) : 1;
    return [
      `n${j}`,
      { kind: 'numeric', values: j === shifted ? values.map((value) => value + deviation / 2) : values },
    ];
  });
  const categories = [2, 4, 12, 50, 2000].map((count, j): [string, Column] => {
    const levels = Array.from({ length: count }, (_, level) => `level ${level}`);
    const codes = Int32Array.from({ length: rows }, () =>
      random.uniform() < 0.05
        ? -1
        : Math.floor(count * random.uniform() * random.uniform() * random.uniform()),
    );
    return [`c${j}`, { kind: 'category', codes, levels }];
  });
  return Table.fromColumns([...numbers, ...categories]);
}

/** Numbers of rows. */
const SIZES = [100, 150, 300, 600, 1200, 2500];
const PAIRS = 120;

const pairs = Array.from({ length: PAIRS }, (_, pair) => {
  const random = new Random('pairs', pair);
  const reference = referenceProfile(draw(SIZES[pair % 6], random), {
    maxLevels: pair % 2 === 0 ? 1000 : 40,
  });
  const counts = new ProfileCounts(reference);
  counts.add(draw(SIZES[(pair * 7 + Math.floor(pair / 6)) % 6], random));
  return { reference, counts };
});

function alarms(options?: DriftOptions): number {
  return pairs.filter(({ reference, counts }) => compareProfiles(reference, counts, options).isAlert).length;
}

it('samples from the same distribution raise an alert in less than 5 % of cases', () => {
  expect(alarms()).toBeLessThanOrEqual(3);
});

it('the correction alone keeps false alarms to 5 %, and without it there are many', () => {
  // More than 12 of 120 at 5 % have a probability of 0.02.
  expect(alarms({ minPsi: 0, minMissing: 0, minUnseen: 0 })).toBeLessThanOrEqual(12);
  const uncorrected = pairs.filter(({ reference, counts }) =>
    compareProfiles(reference, counts).columns.some(({ test }) => (test?.pValue ?? 1) <= 0.05),
  );
  expect(uncorrected.length).toBeGreaterThan(40);
});

it('a shift by half a standard deviation in one column is detected in a thousand rows, and no other', () => {
  let [found, others] = [0, 0];
  for (let column = 0; column < 14; column++) {
    for (let trial = 0; trial < 2; trial++) {
      const random = new Random('power', column, trial);
      const reference = referenceProfile(draw(1000, random));
      const counts = new ProfileCounts(reference);
      counts.add(draw(1000, random, column));
      const { alerts } = compareProfiles(reference, counts);
      if (alerts.includes(`n${column}`)) found++;
      others += alerts.filter((name) => name !== `n${column}`).length;
    }
  }
  expect(found).toBe(28);
  expect(others).toBeLessThanOrEqual(2);
});

it('a refit on more rows, which makes a model more certain, is no drift of its scores', () => {
  const alarms = [0, 1, 2].map((trial) => {
    const random = new Random('refit', trial);
    const drawn = () => {
      const columns = Array.from({ length: 8 }, () =>
        Float64Array.from({ length: 2000 }, () => random.normal()),
      );
      const [a, b, c] = columns;
      const y = a.map((value, row) => 20 * (value + b[row] * c[row] - 0.5));
      return {
        x: Table.fromColumns(Object.fromEntries(columns.map((column, j) => [`n${j}`, column]))),
        y: Labels.from(Array.from(y, (logit) => random.uniform() < 1 / (1 + exp(-logit)))),
      };
    };
    const [all, fresh] = [drawn(), drawn()];
    const some = Int32Array.from({ length: 700 }, (_, row) => row);
    const held = Int32Array.from({ length: 1300 }, (_, row) => row + 700);
    const [tried, refitted] = [
      new GradientBoostingClassifier().fit(all.x.take(some), all.y.take(some)),
      new GradientBoostingClassifier().fit(all.x, all.y),
    ];
    const scores = tried.predictProba(all.x.take(held));
    const reference = {
      ...referenceProfile(all.x),
      score: scoreReference(scores, all.y.take(held), tried.classes),
    };
    const counts = new ProfileCounts(reference);
    counts.add(fresh.x, refitted.predictProba(fresh.x));
    return [undefined, 0].map(
      (minScoreShift) => compareProfiles(reference, counts, { minScoreShift }).isAlert,
    );
  });
  expect(alarms.map(([isAlert]) => isAlert)).toEqual([false, false, false]);
  // By the stability index alone there would be.
  expect(alarms.some(([, byIndexAlone]) => byIndexAlone)).toBe(true);
});
