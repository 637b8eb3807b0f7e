import { dependenceChart } from './dependence-chart.js';

const curve = { column: 'tenure', values: [1, 5, 9], average: [0.5, 0.4, 0.1] };

describe('dependenceChart', () => {
  it("draws the mean of the rows' curves", () => {
    const individual = [
      [0.6, 0.5, 0.2],
      [0.4, 0.3, 0],
    ];
    const spec = dependenceChart({ ...curve, individual }, { measure: 'probability' }) as never as {
      layer: { data: { values: { value: number; predicted: number; row: number }[] } }[];
    };
    const [rows, average] = spec.layer.map(({ data }) => data.values);
    expect(rows).toHaveLength(6);
    expect(rows[3]).toEqual({ value: 1, predicted: 0.4, row: 1 });
    expect(average.map(({ predicted }) => predicted)).toEqual(curve.average);
  });

  it('reports what is left out', () => {
    const many = {
      column: 'city',
      values: Array.from({ length: 50 }, (_, i) => `city ${i}`),
      average: new Float64Array(50),
      individual: Array.from({ length: 100 }, () => new Float64Array(50)),
    };
    expect(JSON.stringify(dependenceChart(many).title)).toContain('40 others not shown');
    expect(JSON.stringify(dependenceChart(many).title)).toContain('10 others not shown');
  });

  it.each([
    [{ ...curve, values: [] }, 'expected values of "tenure" to draw, got none'],
    [{ ...curve, average: [1] }, 'expected as many values as numbers of the average, got 3 and 1'],
    [{ ...curve, average: [1, 2, NaN] }, 'expected finite numbers as the average'],
    [{ ...curve, values: [1, 'b', 3] }, 'expected numbers or categories as values, got both'],
    [{ ...curve, individual: [[1]] }, 'expected as many values as numbers of each curve'],
  ])('rejects %j', (wrong, message) => {
    expect(() => dependenceChart(wrong)).toThrow(
      expect.objectContaining({ code: 'invalid-data', message: expect.stringContaining(message) }),
    );
  });
});
