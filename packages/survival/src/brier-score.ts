import { type DurationsLike, type OptionsOf, readOptions, requireParameter, square } from '@churn/core';
import { censoringParameters, censoringWeights, requireFiniteWeight } from './censoring.js';
import { checkedTimes, requireProbabilities } from './checked-columns.js';

export type BrierScoreOptions = OptionsOf<typeof censoringParameters>;

/**
 * The Brier score of predicted survival at each of `times`: the mean squared difference from 1 if a row is still event-free, and from 0
 * after its event, weighted for censoring (Graf et al., 1999). A constant survival of 0.5 scores 0.25.
 *
 * @param survival an array per time with a probability per row, as returned by `predictSurvival`.
 * @param times ascending, at least 0 and before the last duration.
 * @returns a number per time, at least 0.
 * @throws `invalid-data` if `survival` is not one probability per row and time; `invalid-parameter` for times that are none;
 * `invalid-target` with left truncation, and if a row stays or has its event when all are censored.
 */
export function brierScore(
  y: DurationsLike,
  survival: readonly ArrayLike<number>[],
  times: ArrayLike<number>,
  options?: BrierScoreOptions,
): Float64Array {
  const { durations, weights, ...censoring } = censoringWeights(
    y,
    readOptions(censoringParameters, options),
    'brierScore',
  );
  const { values, events, length } = durations;
  const at = checkedTimes(times, values);
  requireProbabilities(survival, length, at.length);
  const total = weights.reduce((sum, weight) => sum + weight, 0);
  const ofEvents = values.map((time, row) => (events[row] === 1 ? censoring.ofEvent(time) : 0));
  return at.map((time, i) => {
    const ofSurvivor = censoring.ofSurvivor(time);
    let sum = 0;
    for (let row = 0; row < length; row++) {
      if (weights[row] === 0) continue;
      const isThere = values[row] > time;
      const inverse = isThere ? ofSurvivor : ofEvents[row];
      requireFiniteWeight(inverse, row, 'brierScore', 'give times before it');
      sum += weights[row] * inverse * square((isThere ? 1 : 0) - survival[i][row]);
    }
    return sum / total;
  });
}

/**
 * The mean of the Brier score over the span of `times`, by the trapezoidal rule: one proper score of whole survival curves.
 * @param times two or more, ascending, at least 0 and before the last duration.
 * @throws as `brierScore`.
 */
export function integratedBrierScore(
  y: DurationsLike,
  survival: readonly ArrayLike<number>[],
  times: ArrayLike<number>,
  options?: BrierScoreOptions,
): number {
  const scores = brierScore(y, survival, times, options);
  requireParameter(times.length >= 2, 'times', 'two times or more', times.length);
  const areas = scores.map((score, i) =>
    i > 0 ? ((score + scores[i - 1]) / 2) * (times[i] - times[i - 1]) : 0,
  );
  return areas.reduce((sum, area) => sum + area, 0) / (times[times.length - 1] - times[0]);
}
