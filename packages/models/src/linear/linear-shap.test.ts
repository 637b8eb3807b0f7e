import { Table } from '@churn/core';
import reference from '../../test/reference/logistic_regression.json';
import { linearShap } from './linear-shap.js';
import { LogisticRegression } from './logistic-regression.js';

it('is the coefficient times the distance from the mean', () => {
  const x = Table.fromColumns({ a: [1, 2, 3, 6], b: [0, 1, 1, 0] });
  const model = new LogisticRegression().fit(x, [0, 0, 1, 1]);
  const [{ contributions }] = linearShap(model, x, { a: 2, b: 0.5 });
  const [w] = model.terms[0].coefficients;
  expect(contributions[0][3]).toBeCloseTo(4 * w, 12);
});

it.each(reference.data)('adds up to the raw scores: $name', ({ x: rows, y }) => {
  const x = Table.fromMatrix(rows);
  const model = new LogisticRegression().fit(x, y);
  const scores = model.decisionFunction(x);
  linearShap(model, x, x).forEach(({ contributions, expectedValue }, c) => {
    scores[c].forEach((score, row) => {
      const sum = contributions.reduce((total, values) => total + values[row], expectedValue);
      expect(Math.abs(sum - score)).toBeLessThan(1e-9);
    });
  });
});

it('rejects a background without the mean of a feature', () => {
  const x = Table.fromColumns({ a: [1, 2], b: [0, 1] });
  const model = new LogisticRegression().fit(x, [0, 1]);
  expect(() => linearShap(model, x, { a: 2 })).toThrow(
    'background, column "b": expected a finite mean, got NaN',
  );
});
