import { cos } from './elementary/cos.js';
import { log } from './elementary/log.js';

/** The purpose of a stream, or the index of the fold, tree or worker that it belongs to. */
export type StreamKey = string | number;

/**
 * A seeded random generator with independent streams.
 *
 * A stream depends on the seed and its keys alone, never on how many numbers were drawn elsewhere, so
 * work can be reordered or spread over workers and still draw the same numbers.
 *
 * ```ts
 * const random = new Random(42).stream('split');
 * random.uniform();
 * ```
 *
 * Generator: xoshiro128** (Blackman and Vigna, "Scrambled linear pseudorandom number generators", 2021).
 * Seeding: four multiplicative hashes of the seed and keys, spread by the finaliser of MurmurHash3.
 */
export class Random {
  readonly #path: readonly StreamKey[];
  readonly #state: Uint32Array;

  /** @param path the seed, any number or text, followed by the keys of the stream. */
  constructor(...path: [seed: StreamKey, ...keys: StreamKey[]]) {
    this.#path = path;
    this.#state = seedState(JSON.stringify(path));
  }

  /** The independent stream for `key`. Two calls with the same key give streams of the same numbers. */
  stream(key: StreamKey): Random {
    const [seed, ...keys] = this.#path;
    return new Random(seed, ...keys, key);
  }

  /** The four words of state, so that another implementation can continue the stream. */
  get state(): Uint32Array {
    return this.#state.slice();
  }

  /** An integer in [0, 2^32). */
  uint32(): number {
    const s = this.#state;
    const product = Math.imul(s[1], 5);
    const result = Math.imul((product << 7) | (product >>> 25), 9);
    const shifted = s[1] << 9;
    s[2] ^= s[0];
    s[3] ^= s[1];
    s[1] ^= s[2];
    s[0] ^= s[3];
    s[2] ^= shifted;
    s[3] = (s[3] << 11) | (s[3] >>> 21);
    return result >>> 0;
  }

  /** A number in [0, 1), with 53 random bits. */
  uniform(): number {
    const high = this.uint32() >>> 5;
    const low = this.uint32() >>> 6;
    return (high * 2 ** 26 + low) / 2 ** 53;
  }

  /** An integer in [0, n). */
  int(n: number): number {
    return Math.floor(this.uniform() * n);
  }

  /** A number from the standard normal distribution (Box and Muller, 1958). */
  normal(): number {
    const radius = Math.sqrt(-2 * log(1 - this.uniform()));
    return radius * cos(2 * Math.PI * this.uniform());
  }

  /** Shuffles `values` in place and returns them (Fisher and Yates). */
  shuffle<T extends { length: number; [index: number]: unknown }>(values: T): T {
    for (let i = values.length - 1; i > 0; i--) {
      const j = this.int(i + 1);
      const held = values[i];
      values[i] = values[j];
      values[j] = held;
    }
    return values;
  }

  /** The numbers 0 to n - 1 in a random order. */
  permutation(n: number): Int32Array {
    return this.shuffle(Int32Array.from({ length: n }, (_, i) => i));
  }
}

/** Four lanes with a multiplier each, so that two paths share a stream only if all four collide. */
const LANES = [0x01000193, 0x85ebca6b, 0xc2b2ae35, 0x27d4eb2f];

function seedState(text: string): Uint32Array {
  return Uint32Array.from(LANES, (multiplier, lane) => {
    let hash = Math.imul(lane + 1, 0x9e3779b9);
    for (let i = 0; i < text.length; i++) {
      const code = text.charCodeAt(i);
      hash = Math.imul(hash ^ (code & 0xff), multiplier);
      hash = Math.imul(hash ^ (hash >>> 15) ^ (code >>> 8), multiplier);
    }
    return spread(hash);
  });
}

function spread(value: number): number {
  let h = value;
  h = Math.imul(h ^ (h >>> 16), 0x85ebca6b);
  h = Math.imul(h ^ (h >>> 13), 0xc2b2ae35);
  return (h ^ (h >>> 16)) >>> 0;
}
