import { Random, Table } from '@churn/core';
import fc from 'fast-check';
import { GradientBoostingClassifier } from './gradient-boosting.js';

const MIN_CURVATURE = 1e-3;

/** A naive implementation of symmetric boosting: each level has the one split of all leaves with the highest total gain. */
function plainScores({ columns, y, weights }: Rows, { rounds, rate, depth, l2 }: Plan) {
  const total = (values: readonly number[]) => values.reduce((sum, value) => sum + value, 0);
  const share = total(y.map((label, row) => label * weights[row])) / total(weights);
  const scores = y.map(() => Math.log(share / (1 - share)));
  for (let round = 0; round < rounds; round++) {
    const g = y.map((label, row) => weights[row] * (sigmoid(scores[row]) - label));
    const h = scores.map((score, row) => weights[row] * sigmoid(score) * (1 - sigmoid(score)));
    const sum = (values: readonly number[], rows: readonly number[]) =>
      rows.reduce((total, row) => total + values[row], 0);
    const score = (rows: readonly number[]) => sum(g, rows) ** 2 / (sum(h, rows) + l2);
    let leaves = [y.map((_, row) => row)];
    for (let level = 0; level < depth; level++) {
      let best = { gain: 1e-9, leaves };
      for (const column of columns) {
        const known = [...new Set(column.filter((value) => !Number.isNaN(value)))].sort((a, b) => a - b);
        for (const missingLeft of column.some(Number.isNaN) ? [false, true] : [false]) {
          for (const last of known.slice(0, column.some(Number.isNaN) ? undefined : -1)) {
            const isLeft = (row: number) => (Number.isNaN(column[row]) ? missingLeft : column[row] <= last);
            const split = leaves.flatMap((rows) => {
              const left = rows.filter(isLeft);
              const right = rows.filter((row) => !isLeft(row));
              const isLarge = Math.min(sum(h, left), sum(h, right)) >= MIN_CURVATURE;
              return isLarge ? [left, right] : [rows];
            });
            const gain =
              split.reduce((total, rows) => total + score(rows), 0) -
              leaves.reduce((total, rows) => total + score(rows), 0);
            if (gain > best.gain + 1e-9) best = { gain, leaves: split };
          }
        }
      }
      leaves = best.leaves;
    }
    for (const rows of leaves) {
      const value = (-rate * sum(g, rows)) / (sum(h, rows) + l2);
      for (const row of rows) scores[row] += value;
    }
  }
  return scores;
}

interface Rows {
  readonly columns: readonly number[][];
  readonly y: readonly number[];
  readonly weights: readonly number[];
}

interface Plan {
  readonly rounds: number;
  readonly rate: number;
  readonly depth: number;
  readonly l2: number;
}

const sigmoid = (score: number) => 1 / (1 + Math.exp(-score));

/** Rows of noise and a target computed from it, with missing values. */
function rowsOf(random: Random, nRows: number, nColumns: number) {
  const columns = Array.from({ length: nColumns }, (_, j) =>
    Array.from({ length: nRows }, () => (j === 0 && random.uniform() < 0.2 ? NaN : random.normal())),
  );
  const y = columns[0].map((_, row) => Number(columns[1][row] + random.normal() > 0));
  y[0] = 0;
  y[1] = 1;
  const x = Table.fromColumns(columns.map((column, j) => [`x${j}`, Float64Array.from(column)]));
  // With equal weights, some splits would have the same gain.
  const weights = y.map(() => 0.5 + random.uniform());
  return { columns, y, x, weights };
}

describe('GradientBoostingClassifier of symmetric trees', () => {
  it('has the scores of a plain search over all splits of all levels', () => {
    fc.assert(
      fc.property(
        fc.integer(),
        fc.integer({ min: 2, max: 6 }),
        fc.integer({ min: 1, max: 4 }),
        (seed, nColumns, depth) => {
          const rows = rowsOf(new Random(seed), 40, nColumns);
          const plan = { rounds: 4, rate: 0.3, depth, l2: 1 };
          const model = new GradientBoostingClassifier({
            growth: 'symmetric',
            nEstimators: plan.rounds,
            learningRate: plan.rate,
            maxDepth: depth,
            l2Regularization: plan.l2,
            randomStrength: 0,
          }).fit(rows.x, rows.y, { sampleWeight: rows.weights });
          const scores = model.decisionFunction(rows.x)[0];
          const expected = plainScores(rows, plan);
          expect(Math.max(...expected.map((score, row) => Math.abs(score - scores[row])))).toBeLessThan(1e-9);
        },
      ),
      { numRuns: 40 },
    );
  });

  it('splits all leaves of a level by one column', () => {
    const { x, columns: values } = rowsOf(new Random('levels'), 2000, 5);
    const y = values[1].map((value, row) => value + values[2][row] + values[3][row] > 0);
    const model = new GradientBoostingClassifier({
      growth: 'symmetric',
      nEstimators: 1,
      maxDepth: 3,
      maxBins: 2,
    }).fit(x, y);
    const { columns, nodesPerTree } = model.boosted.trees.arrays;
    expect([...nodesPerTree]).toEqual([15]);
    expect(new Set(columns.subarray(1, 3)).size).toBe(1);
    expect(new Set(columns.subarray(3, 7)).size).toBe(1);
  });

  it('finds a set of categories that improves all leaves of a level', () => {
    const random = new Random('sets');
    const levels = Array.from({ length: 400 }, () => 'abcdef'[random.int(6)]);
    const side = Float64Array.from(levels, () => random.normal());
    const y = levels.map((level, row) => Number('ace'.includes(level)) ^ Number(side[row] > 0));
    const x = Table.fromColumns({ level: levels, side });
    const model = new GradientBoostingClassifier({ growth: 'symmetric', nEstimators: 30 }).fit(x, y);
    expect(model.predict(x)).toEqual(y);
  });
});
