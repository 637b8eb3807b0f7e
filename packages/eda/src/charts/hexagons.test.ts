import { Random } from '@churn/core';
import { hexagons } from './hexagons.js';

describe('hexagons', () => {
  const random = new Random(1);
  const x = Float64Array.from({ length: 2000 }, () => 10 * random.uniform() - 5);
  const y = Float64Array.from({ length: 2000 }, () => 10 * random.uniform() - 5);

  it('counts each point once, in the hexagon of the nearest centre', () => {
    const found = hexagons(x, y, 0.4);
    expect(found.reduce((sum, { points }) => sum + points, 0)).toBe(2000);
    const counts = found.map(() => 0);
    for (let i = 0; i < x.length; i++) {
      const distances = found.map((each) => Math.hypot(each.x - x[i], each.y - y[i]));
      counts[distances.indexOf(Math.min(...distances))]++;
    }
    // A nearest centre without points of its own is not among those found, but it would have had the point.
    expect(counts).toEqual(found.map(({ points }) => points));
  });

  it('has centres as far apart as adjacent hexagons', () => {
    const found = hexagons(x, y, 1);
    const nearest = found.map((a) =>
      Math.min(...found.filter((b) => b !== a).map((b) => Math.hypot(a.x - b.x, a.y - b.y))),
    );
    for (const distance of nearest) expect(distance).toBeCloseTo(Math.sqrt(3), 10);
  });
});
