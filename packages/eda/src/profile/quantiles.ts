import { distinctValues } from './distinct-values.js';
import { type CountedValues, finiteValues } from './finite-values.js';

/**
 * The quantiles at `probabilities`, with linear interpolation between the values of nearest rank: the default of numpy and
 * pandas (Hyndman and Fan, "Sample quantiles in statistical packages", 1996, definition 7). `null` of no values.
 *
 * @param probabilities from 0 to 1, in ascending order.
 */
export function quantiles(
  { values, counts, n }: CountedValues,
  probabilities: readonly number[],
): (number | null)[] {
  if (n === 0) return probabilities.map(() => null);
  let place = 0;
  let upTo = counts[0];
  return probabilities.map((probability) => {
    const at = probability * (n - 1);
    const rank = Math.floor(at);
    while (upTo <= rank) upTo += counts[++place];
    const left = values[place];
    const right = rank + 1 < upTo || rank + 1 >= n ? left : values[place + 1];
    const weight = at - rank;
    const step = right - left;
    // The distance between opposite huge values overflows, but the share of each end does not.
    if (step === Infinity) return (1 - weight) * left + weight * right;
    return weight < 0.5 ? left + weight * step : right - (1 - weight) * step;
  });
}

/** As `quantiles`, of the finite ones among `values`, of which there is one at least. */
export function quantilesOf(values: Float64Array, probabilities: readonly number[]): number[] {
  return quantiles(finiteValues(distinctValues(values)), probabilities) as number[];
}
