import { exp, Random, Table } from '@churn/core';

/** Generated customers, some of whom were called, with the true effects of the call. */
export interface KnownEffects {
  /** The columns `usage`, `tenure`, `plan` and `call`, whose level `none` is the control. */
  readonly x: Table;
  /** 1 for each customer who stayed, otherwise 0. */
  readonly stayed: number[];
  /** The increase in each customer's probability of staying due to a call. */
  readonly effects: Float64Array;
  /** Each customer's probability of leaving without a call. */
  readonly risk: Float64Array;
}

/**
 * Calls keep customers with high usage, and remind those with low usage that they could leave. The risk of leaving depends only on the tenure.
 *
 * @param propensityOf the probability of a call, given the usage. Default 0.5.
 */
export function knownEffects(
  nRows: number,
  seed: number,
  propensityOf: (usage: number) => number = () => 0.5,
): KnownEffects {
  const random = new Random('known effects', seed);
  const draw = () => Float64Array.from({ length: nRows }, () => 2 * random.uniform() - 1);
  const [usage, tenure] = [draw(), draw()];
  const plan = Array.from(usage, () => (random.uniform() < 0.5 ? 'basic' : 'plus'));
  const risk = tenure.map((value) => 0.2 + 0.5 / (1 + exp(4 * value)));
  const effects = usage.map((value, row) => (plan[row] === 'plus' ? 0.18 : 0.1) * value);
  const called = usage.map((value) => Number(random.uniform() < propensityOf(value)));
  const stayed = Array.from(called, (arm, row) =>
    Number(random.uniform() < 1 - risk[row] + arm * effects[row]),
  );
  const call = Array.from(called, (arm) => (arm === 1 ? 'call' : 'none'));
  return { x: Table.fromColumns({ usage, tenure, plan, call }), stayed, effects, risk };
}

/** Pearson's correlation. */
export function correlation(a: ArrayLike<number>, b: ArrayLike<number>): number {
  const mean = (values: ArrayLike<number>) =>
    Array.from(values).reduce((sum, value) => sum + value, 0) / values.length;
  const [ofA, ofB] = [mean(a), mean(b)];
  const product = (c: ArrayLike<number>, ofC: number, d: ArrayLike<number>, ofD: number) =>
    Array.from(c).reduce((sum, value, i) => sum + (value - ofC) * (d[i] - ofD), 0);
  return product(a, ofA, b, ofB) / Math.sqrt(product(a, ofA, a, ofA) * product(b, ofB, b, ofB));
}
