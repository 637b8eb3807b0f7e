// AssemblyScript. The bin of a value.

/** The number of edges below a value, among 256 rising edges, padded with infinity. None is below a missing value. */
@inline
export function edgesBelow(edges: usize, value: f64): i32 {
  // Branchless bisection: half of the branches would be mispredicted, and processors can overlap the searches of several values.
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
