import { exp, log, log1p, type StateReader } from '@churn/core';
import { sigmoid } from '../linear/logistic-loss.js';

/** Turns a score `f` into the probability `1 / (1 + exp(-(slope f + intercept)))`. */
export type SigmoidFit = {
  readonly slope: number;
  readonly intercept: number;
};

/** @throws `model-file` where the state is not that of a sigmoid. */
export function restoreSigmoid(state: StateReader): SigmoidFit {
  return { slope: state.number('slope'), intercept: state.number('intercept') };
}

const MAX_STEPS = 100;

/** Scores closer together than this are the same: the slope between them would not be finite. */
const TINY = 1e-290;

/**
 * Platt scaling: the sigmoid of a score that best gives the probability of the positive class.
 *
 * It minimises `-Σ w_i (t_i log p_i + (1 - t_i) log(1 - p_i))` with Platt's targets, which keep it from certainty: `t_i` is
 * `(n1 + 1) / (n1 + 2)` for a positive row and `1 / (n0 + 2)` for another, with `n1` and `n0` the weights of these rows (Platt,
 * "Probabilistic outputs for support vector machines", 1999). The objective is that of scikit-learn's
 * `CalibratedClassifierCV`; the minimum is found by Newton steps (Lin, Lin and Weng, 2007). Scores that are all the same get a
 * slope of 0.
 *
 * @param scores a finite number a row.
 * @param isPositive 1 for a row of the positive class, else 0.
 */
export function plattScaling(
  scores: Float64Array,
  isPositive: ArrayLike<number>,
  weights?: ArrayLike<number>,
): SigmoidFit {
  const n = scores.length;
  let low = Infinity;
  let high = -Infinity;
  let positives = 0;
  let negatives = 0;
  for (let i = 0; i < n; i++) {
    // A class that a model has not seen has infinite scores.
    if (Number.isFinite(scores[i])) {
      low = Math.min(low, scores[i]);
      high = Math.max(high, scores[i]);
    }
    const weight = weights ? weights[i] : 1;
    if (isPositive[i] === 1) positives += weight;
    else negatives += weight;
  }
  const targetOfPositive = (positives + 1) / (positives + 2);
  const targetOfNegative = 1 / (negatives + 2);
  // Scores moved into [-1, 1] make the steps independent of their scale; halved before they are added, they cannot overflow.
  const centre = low / 2 + high / 2;
  const spread = high / 2 - low / 2;
  const varies = spread > TINY;
  const scale = varies ? spread : 1;
  const z = scores.map((score) => (varies ? (Math.min(Math.max(score, low), high) - centre) / scale : 0));

  const loss = (a: number, b: number) => {
    let sum = 0;
    for (let i = 0; i < n; i++) {
      const raw = a * z[i] + b;
      const target = isPositive[i] === 1 ? targetOfPositive : targetOfNegative;
      const rowLoss = Math.max(raw, 0) - target * raw + log1p(exp(-Math.abs(raw)));
      sum += weights ? weights[i] * rowLoss : rowLoss;
    }
    return sum;
  };

  let slope = 0;
  let intercept = log((positives + 1) / (negatives + 1));
  let current = loss(slope, intercept);
  for (let step = 0; step < MAX_STEPS; step++) {
    let [gradientA, gradientB] = [0, 0];
    let [hessianAA, hessianAB, hessianBB] = [0, 0, 0];
    for (let i = 0; i < n; i++) {
      const weight = weights ? weights[i] : 1;
      const p = sigmoid(slope * z[i] + intercept);
      const excess = weight * (p - (isPositive[i] === 1 ? targetOfPositive : targetOfNegative));
      const curvature = weight * p * (1 - p);
      gradientA += excess * z[i];
      gradientB += excess;
      hessianAA += curvature * z[i] * z[i];
      hessianAB += curvature * z[i];
      hessianBB += curvature;
    }
    // Keeps the step defined where all scores are the same.
    const ridge = 1e-12 * (hessianAA + hessianBB);
    hessianAA += ridge;
    hessianBB += ridge;
    const determinant = hessianAA * hessianBB - hessianAB * hessianAB;
    if (!(determinant > 0)) break;
    const stepA = (hessianAB * gradientB - hessianBB * gradientA) / determinant;
    const stepB = (hessianAB * gradientA - hessianAA * gradientB) / determinant;
    const decrease = -(gradientA * stepA + gradientB * stepB);
    if (!(decrease > 1e-16 * (current + 1))) {
      // The last step cannot be seen in the loss any more, and still brings the weights closer.
      slope += stepA;
      intercept += stepB;
      break;
    }
    let size = 1;
    let next = loss(slope + stepA, intercept + stepB);
    while (!(next <= current - 1e-4 * size * decrease) && size > 1e-10) {
      size /= 2;
      next = loss(slope + size * stepA, intercept + size * stepB);
    }
    if (!(next < current)) break;
    slope += size * stepA;
    intercept += size * stepB;
    current = next;
  }
  if (!varies) return { slope: 0, intercept };
  return { slope: slope / scale, intercept: intercept - (slope / scale) * centre };
}

/** The probability of each score. */
export function sigmoidValues({ slope, intercept }: SigmoidFit, scores: Float64Array): Float64Array {
  // A slope of 0 leaves the intercept, whatever the score, be it infinite.
  return scores.map((score) => sigmoid(slope === 0 ? intercept : slope * score + intercept));
}
