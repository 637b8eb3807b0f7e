// AssemblyScript. Where a value stands among the edges of bins.

/** How many of 256 rising edges are below a value; those beyond the last are infinite. None is below a missing value. */
@inline
export function edgesBelow(edges: usize, value: f64): i32 {
  // Halves without a branch, which would be foretold wrongly half of the time: while one value waits for an edge, the processor goes on with the next.
  let at = edges;
  at += usize(load<f64>(at, 8 * 127) < value) << 10;
  at += usize(load<f64>(at, 8 * 63) < value) << 9;
  at += usize(load<f64>(at, 8 * 31) < value) << 8;
  at += usize(load<f64>(at, 8 * 15) < value) << 7;
  at += usize(load<f64>(at, 8 * 7) < value) << 6;
  at += usize(load<f64>(at, 8 * 3) < value) << 5;
  at += usize(load<f64>(at, 8) < value) << 4;
  at += usize(load<f64>(at) < value) << 3;
  return <i32>((at - edges) >>> 3);
}
