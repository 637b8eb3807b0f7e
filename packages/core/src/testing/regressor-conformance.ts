import type { FittedRegressor, Regressor } from '../regressor.js';
import type { Restorable } from '../restore.js';
import { TargetValues, type TargetValuesLike } from '../target-values.js';
import { type ConformanceCheck, refuses, same } from './check.js';
import { type CommonSubject, modelConformance } from './model-conformance.js';

/** The subject of the conformance checks of a regressor. */
export interface RegressorSubject extends CommonSubject<TargetValues> {
  readonly regressor: Regressor;
  readonly restorable: Restorable<FittedRegressor>;
  readonly y: TargetValuesLike;
  /** Further specifications of its class, if it has `fitMany`. */
  readonly others?: readonly Regressor[];
}

/** The checks that every regressor passes, for any test runner. */
export function regressorConformance({ regressor, y, ...subject }: RegressorSubject): ConformanceCheck[] {
  const { x } = subject;
  const amounts = TargetValues.from(y);
  const middle = [...amounts.values].sort((a, b) => a - b)[amounts.length >> 1];
  return [
    ...modelConformance<TargetValues>({
      ...subject,
      model: regressor,
      y: amounts,
      unequalWeights: amounts.values.map((value) => (value < middle ? 9 : 1)),
      isOutput: Number.isFinite,
    }),
    {
      name: 'predicts a finite number for each row',
      run() {
        const predicted = regressor.fit(x, amounts).predict(x);
        same(predicted.length, x.nRows, 'the number of predictions');
        if (!predicted.every(Number.isFinite)) throw new Error('a prediction is not a number');
      },
    },
    {
      name: 'rejects class labels, and target values that are missing or infinite',
      run() {
        refuses(() => regressor.fit(x, Array.from(x.names, String) as never), 'invalid-target');
        for (const wrong of [NaN, Infinity]) {
          refuses(
            () =>
              regressor.fit(
                x,
                amounts.values.map((value, row) => (row === 1 ? wrong : value)),
              ),
            'invalid-target',
          );
        }
      },
    },
  ];
}
