import { Random, Table } from '@churn/core';
import { type Residuals, significantPairs } from './category-combinations.js';
import { GradientBoostingClassifier, type GradientBoostingOptions } from './gradient-boosting.js';

const N = 4000;

/** Columns where the class depends on two of them together, on each of two alone, or on chance. */
function rowsOf(seed: number, effect: 'together' | 'alone' | 'none') {
  const random = new Random('combinations', seed);
  const codes = [12, 11, 4].map((n) => Array.from({ length: N }, () => random.int(n)));
  const together = Array.from({ length: 132 }, () => 2 * random.normal());
  const alone = codes.map(() => Array.from({ length: 12 }, () => random.normal()));
  const [a, b, c] = codes.map((column) => column.map((code) => `level ${code}`));
  const p = codes[0].map((code, row) => {
    const other = codes[1][row];
    const score = { together: together[code * 11 + other], alone: alone[0][code] + alone[1][other], none: 0 }[
      effect
    ];
    return 1 / (1 + Math.exp(-score));
  });
  const y = p.map((each) => Number(random.uniform() < each));
  return { x: Table.fromColumns({ a, b, c }), y, p };
}

/** A preliminary fit that predicts this probability for each row. */
function residuals(y: number[], p: number[]): Residuals {
  return {
    rows: Int32Array.from(y.keys()),
    gradients: [Float64Array.from(y, (label, row) => label - p[row])],
    curvatures: [Float64Array.from(p, (each) => each * (1 - each))],
  };
}

const half = Array.from({ length: N }, () => 0.5);

describe('significantPairs', () => {
  it('finds pairs of columns that interact, in order of strength', () => {
    const { x, y } = rowsOf(0, 'together');
    expect(significantPairs(x, residuals(y, half), 8)[0]).toEqual(['a', 'b']);
    expect(significantPairs(x, residuals(y, half), 0)).toEqual([]);
  });

  it('finds no pairs in noise or in effects that the preliminary fit explains', () => {
    for (let seed = 0; seed < 20; seed++) {
      const chance = rowsOf(seed, 'none');
      expect(significantPairs(chance.x, residuals(chance.y, half), 8)).toEqual([]);
      const known = rowsOf(seed, 'together');
      expect(significantPairs(known.x, residuals(known.y, known.p), 8)).toEqual([]);
    }
  });

  it('skips columns of one level and pairs with too many cells', () => {
    const { x, y } = rowsOf(0, 'together');
    const many = (column: string) => x.category(column);
    const rows = Array.from({ length: N }, (_, row) => row);
    const wide = Table.fromColumns({
      a: rows.map((row) => `${many('a').codes[row]} ${row % 50}`),
      b: rows.map((row) => `${many('b').codes[row]} ${row % 80}`),
      one: rows.map(() => 'one'),
    });
    expect(significantPairs(wide, residuals(y, half), 8)).toEqual([]);
  });
});

describe('categoryCombinations', () => {
  const model = (options: GradientBoostingOptions) =>
    new GradientBoostingClassifier({ nEstimators: 10, maxLeafNodes: 4, ...options });

  it('become statistics of two columns, which share their contribution', () => {
    const { x, y } = rowsOf(1, 'together');
    const fitted = model({}).fit(x, y);
    expect(fitted.boosted.statistics?.origins).toEqual([['a'], ['b'], ['c'], ['a', 'b']]);
    expect(fitted.features).toEqual(['a', 'b', 'c']);
    const { baseline, contributions } = fitted.attributions(x).outputs[0];
    fitted.decisionFunction(x)[0].forEach((score, row) => {
      expect(contributions.reduce((sum, column) => sum + column[row], baseline)).toBeCloseTo(score, 9);
    });
    const loss = (options: GradientBoostingOptions) => {
      const asked = x.take(Array.from(y.keys()).filter((row) => row % 2));
      const learned = Array.from(y.keys()).filter((row) => row % 2 === 0);
      const [, p] = model(options)
        .fit(
          x.take(learned),
          learned.map((row) => y[row]),
        )
        .predictProba(asked);
      return p.reduce((sum, each, i) => sum - Math.log(y[2 * i + 1] ? each : 1 - each), 0) / p.length;
    };
    expect(loss({})).toBeLessThan(0.95 * loss({ categoryCombinations: 0 }));
  });

  it('are absent if not requested, or if the columns do not interact', () => {
    const { x, y } = rowsOf(1, 'together');
    expect(model({ categoryCombinations: 0 }).fit(x, y).boosted.statistics).toBeUndefined();
    expect(model({ categories: 'sets' }).fit(x, y).boosted.statistics).toBeUndefined();
    const { statistics } = model({ interactions: [['a'], ['b', 'c']], categories: 'statistics' }).fit(
      x,
      y,
    ).boosted;
    expect(statistics?.origins.filter((columns) => columns.length > 1)).toEqual([]);
    const alone = rowsOf(1, 'alone');
    expect(model({}).fit(alone.x, alone.y).boosted.statistics).toBeUndefined();
  });

  it('work for each of several classes', () => {
    const { x, y } = rowsOf(2, 'together');
    const labels = y.map((label, row) => (row % 7 === 0 ? 'rare' : `class ${label}`));
    const fitted = model({}).fit(x, labels);
    expect(fitted.boosted.statistics?.origins.slice(3)).toEqual(Array(3).fill(['a', 'b']));
    expect(fitted.predictProba(x)).toHaveLength(3);
  });
});
