import { Random } from '@churn/core';
import { forEachNearest, type Nearest } from './nearest-rows.js';
import { plainNearestEngine } from './plain-nearest-engine.js';
import { wasmNearestEngine } from './wasm-nearest-engine.js';

const random = new Random(3);
/** Values of which many are equal, so that there are ties. */
const draw = (length: number) =>
  Float64Array.from({ length }, () => (random.uniform() < 0.5 ? random.int(4) : random.normal()));

describe.each([1, 2])('with a power of %d', (p) => {
  // Numbers of rows that are and are not multiples of eight; more features than fit into a block.
  it.each([
    [1, 1, 1],
    [16, 3, 16],
    [37, 2, 5],
    [403, 10, 15],
    [50, 1100, 7],
  ])(
    'finds the same of %i rows of %i features with and without WebAssembly',
    (nRows, nFeatures, nNeighbors) => {
      const rows = { values: draw(nRows * nFeatures), nRows, nFeatures };
      const search = { nPoints: 9, nNeighbors, p };
      const engines = [plainNearestEngine(rows, search), wasmNearestEngine(rows, search)];
      // The second round starts from memory used by the first.
      for (const length of [9, 5]) {
        const points = draw(9 * nFeatures);
        for (const engine of engines) {
          engine?.points.set(points);
          engine?.search(length);
        }
        for (const name of ['neighbors', 'distances', 'counts'] as const) {
          expect(engines[1]?.[name]).toEqual(engines[0]?.[name]);
        }
        expect(engines[0]?.counts[length - 1]).toBe(nNeighbors);
      }
    },
  );

  it('leaves out rows at infinite distance, whether or not WebAssembly compiles', () => {
    const rows = { values: Float64Array.of(1e308, 3, -1e308, 5, NaN), nRows: 5, nFeatures: 1 };
    const search = { nPoints: 1, nNeighbors: 4, p };
    for (const engine of [plainNearestEngine(rows, search), wasmNearestEngine(rows, search)]) {
      engine?.points.fill(p === 1 ? -1.5e308 : 0);
      engine?.search(1);
      const found = p === 1 ? [2, 1, 3] : [1, 3];
      expect(Array.from(engine?.neighbors.subarray(0, found.length) ?? [])).toEqual(found);
      expect(engine?.counts[0]).toBe(found.length);
    }
  });
});

it('visits each point in order, for more points than are searched for together', () => {
  const rows = { values: Float64Array.from({ length: 300 }, (_, row) => row), nRows: 300, nFeatures: 1 };
  const column = Float64Array.from({ length: 150 }, (_, point) => 2 * point + 0.25);
  const found: (readonly [number, number[], number[]])[] = [];
  const use = (point: number, { rows: nearest, distances }: Nearest) =>
    found.push([point, Array.from(nearest), Array.from(distances)]);
  forEachNearest(rows, [column], { nNeighbors: 2, p: 2 }, use);
  expect(found).toEqual(Array.from(column, (_, point) => [point, [2 * point, 2 * point + 1], [0.25, 0.75]]));
});
