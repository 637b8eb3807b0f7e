import { Random, Table } from '@churn/core';
import { LogisticRegression } from './logistic-regression.js';

it('reaches the optimum with so many columns that their Hessian is never computed', () => {
  const random = new Random(5);
  const n = 12;
  const rows = Array.from({ length: n }, () => Array.from({ length: 1600 }, () => random.normal()));
  const y = rows.map((_, i) => i % 2);
  const x = Table.fromMatrix(rows);
  const model = new LogisticRegression({ C: 0.01 }).fit(x, y);
  const [, probabilities] = model.predictProba(x);
  const { state } = model;
  const [{ coefficients }] = model.terms;
  expect(coefficients).toHaveLength(1600);
  expect(state.converged).toBe(true);
  // At the optimum, the gradients of penalty and loss cancel.
  coefficients.forEach((w, j) => {
    const pull = 0.01 * y.reduce((sum, code, i) => sum + (code - probabilities[i]) * rows[i][j], 0);
    expect(Math.abs(w - pull)).toBeLessThan(1e-8);
  });
});
