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

/** Its log-odds as amounts. */
export const amounts: FittedRegressor = {
  role: 'regressor',
  type: 'Amounts',
  state: {},
  features,
  predict: logOddsOf,
};
