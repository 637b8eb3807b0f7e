import { Random, Table } from '@churn/core';
import { GradientBoostingClassifier } from './gradient-boosting.js';

const random = new Random('continued');
const x = Table.fromColumns(
  ['a', 'b', 'c'].map((name) => [name, Float64Array.from({ length: 400 }, () => random.normal())]),
);
const two = Array.from(x.numeric('a'), (value) => Number(value + random.normal() > 0));
const three = two.map((label, row) => (row % 3 === 0 ? 2 : label));
const options = { nEstimators: 10, learningRate: 0.1, subsample: 0.7, categories: 'sets' } as const;
const model = new GradientBoostingClassifier(options);

describe('fit with from', () => {
  it.each([
    ['two classes', two],
    ['three classes', three],
  ])('of %s equals fitting all rounds at once', (_, y) => {
    const first = model.fit(x, y);
    const continued = model.fit(x, y, { from: first });
    const atOnce = new GradientBoostingClassifier({ ...options, nEstimators: 20 }).fit(x, y);
    expect(continued.nRounds).toBe(20);
    const [ours, theirs] = [continued, atOnce].map((fitted) => fitted.decisionFunction(x));
    const apart = ours.map((scores, k) =>
      Math.max(...scores.map((score, row) => Math.abs(score - theirs[k][row]))),
    );
    expect(Math.max(...apart)).toBeLessThan(1e-9);
    expect(first.nRounds).toBe(10);
  });

  it('fits on other rows with the existing bins, and stops early', () => {
    const half = Array.from({ length: 200 }, (_, row) => row);
    const first = model.fit(x.take(half), two.slice(0, 200));
    const rest = half.map((row) => row + 200);
    const continued = new GradientBoostingClassifier({ learningRate: 0.1 }).fit(
      x.take(rest),
      two.slice(200),
      {
        from: first,
      },
    );
    expect(continued.boosted.binning).toBe(first.boosted.binning);
    expect(continued.nRounds).toBeGreaterThan(10);
  });

  it('rejects a model of other classes, columns or category statistics', () => {
    const first = model.fit(x, two);
    expect(() => model.fit(x, three, { from: first })).toThrow(
      'from: expected a model of the classes 0, 1, 2, got one of 0, 1',
    );
    expect(() => model.fit(x.drop(['c']), two, { from: first })).toThrow(
      'from: expected a model of the columns a, b, got one of a, b, c',
    );
    const levels = x.with({ level: two.map((_, row) => `level ${row % 30}`) });
    const encoded = new GradientBoostingClassifier({ ...options, categories: 'statistics' }).fit(levels, two);
    expect(() => model.fit(levels, two, { from: encoded })).toThrow(
      'from: expected a model whose trees see columns as they are (categories: "sets"), got one of statistics of categories',
    );
  });
});
