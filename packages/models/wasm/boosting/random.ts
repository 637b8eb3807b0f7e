// AssemblyScript. Random numbers, determined by the seed of a tree.

let state: u32 = 0;

/** Seeds the generator for a tree, and one purpose or node of it. */
export function seedBy(tree: u32, purpose: u32): void {
  state = spread(tree ^ spread(purpose + 0x9e3779b9));
}

/** A uniform number between 0 and 1, exclusive. */
@inline
export function uniform(): f64 {
  // A Weyl step, so that no state repeats.
  state += 0x6d2b79f5;
  return (<f64>spread(state) + 0.5) / 4294967296;
}

/** A number from the standard normal distribution (Box and Muller, 1958). */
export function normal(): f64 {
  const radius = Math.sqrt(-2 * Math.log(uniform()));
  return radius * Math.cos(2 * Math.PI * uniform());
}

/** The finaliser of MurmurHash3 (Appleby, public domain): every bit of the input changes every bit of the output. */
@inline
function spread(value: u32): u32 {
  let h = value;
  h = (h ^ (h >> 16)) * 0x85ebca6b;
  h = (h ^ (h >> 13)) * 0xc2b2ae35;
  return h ^ (h >> 16);
}
