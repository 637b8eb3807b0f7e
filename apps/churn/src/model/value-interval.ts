import { isNumber, type StateReader } from '@churn/core';

/** The share of the rows whose value an interval is to hold. */
const COVERAGE = 0.9;
/** So few rows held out tell the tails of an interval; of fewer, several bins are one. */
const FEWEST_ROWS = 200;
const MOST_BINS = 10;

/** What is added to a predicted value for the ends of its interval, by the bin of predictions that it lies in. */
export type ValueInterval = {
  /** The share of rows of the same kind whose value lies in it, at least. */
  readonly coverage: number;
  /** The predictions from which on the next bin holds, ascending: one fewer than there are bins. */
  readonly edges: readonly number[];
  /** For each bin, what is added for the lower and for the upper end. */
  readonly low: readonly number[];
  readonly high: readonly number[];
};

/**
 * The interval by the residuals of rows held out, at equal tails: split-conformal prediction (Lei, G'Sell, Rinaldo, Tibshirani and
 * Wasserman, "Distribution-free predictive inference for regression", 2018), with signed residuals, so that skewed values get a skewed
 * interval. Rows of about equal predictions make a bin of their own (Mondrian: Vovk, Gammerman and Shafer, "Algorithmic learning in a random
 * world", 2005), so that the interval is wide where errors are large, and its coverage holds in each bin. Where the rows are too few for the
 * coverage, it goes from the least residual to the largest.
 *
 * @param predicted by models that had not seen the row.
 */
export function valueInterval(
  actual: Float64Array,
  predicted: ArrayLike<number>,
  coverage = COVERAGE,
): ValueInterval {
  const edges = edgesOf(predicted);
  const residuals = Array.from({ length: edges.length + 1 }, (): number[] => []);
  actual.forEach((value, row) => {
    residuals[binOf(edges, predicted[row])].push(value - predicted[row]);
  });
  const ends = residuals.map((ofBin) => endsOf(Float64Array.from(ofBin).sort(), coverage));
  return { coverage, edges, low: ends.map(([low]) => low), high: ends.map(([, high]) => high) };
}

/** Of residuals in ascending order. */
function endsOf(residuals: Float64Array, coverage: number): readonly [low: number, high: number] {
  const n = residuals.length;
  // A product of decimals may be less than the integer that it is.
  const below = Math.floor(((1 - coverage) / 2) * (n + 1) + 1e-9);
  const place = Math.max(0, below - 1);
  return [residuals[place], residuals[n - 1 - place]];
}

/** Where bins of about equally many predictions begin, the first aside; equal predictions stay together. */
function edgesOf(predicted: ArrayLike<number>): number[] {
  const sorted = Float64Array.from(predicted).sort();
  const n = sorted.length;
  const nBins = Math.min(MOST_BINS, Math.max(1, Math.floor(n / FEWEST_ROWS)));
  const edges: number[] = [];
  let from = 0;
  for (let bin = 1; bin < nBins; bin++) {
    const edge = sorted[Math.floor((bin * n) / nBins)];
    const to = sorted.indexOf(edge);
    if (to - from < FEWEST_ROWS || n - to < FEWEST_ROWS) continue;
    edges.push(edge);
    from = to;
  }
  return edges;
}

function binOf(edges: readonly number[], prediction: number): number {
  let bin = 0;
  while (bin < edges.length && prediction >= edges[bin]) bin++;
  return bin;
}

/** The ends of the interval of each prediction. */
export function intervalEnds(
  { edges, low, high }: ValueInterval,
  predicted: Float64Array,
): { readonly low: Float64Array; readonly high: Float64Array } {
  const bins = Array.from(predicted, (value) => binOf(edges, value));
  return {
    low: predicted.map((value, row) => value + low[bins[row]]),
    high: predicted.map((value, row) => value + high[bins[row]]),
  };
}

/** The share of rows whose value lies in the interval of its prediction. */
export function intervalCovers(
  interval: ValueInterval,
  actual: Float64Array,
  predicted: Float64Array,
): number {
  const { low, high } = intervalEnds(interval, predicted);
  const held = actual.filter((value, row) => value >= low[row] && value <= high[row]);
  return held.length / actual.length;
}

/** @throws `model-file` if the state is not one of an interval. */
export function restoreInterval(state: StateReader): ValueInterval {
  const coverage = state.number('coverage', { from: 0, to: 1 });
  // Of a file of an earlier version, which has the same interval for all predictions.
  if (isNumber(state.get('low'))) {
    const low = state.number('low');
    return { coverage, edges: [], low: [low], high: [state.number('high', { from: low })] };
  }
  const edges = state.numbers('edges');
  state.expect(
    edges.every((edge, bin) => bin === 0 || edge > edges[bin - 1]),
    'edges',
    'ascending',
  );
  const low = state.numbers('low', { length: edges.length + 1 });
  const high = state.numbers('high', { length: edges.length + 1 });
  state.expect(
    high.every((end, bin) => end >= low[bin]),
    'high',
    'numbers not below those of low',
  );
  return { coverage, edges, low, high };
}
