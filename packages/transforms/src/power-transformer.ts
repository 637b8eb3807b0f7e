import {
  booleanParameter,
  isNumberOrNull,
  type OptionsOf,
  oneOf,
  StateReader,
  withDefault,
} from '@churn/core';
import { fromBoxCox, noBoxCox, toBoxCox } from './box-cox.js';
import { likeliestBoxCoxLambda } from './box-cox-likelihood.js';
import { columnNames } from './chosen-columns.js';
import { numberList } from './number-list.js';
import { learnNumeric, mapNumbersBothWays, type NumberMap, requireMappable } from './numeric-columns.js';
import { StandardScaler, type StandardScalerState } from './standard-scaler.js';
import { type FittedBy, type InvertibleTransformation, transformer } from './transformer.js';
import { fromYeoJohnson, toYeoJohnson } from './yeo-johnson.js';
import { likeliestLambda } from './yeo-johnson-likelihood.js';

/** A family of power transforms. */
export type PowerMethod = 'yeo-johnson' | 'box-cox';

const METHODS: readonly PowerMethod[] = ['yeo-johnson', 'box-cox'];

interface PowerFamily {
  readonly likeliest: (values: Float64Array) => number;
  readonly to: (lambda: number) => NumberMap;
  readonly from: (lambda: number) => NumberMap;
}

const FAMILIES: Readonly<Record<PowerMethod, PowerFamily>> = {
  'yeo-johnson': { likeliest: likeliestLambda, to: toYeoJohnson, from: fromYeoJohnson },
  'box-cox': { likeliest: likeliestBoxCoxLambda, to: toBoxCox, from: fromBoxCox },
};

const parameters = {
  /** The columns to transform; default all numeric columns. */
  columns: columnNames(),
  /** The family of transforms; default `'yeo-johnson'`, for values of either sign; `'box-cox'` is for positive ones. */
  method: withDefault(oneOf(METHODS), 'yeo-johnson'),
  /** Whether to standardize the result to mean 0 and standard deviation 1; default `false`, whereas scikit-learn's is `True`. */
  standardize: withDefault(booleanParameter(), false),
};

export type PowerTransformerOptions = OptionsOf<typeof parameters>;

/** The power of each column, `null` if it had no value, and the scaling of the result, if any. */
export type PowerTransformerState = {
  readonly method: PowerMethod;
  readonly lambdas: Readonly<Record<string, number | null>>;
  readonly scaler: StandardScalerState | null;
};

/**
 * Makes the distribution of numeric columns more normal, by the maximum likelihood power.
 *
 * Missing values are ignored at `fit` and stay missing. A constant column has lambda 1 and is unchanged; one without any value at `fit`
 * is unchanged. A result that overflows becomes the largest number.
 *
 * ```ts
 * new PowerTransformer({ columns: ['Credit_Limit'] }).fit(train).state.lambdas; // { Credit_Limit: -0.29 }
 * ```
 */
export class PowerTransformer extends transformer({
  type: 'PowerTransformer',
  parameters,
  learn(x, { columns = x.namesOf('numeric'), method, standardize }): PowerTransformerState {
    if (method === 'box-cox') for (const name of columns) requireMappable(name, x.numeric(name), noBoxCox);
    const lambdas = learnNumeric(x, columns, FAMILIES[method].likeliest);
    const scaler = standardize
      ? new StandardScaler({ columns }).fit(powers(method, lambdas).transform(x)).state
      : null;
    return { method, lambdas, scaler };
  },
  restore(state) {
    const lambdas = state.record('lambdas', isNumberOrNull);
    const isScaled = state.get('scaler') !== null;
    const scaler = isScaled ? StandardScaler.restore(state.child('scaler')).state : null;
    const names = (record: object) => JSON.stringify(Object.keys(record));
    const isRight = scaler === null || names(scaler.means) === names(lambdas);
    state.expect(isRight, 'scaler', 'of the same columns as "lambdas"');
    return { method: state.oneOf('method', METHODS), lambdas, scaler };
  },
  apply({ method, lambdas, scaler }) {
    const power = powers(method, lambdas);
    return scaler
      ? inTurn(power, StandardScaler.restore(new StateReader(StandardScaler.type, scaler)))
      : power;
  },
  describe: ({ method, lambdas }) => `${method}, lambdas ${numberList(lambdas)}`,
}) {}

/** The powers that a `PowerTransformer` has learned. */
export type FittedPowerTransformer = FittedBy<typeof PowerTransformer>;

function powers(method: PowerMethod, lambdas: PowerTransformerState['lambdas']): InvertibleTransformation {
  const { to, from } = FAMILIES[method];
  return mapNumbersBothWays(lambdas, to, from);
}

/** One transformation after another. */
function inTurn(first: InvertibleTransformation, second: InvertibleTransformation): InvertibleTransformation {
  return {
    transform: (x) => second.transform(first.transform(x)),
    inverseTransform: (x) => first.inverseTransform(second.inverseTransform(x)),
    compileRow(schema) {
      const one = first.compileRow(schema);
      const other = second.compileRow(one.schema);
      return { schema: other.schema, apply: (row) => other.apply(one.apply(row)) };
    },
  };
}
