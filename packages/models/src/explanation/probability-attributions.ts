import type { Attribution, Attributions } from '@churn/core';
import { classProbabilities } from '../class-probabilities.js';
import { sigmoid } from '../linear/logistic-loss.js';

/** The number of steps on the path from the baselines to the scores of a row. */
const STEPS = 32;

/** For sums closer to 0 than this, the derivative is used, since a quotient would lose precision. */
const LEVEL = 1e-6;

/**
 * Attributions on the scale of probabilities: log-odds are rescaled so that baseline and contributions of a row add up to its probability;
 * probabilities are unchanged.
 *
 * For two classes, all contributions to a row are multiplied by one number, the slope of the line from the baseline to the row. For more,
 * the softmax makes each probability depend on all scores, so the contribution of a feature to each score is multiplied by the mean
 * derivative on the straight path from the baselines to the scores (Aumann and Shapley, "Values of non-atomic games", 1974). The sums are
 * exact, and the proportions are those of the log-odds.
 */
export function probabilityAttributions({ unit, outputs }: Attributions): Attributions {
  if (unit !== 'log-odds') return { unit, outputs };
  if (outputs.length > 1) return { unit: 'probability', outputs: throughSoftmax(outputs) };
  return { unit: 'probability', outputs: [rescaled(outputs[0], (z) => z.map(sigmoid))] };
}

/**
 * The attribution of a function of the total of `attribution`. The contributions to a row keep their proportions.
 *
 * @param f an elementwise function; where a row adds up to the baseline, its slope there is taken.
 */
export function rescaled(
  { baseline, contributions }: Attribution,
  f: (values: Float64Array) => Float64Array,
): Attribution {
  const sums = summed(contributions);
  const [start] = f(Float64Array.of(baseline));
  // For a sum close to 0, the slope of a short secant.
  const isLevel = sums.map((sum) => Number(Math.abs(sum) < LEVEL));
  const from = f(sums.map((sum, row) => (isLevel[row] ? baseline + sum - LEVEL : baseline)));
  const to = f(sums.map((sum, row) => baseline + sum + (isLevel[row] ? LEVEL : 0)));
  const slopes = sums.map((sum, row) => (to[row] - from[row]) / (isLevel[row] ? 2 * LEVEL : sum));
  return {
    baseline: start,
    contributions: contributions.map((values) => values.map((value, row) => slopes[row] * value)),
  };
}

function throughSoftmax(outputs: readonly Attribution[]): Attribution[] {
  const nFeatures = outputs[0].contributions.length;
  const sums = outputs.map(({ contributions }) => summed(contributions));
  const nRows = sums[0]?.length ?? 0;
  const baselines = outputs.map(({ baseline }) => baseline);
  const at = (share: number) =>
    classProbabilities(sums.map((sum, k) => sum.map((each) => baselines[k] + share * each)));
  const start = classProbabilities(baselines.map((each) => Float64Array.of(each))).map(([p]) => p);
  const end = at(1);
  const made = start.map(
    (baseline): Attribution => ({
      baseline,
      contributions: Array.from({ length: nFeatures }, () => new Float64Array(nRows)),
    }),
  );
  // The mean of p_k (δ_kl - p_l) on the path, for each pair of classes.
  const slopes = outputs.map(() => outputs.map(() => new Float64Array(nRows)));
  for (let step = 0; step < STEPS; step++) {
    const p = at((step + 0.5) / STEPS);
    slopes.forEach((ofClass, k) => {
      ofClass.forEach((slope, l) => {
        for (let row = 0; row < nRows; row++) {
          slope[row] += (p[k][row] * ((k === l ? 1 : 0) - p[l][row])) / STEPS;
        }
      });
    });
  }
  made.forEach(({ contributions }, k) => {
    contributions.forEach((values, feature) => {
      outputs.forEach((output, l) => {
        const added = output.contributions[feature];
        for (let row = 0; row < nRows; row++) values[row] += slopes[k][l][row] * added[row];
      });
    });
    settle(
      contributions,
      end[k].map((p) => p - start[k]),
    );
  });
  return made;
}

/** Distributes the error of the numerical integration over the contributions, in proportion to their sizes. */
function settle(contributions: readonly Float64Array[], sums: Float64Array): void {
  const lacking = summed(contributions).map((sum, row) => sums[row] - sum);
  const sizes = summed(contributions.map((values) => values.map(Math.abs)));
  for (const values of contributions) {
    for (let row = 0; row < values.length; row++) {
      if (sizes[row] > 0) values[row] += (lacking[row] * Math.abs(values[row])) / sizes[row];
    }
  }
}

/** The sum of the contributions to each row. */
function summed(contributions: readonly Float64Array[]): Float64Array {
  const sums = new Float64Array(contributions[0]?.length ?? 0);
  for (const values of contributions) for (let row = 0; row < sums.length; row++) sums[row] += values[row];
  return sums;
}
