/** How bin edges are placed: at equal distances, or so that bins contain equally many values. */
export type BinStrategy = 'uniform' | 'quantile';

/** Bins narrower than this are merged, as in scikit-learn; for columns with a range below 1, this share of the range. */
const NARROWEST = 1e-8;

/**
 * The ascending edges of up to `nBins` bins, one more than bins; for a constant, the value twice.
 *
 * Quantiles are the averaged inverse distribution function (R. J. Hyndman and Y. Fan, "Sample quantiles in statistical packages", 1996,
 * definition 2), the default of scikit-learn's `KBinsDiscretizer`. Coinciding edges are merged, so there may be fewer bins.
 *
 * @param values at least one, finite and not missing.
 */
export function binEdges(values: Float64Array, nBins: number, strategy: BinStrategy): number[] {
  const sorted = values.slice().sort();
  const [smallest, largest] = [sorted[0], sorted[sorted.length - 1]];
  if (smallest === largest) return [smallest, largest];
  if (strategy === 'uniform') return uniformEdges(smallest, largest, nBins);
  const narrowest = NARROWEST * Math.min(1, largest - smallest);
  const edges = Array.from({ length: nBins + 1 }, (_, i) => quantileAt(sorted, i, nBins));
  const kept = edges.filter((edge, i) => i === 0 || edge - edges[i - 1] > narrowest);
  return kept.length > 1 ? kept : [smallest, largest];
}

/** The bin that contains a value: bins include their lower edge; values beyond the edges are in the first and last bin. */
export function binOf(value: number, edges: readonly number[]): number {
  let low = 1;
  let high = edges.length - 1;
  while (low < high) {
    const middle = (low + high) >>> 1;
    if (value < edges[middle]) high = middle;
    else low = middle + 1;
  }
  return low - 1;
}

/** The middle of a bin. */
export function binCenter(bin: number, edges: readonly number[]): number {
  return edges[bin] / 2 + edges[bin + 1] / 2;
}

/** The name of each bin, such as `[10, 20)`; the first and last are open, as they include values beyond the edges. */
export function binLabels(edges: readonly number[]): string[] {
  return edges.slice(1).map((_, bin) => {
    const lower = bin === 0 ? '(-inf' : `[${edges[bin]}`;
    const upper = bin === edges.length - 2 ? 'inf' : edges[bin + 1];
    return `${lower}, ${upper})`;
  });
}

function uniformEdges(smallest: number, largest: number, nBins: number): number[] {
  const range = largest - smallest;
  const edgeAt = (i: number) =>
    // A range that overflows is interpolated by weights instead.
    Number.isFinite(range)
      ? smallest + i * (range / nBins)
      : smallest * (1 - i / nBins) + largest * (i / nBins);
  const edges = Array.from({ length: nBins + 1 }, (_, i) => (i === nBins ? largest : edgeAt(i)));
  // In a range of a few rounding errors, edges can coincide.
  return edges.filter((edge, i) => i === 0 || edge > edges[i - 1]);
}

/** The quantile `i / n` of sorted values. */
function quantileAt(sorted: Float64Array, i: number, n: number): number {
  // Computed as in NumPy, so that ties between two values are resolved alike.
  const share = i === n ? 1 : (i * (100 / n)) / 100;
  const position = sorted.length * share - 1;
  const last = sorted.length - 1;
  if (position < 0) return sorted[0];
  if (position >= last) return sorted[last];
  const below = Math.floor(position);
  return position === below ? sorted[below] / 2 + sorted[below + 1] / 2 : sorted[below + 1];
}
