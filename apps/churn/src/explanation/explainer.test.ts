import { isolateFaults, Pipeline, Random, Table } from '@churn/core';
import { GradientBoostingClassifier, LogisticRegression, RandomForestClassifier, SVC } from '@churn/models';
import {
  CategoryEncoder,
  MeanImputer,
  ModeImputer,
  PolynomialFeatures,
  StandardScaler,
} from '@churn/transforms';
import { reasonText } from './explain-row.js';
import { createExplainer } from './explainer.js';

const random = new Random(1);
const n = 200;
const a = Float64Array.from({ length: n }, (_, i) => (i % 11 === 0 ? NaN : random.normal()));
const b = Float64Array.from({ length: n }, () => random.normal());
const plan = Array.from({ length: n }, (_, i) => 'xyz'[i % 3]);
const x = Table.fromColumns({ a, b, plan });
const y = Array.from(b, (value, i) => ((Number.isNaN(a[i]) ? 0 : a[i]) + value * value > 1 ? 'yes' : 'no'));
const clean = [new MeanImputer(), new ModeImputer(), new CategoryEncoder({ folds: 2 })];

describe('createExplainer', () => {
  const exact = [
    ['a forest', new Pipeline(clean, new RandomForestClassifier({ nEstimators: 5, maxDepth: 4 }))],
    ['boosting', new Pipeline(clean, new GradientBoostingClassifier({ nEstimators: 5, minSamplesLeaf: 5 }))],
    ['boosting on raw columns', new Pipeline([], new GradientBoostingClassifier({ nEstimators: 5 }))],
    ['a logistic regression', new Pipeline([...clean, new StandardScaler()], new LogisticRegression())],
    [
      'a logistic regression on products',
      new Pipeline(
        [...clean, new PolynomialFeatures({ degree: 2 }), new StandardScaler()],
        new LogisticRegression(),
      ),
    ],
  ] as const;
  it.each(exact)('of %s returns contributions that add up to the score', (_, pipeline) => {
    const model = pipeline.fit(x, y);
    const [, probabilities] = model.predictProba(x);
    createExplainer(model)(x).forEach(({ probability, unit, baseline, reasons }, row) => {
      expect(probability).toBe(probabilities[row]);
      const score = reasons.reduce((sum, { contribution }) => sum + contribution, baseline);
      expect(unit === 'probability' ? score : 1 / (1 + Math.exp(-score))).toBeCloseTo(probability, 10);
      expect(reasons.map(({ column }) => column).sort()).toEqual(['a', 'b', 'plan']);
      const sizes = reasons.map(({ contribution }) => Math.abs(contribution));
      expect(sizes).toEqual([...sizes].sort((one, other) => other - one));
    });
  });

  it('of other models returns the change of the log-odds if a value becomes missing', () => {
    const model = new Pipeline([...clean, new StandardScaler()], new SVC()).fit(x, y);
    const row = Table.fromColumns({ a: [2], b: [0.5], plan: ['x'] });
    const without = Table.fromColumns({ a: [NaN], b: [0.5], plan: ['x'] });
    const logOdds = (table: Table) => {
      const p = model.predictProba(table)[1][0];
      return Math.log(p / (1 - p));
    };
    const [{ reasons, unit }] = createExplainer(model)(row);
    expect(unit).toBe('log-odds');
    const ofA = reasons.find(({ column }) => column === 'a');
    expect(ofA?.contribution).toBeCloseTo(logOdds(row) - logOdds(without), 10);
  });

  it('divides a product equally among its factors', () => {
    const table = Table.fromColumns({ a: [-1, 1, -1, 1, -1, 1, -1, 1], b: [-1, -1, 1, 1, -1, -1, 1, 1] });
    const steps = [new PolynomialFeatures({ degree: 2, interactionOnly: true }), new StandardScaler()];
    const model = new Pipeline(steps, new LogisticRegression()).fit(table, [1, 0, 0, 1, 1, 0, 0, 1]);
    const [{ reasons }] = createExplainer(model)(table.take([0]));
    expect(reasons[0].contribution).toBeGreaterThan(0);
    expect(reasons[0].contribution).toBeCloseTo(reasons[1].contribution, 10);
  });

  it('rejects rows with infinite contributions, naming the column', () => {
    const steep = Table.fromColumns({ a: [-2, -1, 1, 2, -2, 2], b: [1, 0, 1, 0, 0, 1] });
    const pipeline = new Pipeline([new StandardScaler()], new LogisticRegression({ C: 1000 }));
    const model = pipeline.fit(steep, [0, 0, 1, 1, 0, 1]);
    const rows = Table.fromColumns({ a: [1, 1.7e308, 2, -1.7e308], b: [0, 1, 1, 1e9] });
    expect(Array.from(model.predictProba(rows)[1])).toEqual([expect.any(Number), 1, expect.any(Number), 0]);
    const { faults, result } = isolateFaults(rows, createExplainer(model));
    expect(faults).toMatchObject([
      { row: 1, column: 'a', detail: expect.stringContaining('got 1.7e+308') },
      { row: 3, column: 'a', detail: expect.stringContaining('got -1.7e+308') },
    ]);
    for (const { baseline, reasons } of result) {
      expect([baseline, ...reasons.map(({ contribution }) => contribution)].every(Number.isFinite)).toBe(
        true,
      );
    }
  });

  it('reports values, averages and missing values', () => {
    const model = new Pipeline([...clean, new StandardScaler()], new LogisticRegression()).fit(x, y);
    const [{ reasons }] = createExplainer(model)(
      Table.fromColumns({ a: [NaN], b: [1234.5678], plan: ['<x>'] }),
    );
    const texts = reasons.map(({ text }) => text);
    expect(texts).toContainEqual(expect.stringMatching(/^a is unknown: /));
    expect(texts).toContainEqual(
      expect.stringMatching(/^b is 1,235 \(average -?[\d.]+\), far beyond the training range: /),
    );
    expect(texts).toContainEqual(expect.stringMatching(/^plan is "<x>", not seen in training: /));
  });
});

describe('reasonText', () => {
  it.each([
    [0.5, 'raises the probability a lot'],
    [-0.1, 'lowers the probability somewhat'],
    [0.05, 'raises the probability a little'],
    [0, 'does not change the probability'],
  ])('words a contribution of %d', (contribution, effect) => {
    expect(reasonText('Total_Trans_Ct', 42, { contribution, to: 'probability', total: 1 })).toBe(
      `Total Trans Ct is 42: ${effect}`,
    );
  });

  it.each([
    [1234.56, '1,235'],
    [-0.000123456, '-0.0001235'],
    [0, '0'],
    [-123456789e9, '-1.235e+17'],
    [-4.5e-320, '-4.5e-320'],
  ])('shows %d with four digits', (value, text) => {
    expect(reasonText('x', value, { contribution: 0, to: 'probability', total: 1 })).toBe(
      `x is ${text}: does not change the probability`,
    );
  });
});
