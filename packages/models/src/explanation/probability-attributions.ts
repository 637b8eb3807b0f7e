import type { Attribution, Attributions } from '@churn/core';
import { classProbabilities } from '../class-probabilities.js';
import { sigmoid } from '../linear/logistic-loss.js';

/** Steps along the way from the baselines to the scores of a row. */
const STEPS = 32;

/** Sums closer to 0 than this are told by the slope, which a quotient would lose to rounding. */
const LEVEL = 1e-6;

/**
 * Attributions on the scale of probabilities: log-odds are rescaled so that baseline and contributions of a row add up to its
 * probability; probabilities are unchanged.
 *
 * Of two classes, all contributions to a row are multiplied by one number, the slope of the straight line from the baseline to the row.
 * Of more, a softmax makes each probability depend on all scores: what a feature adds to each score counts by the mean slope on the
 * straight way from the baselines to the scores (Aumann and Shapley, "Values of non-atomic games", 1974). The sums are exact, the shares
 * in them those of the log-odds.
 */
export function probabilityAttributions({ unit, outputs }: Attributions): Attributions {
  if (unit !== 'log-odds') return { unit, outputs };
  if (outputs.length > 1) return { unit: 'probability', outputs: throughSoftmax(outputs) };
  return { unit: 'probability', outputs: [rescaled(outputs[0], (z) => z.map(sigmoid))] };
}

/**
 * The attribution of a function of what `attribution` adds up to. The contributions to a row keep their proportions.
 *
 * @param f an elementwise function; where a row adds up to the baseline, its slope there is taken.
 */
export function rescaled(
  { baseline, contributions }: Attribution,
  f: (values: Float64Array) => Float64Array,
): Attribution {
  const sums = summed(contributions);
  const [start] = f(Float64Array.of(baseline));
  // Of a sum of nearly 0, the slope on a short way around.
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
  // The mean of p_k (δ_kl - p_l) on the way, for each pair of classes.
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

/** Spreads over the contributions, by their sizes, what they lack to the sums that they should have: the error of the steps. */
function settle(contributions: readonly Float64Array[], sums: Float64Array): void {
  const lacking = summed(contributions).map((sum, row) => sums[row] - sum);
  const sizes = summed(contributions.map((values) => values.map(Math.abs)));
  for (const values of contributions) {
    for (let row = 0; row < values.length; row++) {
      if (sizes[row] > 0) values[row] += (lacking[row] * Math.abs(values[row])) / sizes[row];
    }
  }
}

/** What the contributions to each row add up to. */
function summed(contributions: readonly Float64Array[]): Float64Array {
  const sums = new Float64Array(contributions[0]?.length ?? 0);
  for (const values of contributions) for (let row = 0; row < sums.length; row++) sums[row] += values[row];
  return sums;
}
