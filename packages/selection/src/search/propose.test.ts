import { Random } from '@churn/core';
import { ParzenEstimator } from './parzen-estimator.js';
import { propose } from './propose.js';
import { integer, logUniform, oneOf, type Point, SearchSpaces, uniform } from './search-space.js';

describe('ParzenEstimator', () => {
  const { dimensions } = new SearchSpaces([
    { a: uniform(0, 1), kind: oneOf(['p', 'q', 'r']) },
    { b: uniform(0, 1) },
  ]);
  const points: Point[] = [
    { space: 0, at: [0.02, 1] },
    { space: 0, at: [0.5, 2] },
    { space: 1, at: [0.97] },
  ];
  const estimator = new ParzenEstimator(dimensions, points);

  it('has a density that integrates to one over all spaces', () => {
    const n = 2000;
    let sum = 0;
    for (let i = 0; i < n; i++) {
      const place = (i + 0.5) / n;
      for (const kind of [0, 1, 2]) sum += estimator.density({ space: 0, at: [place, kind] }) / n;
      sum += estimator.density({ space: 1, at: [place] }) / n;
    }
    expect(sum).toBeCloseTo(1, 6);
  });

  it('samples by its density', () => {
    const random = new Random(3);
    const n = 20_000;
    const seen = new Map<string, number>();
    const cellOf = ({ space, at }: Point) => [space, Math.min(4, Math.floor(at[0] * 5)), at[1]].join();
    for (let i = 0; i < n; i++) {
      const cell = cellOf(estimator.draw(random));
      seen.set(cell, (seen.get(cell) ?? 0) + 1);
    }
    for (const kind of [0, 1, 2, undefined]) {
      for (let fifth = 0; fifth < 5; fifth++) {
        let expected = 0;
        for (let i = 0; i < 100; i++) {
          const place = (fifth + (i + 0.5) / 100) / 5;
          const at = kind === undefined ? [place] : [place, kind];
          expected += estimator.density({ space: kind === undefined ? 1 : 0, at }) / 500;
        }
        const share = (seen.get([kind === undefined ? 1 : 0, fifth, kind].join()) ?? 0) / n;
        // Five standard errors of a share.
        const far = 5 * Math.sqrt((expected * (1 - expected)) / n);
        expect(Math.abs(share - expected)).toBeLessThan(far);
      }
    }
  });
});

describe('propose', () => {
  type Params = Readonly<Record<string, never>>;
  const known: readonly [string, SearchSpaces<Params>, (params: never) => number][] = [
    [
      'Branin',
      new SearchSpaces({ a: uniform(-5, 10), b: uniform(0, 15) }),
      ({ a, b }: Record<'a' | 'b', number>) =>
        (b - (5.1 / (4 * Math.PI ** 2)) * a * a + (5 / Math.PI) * a - 6) ** 2 +
        10 * (1 - 1 / (8 * Math.PI)) * Math.cos(a) +
        10,
    ],
    [
      'Rosenbrock',
      new SearchSpaces({ a: uniform(-2, 2), b: uniform(-2, 2), c: uniform(-2, 2) }),
      ({ a, b, c }: Record<'a' | 'b' | 'c', number>) =>
        Math.log1p(100 * ((b - a * a) ** 2 + (c - b * b) ** 2) + (1 - a) ** 2 + (1 - b) ** 2),
    ],
    [
      'one of rates, depths and kinds',
      new SearchSpaces({
        rate: logUniform(0.001, 1),
        depth: integer(2, 12),
        kind: oneOf(['p', 'q', 'r']),
      }),
      ({ rate, depth, kind }: { rate: number; depth: number; kind: string }) =>
        (Math.log10(rate) + 1.3) ** 2 + 0.02 * (depth - 6) ** 2 + (kind === 'q' ? 0 : 0.3),
    ],
    [
      'one of several spaces',
      new SearchSpaces([
        { model: 'm', a: uniform(0, 1), b: uniform(0, 1) },
        { model: 'n', c: uniform(0, 1) },
      ]),
      (params: { model: string; a: number; b: number; c: number }) =>
        params.model === 'm' ? (params.a - 0.3) ** 2 + (params.b - 0.8) ** 2 : 0.1 + (params.c - 0.5) ** 2,
    ],
  ];

  /** The smallest loss of 50 candidates, of which all but ten are proposed by what was found, or none. */
  function leastLoss([, spaces, loss]: (typeof known)[number], seed: number, learns: boolean): number {
    const random = new Random(seed).stream(learns ? 'learns' : 'draws');
    const tried: { point: Point; loss: number }[] = [];
    for (let i = 0; i < 50; i++) {
      const points = learns && i >= 10 ? tried.map(({ point }) => point) : [];
      const point = propose(spaces.dimensions, points, [], random.stream(i));
      tried.push({ point, loss: loss(spaces.paramsAt(point) as never) });
      tried.sort((a, b) => a.loss - b.loss);
    }
    return tried[0].loss;
  }

  it.each(known)('finds better candidates than as many random draws: %s', (...subject) => {
    const seeds = Array.from({ length: 30 }, (_, i) => i);
    const wins = seeds.filter((seed) => leastLoss(subject, seed, true) < leastLoss(subject, seed, false));
    // By chance, 22 or more of 30 would come once in a hundred times.
    expect(wins.length).toBeGreaterThanOrEqual(22);
  });

  it('avoids candidates in progress if alternatives are as good', () => {
    const { dimensions } = new SearchSpaces({ kind: oneOf(['p', 'q']) });
    const tried: Point[] = [{ space: 0, at: [0] }];
    const others = Array.from({ length: 5 }, (): Point => ({ space: 0, at: [0] }));
    expect(propose(dimensions, [], others, new Random(1)).at).toEqual([1]);
    expect(propose(dimensions, tried, [], new Random(1)).at).toEqual([0]);
  });
});
