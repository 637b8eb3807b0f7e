import fc from 'fast-check';
import { QuantileSketch } from './quantile-sketch';
import { Random } from './random';

const N = 100_000;

/** Values in orders that are hard on sketches. */
const ORDERS: Readonly<Record<string, () => Float64Array>> = {
  sorted: () => Float64Array.from({ length: N }, (_, i) => i),
  reversed: () => Float64Array.from({ length: N }, (_, i) => N - i),
  shuffled: () => Float64Array.from(new Random(1).permutation(N)),
  'from both ends inwards': () => Float64Array.from({ length: N }, (_, i) => (i % 2 ? i : N - i)),
  // Each value lies between those before it, ever closer, so that all compactions are about the same place.
  'zoomed in': () => Float64Array.from({ length: N }, (_, i) => (i % 2 ? 1 : -1) / (1 + i)),
  'of few values': () => Float64Array.from({ length: N }, (_, i) => (i * i) % 17),
  'half of it one value': () => Float64Array.from({ length: N }, (_, i) => (i % 2 ? 7 : i)),
  'in sorted blocks': () => Float64Array.from({ length: N }, (_, i) => (i % 1000) * 1000 + i / 1000),
  skewed: () => Float64Array.from({ length: N }, (_, i) => 1.0001 ** ((i * 7919) % N)),
};

/** The largest difference of a rank to that in the sorted values, as a share of all. */
function largestError(sketch: QuantileSketch, values: Float64Array): number {
  const sorted = values.slice().sort();
  const { values: kept, counts } = sketch.weighted();
  let largest = 0;
  let below = 0;
  let at = 0;
  for (let i = 0; i < kept.length; i++) {
    // Just before a value that was kept the sketch has not counted it, and all others below may be there.
    while (at < sorted.length && sorted[at] < kept[i]) at++;
    largest = Math.max(largest, Math.abs(at - below));
    below += counts[i];
    while (at < sorted.length && sorted[at] <= kept[i]) at++;
    largest = Math.max(largest, Math.abs(at - below));
  }
  return largest / values.length;
}

describe('QuantileSketch', () => {
  describe.each(Object.entries(ORDERS))('of values %s', (_, make) => {
    const values = make();

    it.each([64, 512, 4096])('has rank errors within the documented bound, with k = %d', (k) => {
      for (const seed of [0, 1, 2]) {
        const sketch = new QuantileSketch({ k, seed });
        sketch.add(values);
        // Of some thousand ranks, each of which is off by more once in ten million times.
        expect(largestError(sketch, values)).toBeLessThanOrEqual(sketch.rankError(1 - 1e-7));
      }
    });

    it('counts all values, and keeps the minimum and maximum', () => {
      const sketch = new QuantileSketch();
      sketch.add(values);
      expect(sketch.count).toBe(N);
      expect(sketch.weighted().counts.reduce((sum, count) => sum + count)).toBe(N);
      const sorted = values.slice().sort();
      expect([sketch.quantile(0), sketch.quantile(1)]).toEqual([sorted[0], sorted[N - 1]]);
    });

    it('is as accurate when merged from parts', () => {
      const sketch = new QuantileSketch({ k: 512 });
      for (let part = 0; part < 7; part++) {
        const other = new QuantileSketch({ k: 512, seed: part });
        other.add(values.subarray((part * N) / 7, ((part + 1) * N) / 7));
        sketch.merge(other);
      }
      expect(sketch.count).toBe(N);
      expect(largestError(sketch, values)).toBeLessThanOrEqual(sketch.rankError(1 - 1e-7));
      expect(sketch.rankError()).toBeLessThan(0.03);
    });
  });

  it('has an error of at most 0.0025 by default, in little memory', () => {
    const sketch = new QuantileSketch();
    const random = new Random(3);
    const part = new Float64Array(10_000);
    let most = 0;
    for (let parts = 0; parts < 100; parts++) {
      for (let i = 0; i < part.length; i++) part[i] = random.uint32();
      sketch.add(part);
      most = Math.max(most, sketch.rankError());
    }
    expect(most).toBeGreaterThan(0.001);
    expect(most).toBeLessThan(0.0025);
    expect(sketch.weighted().values.length).toBeLessThan(12_500);
  });

  it('is exact while its values fit', () => {
    const value = fc.oneof(fc.integer({ min: -5, max: 5 }), fc.double({ noNaN: true }));
    fc.assert(
      fc.property(
        fc.array(value, { minLength: 1, maxLength: 60 }),
        fc.double({ min: 0, max: 1, noNaN: true }),
        (all, q) => {
          const sketch = new QuantileSketch({ k: 64 });
          sketch.add(all);
          const sorted = Float64Array.from(all).sort();
          expect(sketch.isExact).toBe(true);
          expect(sketch.rankError()).toBe(0);
          const place = q === 0 ? 0 : Math.ceil(q * all.length) - 1;
          // 0 and -0 are one value.
          expect(sketch.quantile(q) + 0).toBe(sorted[Math.max(0, place)] + 0);
          expect(sketch.rank(all[0])).toBe(sorted.filter((each) => each <= all[0]).length / all.length);
        },
      ),
    );
  });

  it('depends only on values and seed', () => {
    const made = (seed: number) => {
      const sketch = new QuantileSketch({ k: 64, seed });
      sketch.add(ORDERS.shuffled());
      return sketch.weighted();
    };
    expect(made(1)).toEqual(made(1));
    expect(made(1)).not.toEqual(made(2));
  });

  it('ignores missing values', () => {
    const sketch = new QuantileSketch();
    expect(sketch.quantile(0.5)).toBeNaN();
    sketch.add([NaN, 3, NaN, 1]);
    expect(sketch.count).toBe(2);
    expect(sketch.quantile(0.5)).toBe(1);
    expect(sketch.weighted()).toEqual({ values: Float64Array.of(1, 3), counts: Float64Array.of(1, 1) });
  });

  it('rejects invalid parameters', () => {
    expect(() => new QuantileSketch({ k: 7 })).toThrow('k: expected an integer of at least 8, got 7');
    expect(() => new QuantileSketch().quantile(1.5)).toThrow('q: expected a number from 0 to 1, got 1.5');
  });
});
