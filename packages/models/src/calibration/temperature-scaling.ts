import type { StateReader } from '@churn/core';
import { classProbabilities } from '../class-probabilities.js';
import { softplus } from '../linear/logistic-loss.js';

/** Divides log-odds, or the logarithms of the probabilities of all classes. */
export type TemperatureFit = {
  /** Above 1 for an overconfident model, below 1 for an underconfident one. */
  readonly temperature: number;
};

/** The range of temperatures, reached by useless and by perfect models. */
const MIN_TEMPERATURE = 1e-2;
const MAX_TEMPERATURE = 1e2;

/** @throws `model-file` if `state` is not that of a temperature. */
export function restoreTemperature(state: StateReader): TemperatureFit {
  return { temperature: state.number('temperature', { from: MIN_TEMPERATURE, to: MAX_TEMPERATURE }) };
}

/**
 * Temperature scaling: the number by which log-odds, or the logarithms of the probabilities of several classes, are divided to minimise the
 * log loss. It never changes the most likely class (Guo, Pleiss, Sun and Weinberger, "On calibration of modern neural networks", 2017).
 *
 * The loss is convex in `1 / temperature`; its minimum is found by bisection.
 *
 * @param logOdds of two classes one array, the log-odds of the second; of more one per class. Finite numbers a row.
 * @param codes the class of each row.
 */
export function temperatureScaling(
  logOdds: readonly Float64Array[],
  codes: ArrayLike<number>,
  weights?: ArrayLike<number>,
): TemperatureFit {
  const logits = logitsOf(logOdds);
  const nRows = codes.length;
  /** The derivative of the loss with respect to the inverse of the temperature. */
  const slopeAt = (inverse: number) => {
    const probabilities = classProbabilities(logits.map((z) => z.map((each) => inverse * each)));
    let slope = 0;
    for (let row = 0; row < nRows; row++) {
      let excess = 0;
      if (logits.length === 1) excess = (probabilities[1][row] - codes[row]) * logits[0][row];
      else {
        for (let k = 0; k < logits.length; k++) {
          excess += (probabilities[k][row] - (codes[row] === k ? 1 : 0)) * logits[k][row];
        }
      }
      slope += weights ? weights[row] * excess : excess;
    }
    return slope;
  };
  let low = 1 / MAX_TEMPERATURE;
  let high = 1 / MIN_TEMPERATURE;
  if (slopeAt(low) >= 0) return { temperature: MAX_TEMPERATURE };
  if (slopeAt(high) <= 0) return { temperature: MIN_TEMPERATURE };
  for (let step = 0; step < 60 && high - low > 1e-11 * high; step++) {
    const middle = step < 20 ? Math.sqrt(low * high) : (low + high) / 2;
    if (slopeAt(middle) < 0) low = middle;
    else high = middle;
  }
  return { temperature: 2 / (low + high) };
}

/** The probabilities of all classes. */
export function temperatureValues(
  { temperature }: TemperatureFit,
  logOdds: readonly Float64Array[],
): Float64Array[] {
  return classProbabilities(logitsOf(logOdds).map((z) => z.map((each) => each / temperature)));
}

/** The log-odds of the second of two classes, or the logarithms of the probabilities of more. */
function logitsOf(logOdds: readonly Float64Array[]): readonly Float64Array[] {
  return logOdds.length === 1 ? logOdds : logOdds.map((z) => z.map((each) => -softplus(-each)));
}
