// AssemblyScript. The bins in which a node has rows, of one feature.

import {
  binRows,
  bins,
  binWeights,
  classBits,
  counts,
  histogram,
  inUse,
  keys,
  minSamplesLeaf,
  nClasses,
  nRows,
  rows,
  weights,
  WORDS,
} from './memory';

/** Gathers the bins in which the node has rows; returns how many. A missing value is a bin, the last one. */
export function collect(feature: i32, start: i32, end: i32): i32 {
  const featureKeys = keys + 2 * <usize>feature * nRows;
  const bits = classBits;
  const hist = histogram;
  const used = inUse;
  const last = rows + ((<usize>end) << 2);
  let weight = weights + ((<usize>start) << 3);
  for (let at = rows + ((<usize>start) << 2); at < last; at += 4, weight += 8) {
    const key = <u32>load<u16>(featureKeys + ((<usize>load<u32>(at)) << 1));
    const place = hist + (<usize>key << 3);
    store<f64>(place, load<f64>(place) + load<f64>(weight));
    const bin = key >> bits;
    const word = used + ((bin >> 5) << 2);
    store<u32>(word, load<u32>(word) | (1 << (bin & 31)));
  }
  if (minSamplesLeaf > 1) countRows(featureKeys, start, end);
  return takeHistogram();
}

function countRows(featureKeys: usize, start: i32, end: i32): void {
  for (let i = start; i < end; i++) {
    const row = load<u32>(rows + ((<usize>i) << 2));
    const bin = <u32>load<u16>(featureKeys + ((<usize>row) << 1)) >> classBits;
    const at = counts + (bin << 2);
    store<i32>(at, load<i32>(at) + 1);
  }
}

/** Moves what the histogram holds into the list of bins, and leaves it empty. */
function takeHistogram(): i32 {
  // Engines do not keep globals in registers through a loop.
  const used = inUse;
  const hist = histogram;
  const bitsOfClass = classBits;
  const n = nClasses;
  const binOf = bins;
  const countsRows = minSamplesLeaf > 1;
  let nBins = 0;
  let to = binWeights;
  for (let word = 0; word < WORDS; word++) {
    let bits = load<u32>(used + ((<usize>word) << 2));
    if (bits == 0) continue;
    store<u32>(used + ((<usize>word) << 2), 0);
    do {
      const bin = (word << 5) + <i32>ctz(bits);
      bits &= bits - 1;
      let from = hist + ((<usize>bin << bitsOfClass) << 3);
      for (let k = 0; k < n; k++, from += 8, to += 8) {
        store<f64>(to, load<f64>(from));
        store<f64>(from, 0);
      }
      store<i32>(binOf + ((<usize>nBins) << 2), bin);
      if (countsRows) {
        const count = counts + ((<usize>bin) << 2);
        store<i32>(binRows + ((<usize>nBins) << 2), load<i32>(count));
        store<i32>(count, 0);
      }
      nBins++;
    } while (bits != 0);
  }
  return nBins;
}

@inline
export function binAt(place: i32): i32 {
  return load<i32>(bins + ((<usize>place) << 2));
}
