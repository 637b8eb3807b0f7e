import { Random } from '@churn/core';
import { MultinomialLoss } from './multinomial-loss.js';

const random = new Random(3);
const draw = (length: number) => Float64Array.from({ length }, () => random.normal());
const loss = new MultinomialLoss([draw(7), draw(7)], [0, 1, 2, 0, 1, 2, 2], 3, draw(7).map(Math.abs));
const w = draw(6);
const moved = (j: number, by: number) => w.map((value, k) => (j === k ? value + by : value));

it('has the differences of its value as gradient, and those of the gradient as Hessian', () => {
  const z = loss.scores(w);
  const hessian = loss.hessian(z, [0, 1, 2, 3, 4, 5]);
  const product = loss.hessianTimes(z)(Float64Array.of(0, 0, 1, 0, 0, 0));
  for (let j = 0; j < 6; j++) {
    const [up, down] = [loss.scores(moved(j, 1e-5)), loss.scores(moved(j, -1e-5))];
    expect(loss.gradient(z)[j]).toBeCloseTo((loss.value(up) - loss.value(down)) / 2e-5, 7);
    const [right, left] = [loss.gradient(up), loss.gradient(down)];
    for (let k = 0; k < 6; k++) expect(hessian[j * 6 + k]).toBeCloseTo((right[k] - left[k]) / 2e-5, 7);
    expect(product[j]).toBeCloseTo(hessian[2 * 6 + j], 12);
  }
});
