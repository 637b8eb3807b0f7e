// AssemblyScript. Adds to sums in memory.

/** Adds a pair of numbers to the pair at an address. */
@inline
export function addTo(at: usize, values: v128): void {
  v128.store(at, f64x2.add(v128.load(at), values));
}

/** Adds both numbers of a pair to the number at an address. */
@inline
export function addBothTo(at: usize, values: v128): void {
  store<f64>(at, load<f64>(at) + (f64x2.extract_lane(values, 0) + f64x2.extract_lane(values, 1)));
}
