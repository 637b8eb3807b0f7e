/** The place of each of some finite numbers among the distinct ones, in ascending order from 0. */
export interface Ranks {
  readonly of: Uint32Array;
  /** How many distinct numbers there are. */
  readonly count: number;
}

/** Ranks numbers; several times as fast as a sort by a function that compares them. */
export function ranksOf(values: Float64Array): Ranks {
  const sorted = values.slice().sort();
  let count = 0;
  for (let i = 0; i < sorted.length; i++)
    if (i === 0 || sorted[i] > sorted[i - 1]) sorted[count++] = sorted[i];
  const find = finderIn(sorted.subarray(0, count));
  const of = new Uint32Array(values.length);
  for (let i = 0; i < values.length; i++) of[i] = find(values[i]);
  return { of, count };
}

/** Finds the place of a number among distinct ones that rise. A table of as many equal stretches leaves few places to be searched. */
function finderIn(distinct: Float64Array): (value: number) => number {
  const last = distinct.length - 1;
  const least = distinct[0];
  const scale = last / (distinct[last] - least);
  // The width of the numbers may be too large, or too small, to divide by.
  const perUnit = scale > 0 && scale < Infinity ? scale : 0;
  const starts = new Uint32Array(distinct.length + 2);
  for (let place = 0; place <= last; place++) starts[(((distinct[place] - least) * perUnit) | 0) + 1]++;
  for (let stretch = 1; stretch < starts.length; stretch++) starts[stretch] += starts[stretch - 1];
  return (value) => {
    const stretch = ((value - least) * perUnit) | 0;
    let from = starts[stretch];
    let to = starts[stretch + 1] - 1;
    while (from < to) {
      const middle = (from + to) >> 1;
      if (distinct[middle] < value) from = middle + 1;
      else to = middle;
    }
    return from;
  };
}

/** The positions of finite numbers in their ascending order; of equal ones the first comes first. */
export function ascending(values: ArrayLike<number>): Uint32Array {
  const { of, count } = ranksOf(Float64Array.from(values));
  return sortByKey(positionsOf(values), of, count);
}

/** The positions of finite numbers in their descending order; of equal ones the first comes first. */
export function descending(values: ArrayLike<number>): Uint32Array {
  const { of, count } = ranksOf(Float64Array.from(values));
  return sortByKey(
    positionsOf(values),
    of.map((rank) => count - 1 - rank),
    count,
  );
}

function positionsOf(values: ArrayLike<number>): Uint32Array {
  return Uint32Array.from(values, (_, position) => position);
}

/** Brings positions into the order of the keys that they have, at least 0; those of equal keys stay in the order they come in. */
export function sortByKey(positions: Uint32Array, keys: ArrayLike<number>, nKeys: number): Uint32Array {
  const places = new Uint32Array(nKeys + 1);
  for (let i = 0; i < positions.length; i++) places[keys[positions[i]] + 1]++;
  for (let key = 0; key < nKeys; key++) places[key + 1] += places[key];
  const sorted = new Uint32Array(positions.length);
  for (let i = 0; i < positions.length; i++) sorted[places[keys[positions[i]]]++] = positions[i];
  return sorted;
}
