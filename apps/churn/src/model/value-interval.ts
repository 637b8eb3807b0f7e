import { isNumber, type StateReader } from '@churn/core';
import type { DatasetColumn } from '@churn/io';

/** The nominal coverage. */
const COVERAGE = 0.9;
/** The minimum number of held-out rows per bin; bins with fewer are merged. */
const MIN_ROWS = 200;
const MAX_BINS = 10;

/** The offsets from a prediction to the ends of its interval, by bin of predictions. */
export type ValueInterval = ValueBounds & {
  /** The nominal share of rows whose value is in the interval. */
  readonly coverage: number;
  /** The predictions at which the next bin starts, ascending: one fewer than bins. */
  readonly edges: readonly number[];
  /** The offsets to the lower and upper end, one per bin. */
  readonly low: readonly number[];
  readonly high: readonly number[];
  /** The number of residuals that they come from; absent in files of earlier versions. */
  readonly rows?: number;
};

/** The declared bounds of the target, if any. Intervals end there. */
export type ValueBounds = Pick<DatasetColumn, 'min' | 'max'>;

/**
 * The interval from the out-of-fold residuals of cross-validation, around the prediction of a model refitted on all rows: the jackknife with
 * folds in place of single rows (Barber, Candès, Ramdas and Tibshirani, "Predictive inference with the jackknife+", 2021). Unlike that of a
 * separate calibration set, its coverage is not guaranteed, but close to nominal for models that hardly change without a fold. Residuals are
 * signed and tails equal, so that skewed values get a skewed interval. Rows with similar predictions share a bin (Mondrian: Vovk, Gammerman
 * and Shafer, "Algorithmic learning in a random world", 2005), so that the interval is wide where errors are large. If there are too few
 * rows for the coverage, it spans all residuals.
 *
 * @param predicted out-of-fold predictions.
 */
export function valueInterval(
  actual: Float64Array,
  predicted: ArrayLike<number>,
  { coverage = COVERAGE, min, max }: ValueBounds & { readonly coverage?: number } = {},
): ValueInterval {
  const edges = edgesOf(predicted);
  const residuals = Array.from({ length: edges.length + 1 }, (): number[] => []);
  actual.forEach((value, row) => {
    residuals[binOf(edges, predicted[row])].push(value - predicted[row]);
  });
  const ends = residuals.map((ofBin) => endsOf(Float64Array.from(ofBin).sort(), coverage));
  return {
    coverage,
    edges,
    low: ends.map(([low]) => low),
    high: ends.map(([, high]) => high),
    rows: actual.length,
    ...(min !== undefined && { min }),
    ...(max !== undefined && { max }),
  };
}

/** The ends for residuals in ascending order. */
function endsOf(residuals: Float64Array, coverage: number): readonly [low: number, high: number] {
  const n = residuals.length;
  // Rounding may make the product slightly less than the exact integer.
  const below = Math.floor(((1 - coverage) / 2) * (n + 1) + 1e-9);
  const place = Math.max(0, below - 1);
  return [residuals[place], residuals[n - 1 - place]];
}

/** The edges of bins of about equally many predictions; equal predictions stay together. */
function edgesOf(predicted: ArrayLike<number>): number[] {
  const sorted = Float64Array.from(predicted).sort();
  const n = sorted.length;
  const nBins = Math.min(MAX_BINS, Math.max(1, Math.floor(n / MIN_ROWS)));
  const edges: number[] = [];
  let from = 0;
  for (let bin = 1; bin < nBins; bin++) {
    const edge = sorted[Math.floor((bin * n) / nBins)];
    const to = sorted.indexOf(edge);
    if (to - from < MIN_ROWS || n - to < MIN_ROWS) continue;
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
  { edges, low, high, min = -Infinity, max = Infinity }: ValueInterval,
  predicted: Float64Array,
): { readonly low: Float64Array; readonly high: Float64Array } {
  const bins = Array.from(predicted, (value) => binOf(edges, value));
  const bounded = (value: number) => Math.min(Math.max(value, min), max);
  return {
    low: predicted.map((value, row) => bounded(value + low[bins[row]])),
    high: predicted.map((value, row) => bounded(value + high[bins[row]])),
  };
}

/**
 * What to know about intervals from too few rows for several bins; `undefined` for others. The coverage given n residuals has a beta
 * distribution (Vovk, "Conditional validity of inductive conformal predictors", 2012); the note has two of its standard deviations.
 */
export function fewRowsNote({ coverage, rows = Infinity }: ValueInterval): string | undefined {
  if (rows >= 2 * MIN_ROWS) return undefined;
  const deviation = 2 * Math.sqrt((coverage * (1 - coverage)) / (rows + 2));
  return `The prediction intervals come from ${rows} training rows, which are few: their width does not depend on the prediction, and the actual coverage may differ from the nominal ${Math.round(100 * coverage)}% by about ${Math.ceil(100 * deviation)} percentage points.`;
}

/** The share of rows whose value is in the interval of its prediction. */
export function intervalCovers(
  interval: ValueInterval,
  actual: Float64Array,
  predicted: Float64Array,
): number {
  const { low, high } = intervalEnds(interval, predicted);
  const held = actual.filter((value, row) => value >= low[row] && value <= high[row]);
  return held.length / actual.length;
}

/** @throws `model-file` if the state is not a `ValueInterval`. */
export function restoreInterval(state: StateReader): ValueInterval {
  const coverage = state.number('coverage', { from: 0, to: 1 });
  const min = state.has('min') ? state.number('min') : undefined;
  const max = state.has('max') ? state.number('max', { from: min }) : undefined;
  // Files of earlier versions have the same interval for all predictions.
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
    'numbers of at least those of low',
  );
  return {
    coverage,
    edges,
    low,
    high,
    ...(state.has('rows') && { rows: state.integer('rows', { from: 1 }) }),
    ...(min !== undefined && { min }),
    ...(max !== undefined && { max }),
  };
}
