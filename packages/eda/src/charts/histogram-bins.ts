import type { CountedValues } from '../profile/finite-values.js';
import { histogram } from '../profile/histogram.js';

/** Integers that span no more than these get a bar each. */
const MAX_SINGLES = 20;
/** Up to here halves between integers are exact. */
const LARGEST = 2 ** 50;

/** Rows in bins of one width: `edges` has one more than `counts`. */
export interface HistogramBins {
  readonly edges: readonly number[];
  readonly counts: readonly number[];
  /** Whether each bin holds one integer alone. */
  readonly isSingle: boolean;
}

/**
 * The bins of a histogram to be drawn: those of `numpy.histogram` with `auto` bins. Of integers each bin is made to hold equally many of
 * them, with edges halfway between: one each where they span up to 20, otherwise as many as comes nearest to numpy's width.
 */
export function histogramBins(counted: CountedValues, maxBins: number): HistogramBins {
  const { values, counts } = counted;
  const { edges, counts: inBins } = histogram(counted, maxBins);
  const [first, last] = [values[0], values[values.length - 1]];
  const isWhole = values.every(Number.isInteger) && -first < LARGEST && last < LARGEST;
  if (!isWhole) return { edges, counts: inBins, isSingle: false };
  const span = last - first + 1;
  const narrowest = Math.ceil(span / maxBins);
  const width =
    span <= Math.min(MAX_SINGLES, maxBins) ? 1 : Math.max(1, narrowest, Math.round(edges[1] - edges[0]));
  const inBin = new Array<number>(Math.ceil(span / width)).fill(0);
  for (let i = 0; i < values.length; i++) inBin[Math.floor((values[i] - first) / width)] += counts[i];
  const start = first - 0.5;
  return {
    edges: Array.from({ length: inBin.length + 1 }, (_, i) => start + i * width),
    counts: inBin,
    isSingle: width === 1,
  };
}
