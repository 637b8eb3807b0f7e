import { Random, Table } from '@churn/core';
import { type ErrorSlice, type ErrorSlicesOptions, errorSlices as slicesOf } from './error-slices.js';

const N = 2000;
const random = new Random(11);
const card = Array.from({ length: N }, () => ['Blue', 'Silver', 'Gold', null][random.int(4)]);
const count = Array.from({ length: N }, () => (random.int(10) === 0 ? null : random.int(100)));
const noise = Array.from({ length: N }, () => random.normal());
const x = Table.fromColumns({ noise, card, count });
const losses = (isWorse: (row: number) => boolean) =>
  Float64Array.from({ length: N }, (_, row) => 1 + (isWorse(row) ? 2 : 0) + 0.5 * random.normal());
const errorSlices = (table: Table, of: ArrayLike<number>, options?: ErrorSlicesOptions) =>
  slicesOf(table, of, { nResamples: 50, ...options });
const texts = (slices: readonly ErrorSlice[]) => slices.map(({ text }) => text);

describe('errorSlices', () => {
  it('finds slices of high loss, and measures them on other rows', () => {
    const { overall, slices } = errorSlices(
      x,
      losses((row) => card[row] === 'Gold' && (count[row] ?? 99) <= 38),
    );
    const [worst] = slices;
    expect(worst.text).toMatch(/^card is Gold and count <= 3[6-9]$/);
    expect(worst.conditions[0]).toEqual({ column: 'card', is: 'Gold' });
    expect(worst.meanLoss).toBeGreaterThan(2.7);
    expect(worst.interval[0]).toBeGreaterThan(overall.interval[1]);
    expect(overall.rows).toBe(N / 2);
    expect(overall.meanLoss).toBeCloseTo(1 + 2 * 0.25 * 0.39 * 0.9, 1);
    // About a quarter of 39 in 100 of those with a count.
    expect(worst.rows).toBeGreaterThan(60);
    expect(worst.rows).toBeLessThan(120);
  });

  it('supports missing values, and both ends of a range', () => {
    expect(
      texts(
        errorSlices(
          x,
          losses((row) => count[row] === null),
        ).slices,
      ),
    ).toEqual(['count is missing']);
    expect(
      texts(
        errorSlices(
          x,
          losses((row) => card[row] === null),
        ).slices,
      ),
    ).toEqual(['card is missing']);
    const inTheMiddle = errorSlices(
      x,
      losses((row) => (count[row] ?? 0) > 30 && (count[row] ?? 0) <= 60),
    );
    expect(texts(inTheMiddle.slices)[0]).toMatch(/^(29|30|31|32) < count <= (58|59|6\d)$/);
    const orMissing = errorSlices(
      x,
      losses((row) => (count[row] ?? 0) <= 20),
    );
    expect(texts(orMissing.slices)[0]).toMatch(/^count <= (1[89]|2[0-2]) or missing$/);
    const notBlue = errorSlices(
      x,
      losses((row) => card[row] !== 'Blue'),
    );
    expect(texts(notBlue.slices)).toEqual(['card is not Blue']);
  });

  it('exposes a chance slice of noise on other rows', () => {
    let found = 0;
    let confirmed = 0;
    for (let seed = 0; seed < 10; seed++) {
      const { overall, slices } = errorSlices(
        x,
        losses(() => false),
        { seed, nResamples: 200 },
      );
      found += slices.length;
      confirmed += slices.filter(({ interval }) => interval[0] > overall.meanLoss).length;
    }
    // Without standard errors a tree of noise has eight leaves.
    expect(found).toBeLessThan(10);
    expect(confirmed).toBeLessThan(3);
  });

  it('respects the maximum numbers of conditions and slices, and the minimum size', () => {
    const worse = losses((row) => card[row] === 'Gold' && (count[row] ?? 99) <= 38);
    const shallow = errorSlices(x, worse, { maxDepth: 1 });
    expect(shallow.slices.map(({ conditions }) => conditions.length)).toEqual([1]);
    expect(errorSlices(x, worse, { maxSlices: 1 }).slices).toHaveLength(1);
    expect(errorSlices(x, worse, { minRows: 400 }).slices.every(({ rows }) => rows > 300)).toBe(true);
    expect(errorSlices(x, worse, { minRows: N }).slices).toEqual([]);
  });

  it('is reproducible by its seed, and invariant to the unit of losses', () => {
    const worse = losses((row) => card[row] === 'Gold');
    const found = errorSlices(x, worse, { seed: 3 });
    expect(errorSlices(x, worse, { seed: 3 })).toEqual(found);
    const inCents = errorSlices(
      x,
      worse.map((loss) => 128 * loss),
      { seed: 3 },
    );
    expect(texts(inCents.slices)).toEqual(texts(found.slices));
    expect(inCents.slices[0].meanLoss).toBeCloseTo(128 * found.slices[0].meanLoss, 9);
  });

  it.each([
    [() => errorSlices(x, [1, 2]), 'losses: expected one for each of 2000 rows, got 2'],
    [() => errorSlices(x, new Array(N).fill(NaN)), 'losses: expected a finite number in row 0, got NaN'],
    [() => errorSlices(x.take([0]), [1]), 'losses: expected those of two or more rows, got 1'],
    [
      () =>
        errorSlices(
          x,
          losses(() => false),
          { maxDepth: 0 },
        ),
      'maxDepth: expected an integer',
    ],
  ])('rejects invalid input (%#)', (call, message) => {
    expect(call).toThrow(message);
  });
});
