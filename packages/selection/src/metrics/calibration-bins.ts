import {
  integerParameter,
  type LabelsLike,
  type OptionsOf,
  oneOf,
  readOptions,
  withDefault,
} from '@churn/core';
import type { Scores } from './metric.js';
import { positiveParameters } from './positive-class.js';
import { type RankedRows, rankedRows } from './ranked-rows.js';
import { requireProbabilities } from './score-columns.js';

const parameters = {
  ...positiveParameters,
  /** The number of bins, at least 1. Default 5 for the curve, 10 for the error. */
  nBins: integerParameter({ from: 1 }),
  /** `'uniform'` bins have equal width, `'quantile'` bins equally many rows (ignoring weights). Default `'uniform'`. */
  strategy: withDefault(oneOf(['uniform', 'quantile']), 'uniform'),
};

export type CalibrationOptions = OptionsOf<typeof parameters>;

/** The rows of each bin that has some. */
export interface CalibrationBins {
  /** The share of rows of the positive class. */
  readonly probTrue: Float64Array;
  /** The mean of the probabilities. */
  readonly probPred: Float64Array;
  /** How many rows; with weights, their total weight. */
  readonly counts: Float64Array;
}

/**
 * Groups rows by the probability of their positive class. A row on the edge of two bins is in the lower.
 *
 * @param bins how many there are, unless the options say.
 * @throws `invalid-parameter` if an option is invalid; `invalid-data` if a probability is outside 0 to 1; and as `rocCurve`.
 */
export function calibrationBins(
  yTrue: LabelsLike,
  probabilities: Scores,
  options: CalibrationOptions | undefined,
  bins: number,
): CalibrationBins {
  const { nBins = bins, strategy, ...ranking } = readOptions(parameters, options);
  const rows = rankedRows(yTrue, probabilities, ranking);
  requireProbabilities(rows.scores);
  const edges = strategy === 'uniform' ? uniformEdges(nBins) : quantileEdges(rows.scores, nBins);
  return fill(rows, edges);
}

function fill({ codes, positive, scores, weights }: RankedRows, edges: Float64Array): CalibrationBins {
  const positives = new Float64Array(edges.length + 1);
  const sums = new Float64Array(edges.length + 1);
  const counts = new Float64Array(edges.length + 1);
  for (let row = 0; row < scores.length; row++) {
    const weight = weights === undefined ? 1 : weights[row];
    const bin = edgesBelow(edges, scores[row]);
    counts[bin] += weight;
    sums[bin] += weight * scores[row];
    if (codes[row] === positive) positives[bin] += weight;
  }
  const hasRows = (_: number, bin: number) => counts[bin] > 0;
  return {
    probTrue: positives.map((value, bin) => value / counts[bin]).filter(hasRows),
    probPred: sums.map((value, bin) => value / counts[bin]).filter(hasRows),
    counts: counts.filter(hasRows),
  };
}

/** The edges between bins of equal width. */
function uniformEdges(nBins: number): Float64Array {
  const width = 1 / nBins;
  return Float64Array.from({ length: nBins - 1 }, (_, i) => (i + 1) * width);
}

/** The edges between bins of equally many rows: quantiles with linear interpolation (Hyndman and Fan, 1996, type 7). */
function quantileEdges(scores: Float64Array, nBins: number): Float64Array {
  const sorted = scores.slice().sort();
  const width = 1 / nBins;
  return Float64Array.from({ length: nBins - 1 }, (_, i) => {
    // By way of percentages, as scikit-learn: the last bit decides on which side of an edge a row on it is.
    const percentage = (i + 1) * width * 100;
    const position = (percentage / 100) * (sorted.length - 1);
    const low = Math.floor(position);
    const part = position - low;
    const [a, b] = [sorted[low], sorted[Math.min(low + 1, sorted.length - 1)]];
    // From the nearer side, so that an edge on a score is that score.
    return part < 0.5 ? a + (b - a) * part : b - (b - a) * (1 - part);
  });
}

/** How many of the ascending edges are below `value`. */
function edgesBelow(edges: Float64Array, value: number): number {
  let low = 0;
  let high = edges.length;
  while (low < high) {
    const middle = (low + high) >>> 1;
    if (edges[middle] < value) low = middle + 1;
    else high = middle;
  }
  return low;
}
