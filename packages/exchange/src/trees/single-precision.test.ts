import { Random } from '@churn/core';
import { below, over, upTo } from './single-precision';

const random = new Random(5);
const bits = new Float32Array(new Int32Array(100).map(() => random.int(2 ** 32)).buffer);
const thresholds = [0, -0, 1, -1, 0.1, 1e-45, -1e-45, 1e-38, 3.4028234663852886e38, ...bits].filter(
  Number.isFinite,
);

/** Doubles around a number of 32 bits, and around the middles between it and its neighbours. */
function near(threshold: number): number[] {
  const one = Math.fround(threshold);
  const words = new Int32Array(new Float32Array([one]).buffer);
  const neighbours = [-1, 1].map((step) => new Float32Array(new Int32Array([words[0] + step]).buffer)[0]);
  const points = [one, ...neighbours, ...neighbours.map((other) => one / 2 + other / 2)].filter(
    Number.isFinite,
  );
  return points
    .flatMap((point) =>
      [-2n, -1n, 0n, 1n, 2n].map((step) => {
        const double = new BigInt64Array(new Float64Array([point]).buffer);
        double[0] += step;
        return new Float64Array(double.buffer)[0];
      }),
    )
    .filter(Number.isFinite);
}

it('compares doubles as if they were rounded to single precision', () => {
  for (const threshold of thresholds) {
    const of32 = Math.fround(threshold);
    for (const x of near(threshold)) {
      expect([threshold, x, x <= upTo(threshold)]).toEqual([threshold, x, Math.fround(x) <= of32]);
      expect([threshold, x, x <= below(threshold)]).toEqual([threshold, x, Math.fround(x) < of32]);
    }
  }
});

it('with `<` in single precision is equivalent to `<=` with a double threshold', () => {
  for (const threshold of thresholds.flatMap(near).slice(0, 500)) {
    const edge = over(threshold);
    for (const x of near(threshold).map(Math.fround)) expect([x, x < edge]).toEqual([x, x <= threshold]);
  }
});
