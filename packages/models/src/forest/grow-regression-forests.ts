import {
  ChurnError,
  type FitOptions,
  requireTargetPerRow,
  sampleWeights,
  type Table,
  TargetValues,
  type TargetValuesLike,
} from '@churn/core';
import { RegressionStatistics } from '../trees/regression-statistics.js';
import { LARGEST_AMOUNT, scaledTargets } from '../trees/scaled-targets.js';
import { inUnit, weightUnit } from '../weight-unit.js';
import { weightedRows } from '../weighted-rows.js';
import { FittedForestRegressor } from './fitted-forest-regressor.js';
import type { ForestRegressorSettings } from './forest-parameters.js';
import { type ForestKind, growForests } from './grow-forest.js';
import { oobR2 } from './out-of-bag.js';

/**
 * Grows regression forests on the same rows, like `growForests`.
 * @throws `invalid-target` if a target value is missing, infinite, or beyond 1e300; or, by the Poisson deviance, below 0; `invalid-data` if
 * there are no rows, or the table has others.
 */
export function growRegressionForests(
  { type, splitter }: ForestKind,
  x: Table,
  y: TargetValuesLike,
  specifications: readonly { readonly options: ForestRegressorSettings }[],
  options: FitOptions = {},
): FittedForestRegressor[] {
  const settings = specifications.map((specification) => specification.options);
  const amounts = TargetValues.from(y);
  requireAmount(
    amounts,
    (amount) => Math.abs(amount) <= LARGEST_AMOUNT,
    `of at most ${LARGEST_AMOUNT} in absolute value`,
  );
  requireTargetPerRow(x, amounts);
  if (amounts.length === 0) throw new ChurnError('invalid-data', `${type}: the table has no rows`);
  const given = sampleWeights(options, amounts.length) ?? new Float64Array(amounts.length).fill(1);
  const weights = inUnit(given, weightUnit(given));
  const learned = weightedRows(weights);
  const forests = growForests(splitter, x, learned, settings, ({ criterion }) => {
    if (criterion === 'poisson')
      requireAmount(amounts, (amount) => amount >= 0, "of at least 0 for criterion 'poisson'");
    // The total weight if each row were drawn as often as the most frequent one.
    const maxWeight =
      (learned?.length ?? weights.length) * weights.reduce((most, weight) => Math.max(most, weight), 0);
    const { whole, ...scale } = scaledTargets(amounts.values, maxWeight, criterion === 'squaredError');
    return {
      target: { amounts: whole },
      statistics: new RegressionStatistics(scale, criterion),
      weights,
      oobScore: (outOfBag) => oobR2(outOfBag, amounts, weights),
    };
  });
  return forests.map((forest) => new FittedForestRegressor(type, forest));
}

function requireAmount(
  { values }: TargetValues,
  isRight: (amount: number) => boolean,
  expected: string,
): void {
  const row = values.findIndex((amount) => !isRight(amount));
  if (row < 0) return;
  throw new ChurnError(
    'invalid-target',
    `row ${row}: expected a target value ${expected}, got ${values[row]}`,
  );
}
