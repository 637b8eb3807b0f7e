// AssemblyScript. Weighted quantiles.

/**
 * The weighted quantile of numbers, which are reordered: the mean of the smallest number that, with those below it, has at least a share
 * `level` of the weight and of the smallest that has more (the averaged inverse of the distribution function; Hyndman and Fan, "Sample
 * quantiles in statistical packages", 1996, definition 2). A number of weight 2 counts twice.
 *
 * @param values f64[n], at least one. @param weights f64[n], above 0.
 */
export function weightedQuantile(values: usize, weights: usize, n: i32, level: f64): f64 {
  let total: f64 = 0;
  for (let i = 0; i < n; i++) total += load<f64>(weights + ((<usize>i) << 3));
  const wanted = level * total;
  let from = 0;
  let to = n;
  let below: f64 = 0;
  /** The smallest number above the considered ones. */
  let next = Infinity;
  for (;;) {
    const pivot = middleOf(values, from, to);
    // Smaller numbers are moved to the front, larger ones to the back.
    let smaller = from;
    let larger = to;
    let weightSmaller: f64 = 0;
    let weightEqual: f64 = 0;
    for (let i = from; i < larger; ) {
      const value = load<f64>(values + ((<usize>i) << 3));
      const weight = load<f64>(weights + ((<usize>i) << 3));
      if (value < pivot) {
        weightSmaller += weight;
        swap(values, weights, i++, smaller++);
      } else if (value > pivot) {
        swap(values, weights, i, --larger);
      } else {
        weightEqual += weight;
        i++;
      }
    }
    if (smaller > from && below + weightSmaller >= wanted) {
      to = smaller;
      next = pivot;
      continue;
    }
    const reached = below + weightSmaller + weightEqual;
    if (larger < to && reached < wanted) {
      from = larger;
      below = reached;
      continue;
    }
    if (reached > wanted) return pivot;
    for (let i = larger; i < to; i++) next = min(next, load<f64>(values + ((<usize>i) << 3)));
    return next == Infinity ? pivot : 0.5 * pivot + 0.5 * next;
  }
}

/** The median of the first, the middle and the last number. */
function middleOf(values: usize, from: i32, to: i32): f64 {
  const first = load<f64>(values + ((<usize>from) << 3));
  const middle = load<f64>(values + ((<usize>((from + to) >> 1)) << 3));
  const last = load<f64>(values + ((<usize>(to - 1)) << 3));
  return max(min(first, middle), min(max(first, middle), last));
}

@inline
function swap(values: usize, weights: usize, i: i32, j: i32): void {
  const a = (<usize>i) << 3;
  const b = (<usize>j) << 3;
  const value = load<f64>(values + a);
  store<f64>(values + a, load<f64>(values + b));
  store<f64>(values + b, value);
  const weight = load<f64>(weights + a);
  store<f64>(weights + a, load<f64>(weights + b));
  store<f64>(weights + b, weight);
}
