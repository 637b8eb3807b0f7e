import reference from '../../test/reference/density.json';
import { distinctValues } from '../profile/distinct-values.js';
import { finiteValues } from '../profile/finite-values.js';
import { kernelDensity } from './kernel-density.js';

const counted = (values: readonly number[]) => finiteValues(distinctValues(Float64Array.from(values)));

function densityOf(values: readonly number[]) {
  const density = kernelDensity(counted(values));
  if (!density) throw new Error('no density');
  return density;
}

/** The largest difference, as a share of the largest figure. */
function worst(received: ArrayLike<number>, expected: readonly number[]): number {
  expect(received).toHaveLength(expected.length);
  return Math.max(...expected.map((each, i) => Math.abs(each - received[i]))) / Math.max(...expected);
}

describe('kernelDensity', () => {
  const { cubes, ...exact } = reference;
  it.each(Object.entries(exact))('agrees with scipy: %s', (_, { values, bandwidth, densities }) => {
    const density = densityOf(values);
    expect(Math.abs(density.bandwidth / bandwidth - 1)).toBeLessThan(1e-9);
    expect(worst(density.densities, densities)).toBeLessThan(1e-9);
  });

  it('is close to scipy for more values than are summed one by one', () => {
    const density = densityOf(Array.from({ length: 10_007 }, (_, i) => (i / 10_007) ** 3));
    expect(Math.abs(density.bandwidth / cubes.bandwidth - 1)).toBeLessThan(1e-9);
    const error = worst(density.densities, cubes.densities);
    expect(error).toBeLessThan(1e-5);
  });

  it('has an area of 1, also for values far apart', () => {
    for (const values of [
      [1, 2, 2.5, 7],
      [0, 1e-3, 1e6],
    ]) {
      const { densities, values: at } = densityOf(values);
      expect(densities.reduce((sum, each) => sum + each * (at[1] - at[0]), 0)).toBeCloseTo(1, 2);
    }
  });

  it('counts a value as often as it occurs', () => {
    const { densities, values } = densityOf([1, 1, 1, 4]);
    const h = 1.5 * 4 ** -0.2;
    const bell = (z: number) => Math.exp(-0.5 * z * z) / (h * Math.sqrt(2 * Math.PI));
    for (const i of [0, 100, 255]) {
      const expected = 0.75 * bell((values[i] - 1) / h) + 0.25 * bell((values[i] - 4) / h);
      expect(densities[i]).toBeCloseTo(expected, 12);
    }
  });

  it('is undefined for fewer than two distinct values', () => {
    expect(kernelDensity(counted([]))).toBeUndefined();
    expect(kernelDensity(counted([3]))).toBeUndefined();
    expect(kernelDensity(counted([3, 3, 3]))).toBeUndefined();
  });
});
