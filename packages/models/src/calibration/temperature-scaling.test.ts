import { Random, Table } from '@churn/core';
import reference from '../../test/reference/temperature.json';
import { scoresOf } from './best-calibration.js';
import { temperatureScaling, temperatureValues } from './temperature-scaling.js';

const columnsOf = (x: readonly (readonly number[])[]) => {
  const table = Table.fromMatrix(x);
  const columns = table.names.map((name) => table.numeric(name));
  return columns.length === 1 ? [columns[0].map((p) => 1 - p), columns[0]] : columns;
};

describe('temperatureScaling', () => {
  it('agrees with a value computed by hand', () => {
    // Log-odds of ±2 ln 3 where three in four are right: those of 3 to 1 are ln 3, half as much.
    const z = Float64Array.from([1, 1, 1, 1, -1, -1, -1, -1], (sign) => sign * 2 * Math.log(3));
    const { temperature } = temperatureScaling([z], [1, 1, 1, 0, 0, 0, 0, 1]);
    expect(temperature).toBeCloseTo(2, 9);
    expect(temperatureValues({ temperature }, [z.slice(0, 1)])[1][0]).toBeCloseTo(0.75, 9);
  });

  it.each(reference.sets)('agrees with scikit-learn on $name', ({ x, y, weights, probabilities }) => {
    const scores = scoresOf(columnsOf(x));
    const fit = temperatureScaling(scores, y, weights ?? undefined);
    const received = temperatureValues(fit, scores);
    // scikit-learn's search stops within 1e-5 of the logarithm of the temperature.
    received.forEach((column, k) => {
      column.forEach((p, row) => {
        expect(Math.abs(p - probabilities[k][row])).toBeLessThan(1e-4);
      });
    });
  });

  it.each(reference.sets)('is a local minimum on $name', ({ x, y, weights }) => {
    const scores = scoresOf(columnsOf(x));
    const { temperature } = temperatureScaling(scores, y, weights ?? undefined);
    const lossAt = (each: number) => {
      const columns = temperatureValues({ temperature: each }, scores);
      return y.reduce((sum, code, row) => sum - (weights?.[row] ?? 1) * Math.log(columns[code][row]), 0);
    };
    const slope = (lossAt(temperature * (1 + 1e-5)) - lossAt(temperature * (1 - 1e-5))) / 2e-5;
    expect(Math.abs(slope)).toBeLessThan(1e-5 * lossAt(temperature));
  });

  it('flattens wrong predictions, and sharpens correct ones, up to a limit', () => {
    const z = Float64Array.of(1, 1, -1, -1);
    expect(temperatureScaling([z], [0, 0, 1, 1]).temperature).toBe(100);
    expect(temperatureScaling([z], [1, 1, 0, 0]).temperature).toBe(0.01);
  });

  it('never changes the likeliest class', () => {
    const random = new Random(3);
    const rows = Array.from({ length: 50 }, () => {
      const sizes = [random.uniform(), random.uniform(), random.uniform()];
      return sizes.map((size) => size / (sizes[0] + sizes[1] + sizes[2]));
    });
    const columns = columnsOf(rows);
    const scaled = temperatureValues({ temperature: 3 }, scoresOf(columns));
    rows.forEach((p, row) => {
      expect(scaled.reduce((sum, column) => sum + column[row], 0)).toBeCloseTo(1, 12);
      const best = p.indexOf(Math.max(...p));
      expect(scaled.every((column) => column[row] <= scaled[best][row])).toBe(true);
    });
  });
});
