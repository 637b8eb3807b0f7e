import fc from 'fast-check';
import { Random } from './random.js';

const draw = (random: Random, n: number) => Array.from({ length: n }, () => random.uniform());

/** How far counts are from equal ones, as chi squared with one degree of freedom less than there are counts. */
function chiSquared(counts: ArrayLike<number>): number {
  const observed = Array.from(counts);
  const expected = observed.reduce((a, b) => a + b) / observed.length;
  return observed.reduce((sum, count) => sum + (count - expected) ** 2 / expected, 0);
}

describe('Random', () => {
  it('draws these first numbers in every version: saved seeds depend on them', () => {
    const first = (random: Random) => Array.from({ length: 4 }, () => random.uint32());
    expect(first(new Random(42))).toEqual([3424776023, 1711369684, 3200404419, 3281810343]);
    expect(first(new Random('churn'))).toEqual([631219955, 729460330, 3594415407, 2998142355]);
    expect(first(new Random(42).stream('fold').stream(3))).toEqual([
      1861032666, 743588390, 3800929812, 4252758867,
    ]);
    expect(new Random(42).uniform()).toBe(0.7973928034190781);
    // Engines may differ in the last digit of a logarithm or cosine.
    expect(new Random(42).normal()).toBeCloseTo(-0.05441926478735068, 14);
    expect([...new Random(42).permutation(8)]).toEqual([0, 1, 3, 2, 4, 7, 5, 6]);
  });

  it('returns a copy of the state that determines the next number', () => {
    const random = new Random(7);
    for (let i = 0; i < 5; i++) {
      const { state } = random;
      const product = Math.imul(state[1], 5);
      const next = Math.imul((product << 7) | (product >>> 25), 9) >>> 0;
      state.fill(0);
      expect(random.uint32()).toBe(next);
    }
  });

  it('starts a stream from only the seed and keys, not from earlier draws', () => {
    const random = new Random(7);
    const before = draw(random.stream('a'), 5);
    draw(random, 100);
    draw(random.stream('b'), 100);
    expect(draw(random.stream('a'), 5)).toEqual(before);
    expect(draw(new Random(7, 'a'), 5)).toEqual(before);
  });

  it('has a separate stream for every seed and path of keys', () => {
    const key = fc.oneof(fc.string(), fc.integer(), fc.double({ noNaN: true, noDefaultInfinity: true }));
    const path = fc.array(key, { minLength: 1, maxLength: 3 });
    fc.assert(
      fc.property(path, path, (a, b) => {
        fc.pre(JSON.stringify(a) !== JSON.stringify(b));
        const of = ([seed, ...keys]: (string | number)[]) => draw(new Random(seed, ...keys), 2);
        expect(of(a)).not.toEqual(of(b));
      }),
    );
  });

  it('distinguishes paths that are equal when concatenated', () => {
    const paths: [string | number, ...(string | number)[]][] = [
      [1, 2],
      [12],
      ['12'],
      ['1', 2],
      [1, '2'],
      ['1,2'],
    ];
    const starts = paths.map((path) => new Random(...path).uint32());
    expect(new Set(starts).size).toBe(paths.length);
  });

  it('has independent streams for adjacent seeds and keys', () => {
    const n = 2000;
    const correlation = (a: Random, b: Random) => {
      let sum = 0;
      for (let i = 0; i < n; i++) sum += (a.uniform() - 0.5) * (b.uniform() - 0.5);
      return (12 * sum) / n;
    };
    // The standard error is 1 / sqrt(n); of 40 correlations none should be beyond five of them.
    for (let k = 0; k < 20; k++) {
      expect(Math.abs(correlation(new Random(k), new Random(k + 1)))).toBeLessThan(5 / Math.sqrt(n));
      expect(Math.abs(correlation(new Random(0, k), new Random(0, k + 1)))).toBeLessThan(5 / Math.sqrt(n));
    }
  });

  it('starts its streams uniformly over many seeds', () => {
    const counts = new Int32Array(64);
    for (let seed = 0; seed < 6400; seed++) counts[new Random(seed).int(64)]++;
    // 63 degrees of freedom: beyond 124 once in 100,000 times.
    expect(chiSquared(counts)).toBeLessThan(124);
  });

  it('is uniform in its high and low bits, alone and in pairs', () => {
    const random = new Random(1);
    const [high, low, pairs] = [new Int32Array(64), new Int32Array(64), new Int32Array(64)];
    for (let i = 0; i < 64_000; i++) {
      const number = random.uint32();
      high[number >>> 26]++;
      low[number & 63]++;
      pairs[8 * random.int(8) + random.int(8)]++;
    }
    for (const counts of [high, low, pairs]) expect(chiSquared(counts)).toBeLessThan(124);
  });

  it('draws uniform numbers from [0, 1), with mean 1/2 and variance 1/12', () => {
    const numbers = draw(new Random(2), 100_000);
    const mean = numbers.reduce((a, b) => a + b) / numbers.length;
    const variance = numbers.reduce((sum, u) => sum + (u - mean) ** 2, 0) / numbers.length;
    expect(numbers.every((u) => u >= 0 && u < 1)).toBe(true);
    // Five standard errors: sqrt(1/12 / n) and sqrt(1/180 / n).
    expect(Math.abs(mean - 1 / 2)).toBeLessThan(0.0046);
    expect(Math.abs(variance - 1 / 12)).toBeLessThan(0.0012);
  });

  it('draws normal numbers with standard moments', () => {
    const random = new Random(3);
    const numbers = Array.from({ length: 100_000 }, () => random.normal());
    const moment = (k: number) => numbers.reduce((sum, z) => sum + z ** k, 0) / numbers.length;
    // Five standard errors each: the variance of z, z², z³ and z⁴ is 1, 2, 15 and 96.
    [0, 1, 0, 3].forEach((expected, i) => {
      const error = 5 * Math.sqrt([1, 2, 15, 96][i] / numbers.length);
      expect(Math.abs(moment(i + 1) - expected)).toBeLessThan(error);
    });
    const beyond = numbers.filter((z) => Math.abs(z) > 1.959964).length / numbers.length;
    expect(Math.abs(beyond - 0.05)).toBeLessThan(5 * Math.sqrt((0.05 * 0.95) / numbers.length));
  });

  it('draws all integers below n', () => {
    const random = new Random(4);
    const drawn = new Set(Array.from({ length: 500 }, () => random.int(5)));
    expect([...drawn].sort()).toEqual([0, 1, 2, 3, 4]);
    expect(random.int(1)).toBe(0);
  });

  it('shuffles in place, and keeps every value', () => {
    fc.assert(
      fc.property(fc.array(fc.integer()), fc.integer(), (values, seed) => {
        const shuffled = [...values];
        expect(new Random(seed).shuffle(shuffled)).toBe(shuffled);
        expect([...shuffled].sort()).toEqual([...values].sort());
      }),
    );
  });

  it('permutes four numbers with equal frequencies', () => {
    const random = new Random(5);
    const counts = new Map<string, number>();
    for (let i = 0; i < 24_000; i++) {
      const order = random.permutation(4).join('');
      counts.set(order, (counts.get(order) ?? 0) + 1);
    }
    expect(counts.size).toBe(24);
    // 23 degrees of freedom: beyond 61 once in 30,000 times.
    expect(chiSquared([...counts.values()])).toBeLessThan(61);
  });

  it('permutes zero and one numbers', () => {
    expect(new Random(6).permutation(0)).toHaveLength(0);
    expect([...new Random(6).permutation(1)]).toEqual([0]);
  });
});
