import { exp, Labels, Random, Table } from '@churn/core';
import { estimatePerformance } from './estimate-performance.js';
import { ProfileCounts } from './profile-counts.js';
import { realisedPerformance } from './realised-performance.js';
import { type ScoreReference, scoreReference } from './score-reference.js';

const COSTS = { falsePositive: 1, falseNegative: 5, truePositive: -4 };

/** Labels and overconfident scores of rows whose separation is `scale`. */
function draw(rows: number, random: Random, scale: number, shift = 0) {
  const p = new Float64Array(rows);
  const y = Array.from({ length: rows }, (_, row) => {
    const logit = shift + scale * random.normal();
    p[row] = 1 / (1 + exp(-1.5 * logit));
    return random.uniform() < 1 / (1 + exp(-logit)) ? 1 : 0;
  });
  return { probabilities: [p.map((each) => 1 - each), p], labels: Labels.from(y, [0, 1]) };
}

function countsOf(score: ScoreReference, probabilities: Float64Array[]): ProfileCounts {
  const counts = new ProfileCounts({ format: 1, rows: score.rows, columns: [], score });
  counts.add(Table.fromColumns({}, probabilities[0].length), probabilities);
  return counts;
}

it('has intervals that contain the later metrics in 95 % of cases', () => {
  const found: Record<string, number> = {};
  const pairs = 40;
  for (let pair = 0; pair < pairs; pair++) {
    const random = new Random(pair);
    const before = draw(2000, random, 1.5, -1);
    // The distribution of rows differs, but scores mean the same.
    const now = draw(1000, random, 1, -0.5);
    const score = scoreReference(before.probabilities, before.labels, [0, 1]);
    const estimated = estimatePerformance(score, countsOf(score, now.probabilities), {
      costs: COSTS,
      nResamples: 100,
    });
    const { figures } = realisedPerformance(now.labels, now.probabilities, { costs: COSTS, nResamples: 20 });
    for (const [name, { value, lower, upper }] of Object.entries(estimated.figures)) {
      const realised = figures[name as keyof typeof figures].value ?? NaN;
      expect(value).not.toBeNull();
      if (realised >= (lower ?? NaN) && realised <= (upper ?? NaN)) found[name] = (found[name] ?? 0) + 1;
    }
  }
  // Fewer than 33 of 40 intervals of 95 % would contain their metric with a probability below 0.001.
  for (const name of ['rocAuc', 'logLoss', 'brierScore', 'accuracy', 'precision', 'recall', 'f1', 'profit']) {
    expect({ name, isRight: (found[name] ?? 0) >= 33 }).toEqual({ name, isRight: true });
  }
});

it('intervals of realised metrics contain those of the population', () => {
  const { figures: all } = realisedPerformance(
    ...(({ labels, probabilities }) => [labels, probabilities] as const)(
      draw(100_000, new Random('all'), 1.5),
    ),
    { nResamples: 20 },
  );
  let [inside, wide] = [0, 0];
  for (let sample = 0; sample < 40; sample++) {
    const { labels, probabilities } = draw(300, new Random(sample), 1.5);
    const { rocAuc } = realisedPerformance(labels, probabilities, { nResamples: 80 }).figures;
    const [lower, upper, truth] = [rocAuc.lower ?? NaN, rocAuc.upper ?? NaN, all.rocAuc.value ?? NaN];
    if (truth >= lower && truth <= upper) inside++;
    if (upper - lower < 0.04 || upper - lower > 0.2) wide++;
  }
  expect(inside).toBeGreaterThanOrEqual(33);
  expect(wide).toBe(0);
});

it('recovers the metrics of the reference on its own rows', () => {
  const { probabilities, labels } = draw(3000, new Random(1), 1.5);
  const score = scoreReference(probabilities, labels, [0, 1], { threshold: 0.4 });
  const { figures } = estimatePerformance(score, countsOf(score, probabilities), { costs: COSTS });
  for (const { value, reference } of Object.values(figures)) {
    expect(Math.abs((value as number) - (reference as number))).toBeLessThan(0.02);
  }
  const realised = realisedPerformance(labels, probabilities, { threshold: 0.4, costs: COSTS }).figures;
  expect(figures.profit.reference).toBeCloseTo(realised.profit.value as number, 12);
});

it('estimates metrics at another threshold than that of the reference', () => {
  const { probabilities, labels } = draw(3000, new Random(2), 1.5);
  const score = scoreReference(probabilities, labels, [0, 1]);
  const { figures } = estimatePerformance(score, countsOf(score, probabilities), { threshold: 0.3 });
  const realised = realisedPerformance(labels, probabilities, { threshold: 0.3 }).figures;
  for (const name of ['accuracy', 'precision', 'recall'] as const) {
    expect(figures[name].reference).toBeCloseTo(realised[name].value as number, 2);
  }
  expect(figures.recall.value).toBeGreaterThan(score.figures?.recall as number);
  expect(figures.profit).toMatchObject({ value: null, lower: null, upper: null, reference: null });
});

it('estimates more than two classes', () => {
  const random = new Random(3);
  const rows = 3000;
  const probabilities = [0, 1, 2].map(() => new Float64Array(rows));
  const y = Array.from({ length: rows }, (_, row) => {
    const weights = probabilities.map(() => exp(1.5 * random.normal()));
    const total = weights.reduce((sum, weight) => sum + weight, 0);
    weights.forEach((weight, place) => {
      probabilities[place][row] = weight / total;
    });
    const at = random.uniform() * total;
    return at < weights[0] ? 'a' : at < weights[0] + weights[1] ? 'b' : 'c';
  });
  const labels = Labels.from(y, ['a', 'b', 'c']);
  const first = Array.from({ length: 2000 }, (_, row) => row);
  const rest = Array.from({ length: 1000 }, (_, row) => 2000 + row);
  const take = (of: number[]) => probabilities.map((column) => Float64Array.from(of, (row) => column[row]));
  const score = scoreReference(take(first), labels.take(first), ['a', 'b', 'c']);
  const { figures } = estimatePerformance(score, countsOf(score, take(rest)));
  const realised = realisedPerformance(labels.take(rest), take(rest)).figures;
  for (const name of ['rocAuc', 'logLoss', 'brierScore', 'accuracy', 'precision', 'recall', 'f1'] as const) {
    expect(Math.abs((figures[name].value as number) - (realised[name].value as number))).toBeLessThan(0.05);
    expect(figures[name].lower).toBeLessThan(realised[name].value as number);
    expect(figures[name].upper).toBeGreaterThan(realised[name].value as number);
    expect(figures[name].reference).toBe(score.figures?.[name]);
  }
});

it('has reproducible intervals', () => {
  const { probabilities, labels } = draw(300, new Random(4), 1);
  const score = scoreReference(probabilities, labels, [0, 1]);
  const counts = countsOf(score, probabilities);
  const options = { nResamples: 30, seed: 5 };
  expect(estimatePerformance(score, counts, options)).toEqual(estimatePerformance(score, counts, options));
  const once = realisedPerformance(labels, probabilities, options);
  expect(realisedPerformance(labels, probabilities, options)).toEqual(once);
});

it('reports nothing for no rows', () => {
  const { probabilities, labels } = draw(300, new Random(4), 1);
  const score = scoreReference(probabilities, labels, [0, 1]);
  const { rows, figures } = estimatePerformance(
    score,
    countsOf(score, [new Float64Array(), new Float64Array()]),
  );
  expect(rows).toBe(0);
  expect(Object.values(figures).map(({ value }) => value)).toEqual(new Array(9).fill(null));
});

it('rejects invalid references and options', () => {
  const { probabilities, labels } = draw(300, new Random(4), 1);
  const score = scoreReference(probabilities, labels, [0, 1]);
  const counts = countsOf(score, probabilities);
  const blind = scoreReference(probabilities, null, [0, 1]);
  expect(() => estimatePerformance(blind, counts)).toThrow(
    'score: expected scores of rows with labels, got none',
  );
  const unscored = new ProfileCounts({ format: 1, rows: 0, columns: [], score: null });
  expect(() => estimatePerformance(score, unscored)).toThrow(
    'counts: expected counts of the scores of this reference',
  );
  expect(() => estimatePerformance(score, counts, { costs: { falsePositive: 1 } as never })).toThrow(
    'costs: expected',
  );
  expect(() => realisedPerformance([0, 1], [[0.5]])).toThrow('expected probabilities of 2 classes');
});
