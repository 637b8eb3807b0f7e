import { exp, type FittedClassifier, type FittedRegressor, Table } from '@churn/core';
import reference from './reference/peers.json';

const EFFECTS: Readonly<Record<string, number>> = { basic: -0.5, plus: 0, pro: 1 };

/** The rows of the reference. */
export const x = Table.fromColumns(reference.x);

function logOddsOf(table: Table): Float64Array {
  const [a, b, c] = ['a', 'b', 'c'].map((name) => table.numeric(name));
  const { codes, levels } = table.category('plan');
  return a.map(
    (value, i) =>
      0.3 * value * b[i] - 0.5 * value + 0.1 * b[i] * b[i] - 0.2 * c[i] + EFFECTS[levels[codes[i]]],
  );
}

const features = ['a', 'b', 'c', 'plan'];

/** The model of peers.py. */
export const formula: FittedClassifier = {
  role: 'classifier',
  type: 'Formula',
  state: {},
  classes: [0, 1],
  features,
  predictProba(table) {
    const p = logOddsOf(table).map((z) => 1 / (1 + exp(-z)));
    return [p.map((each) => 1 - each), p];
  },
  predict: () => [],
};

/** A regressor that predicts the log-odds of `formula`. */
export const amounts: FittedRegressor = {
  role: 'regressor',
  type: 'Amounts',
  state: {},
  features,
  predict: logOddsOf,
};

/** The rows of the reference, with the numbers of `c` as levels. */
export const withLevels = x.with({ c: Array.from(x.numeric('c'), (value) => `level ${value}`) });

/** A regressor on `withLevels` in which the levels of `c` interact with `b`. */
export const crossed: FittedRegressor = {
  ...amounts,
  predict(table) {
    const { codes, levels } = table.category('c');
    const c = codes.map((code) => Number(levels[code].slice('level '.length)));
    const b = table.numeric('b');
    return logOddsOf(table.with({ c: Float64Array.from(c) })).map(
      (value, i) => value + 0.3 * b[i] * ((c[i] * 5) % 7),
    );
  },
};
