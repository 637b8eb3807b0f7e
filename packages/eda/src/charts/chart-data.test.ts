import { chartData } from './chart-data.js';
import { confusionChart } from './confusion-chart.js';
import { histogramChart } from './histogram-chart.js';
import { rocChart } from './model-curves.js';

describe('chartData', () => {
  it('uses the largest data set of a figure, without auxiliary ones', () => {
    const curve = { name: 'a', fpr: [0, 1 / 3, 1], tpr: [0, 0.5, 1], auc: 0.5 };
    expect(chartData(rocChart([curve]))).toEqual({
      head: ['label', 'x', 'y'],
      rows: [
        [expect.stringMatching(/^a: /), 0, 0],
        [expect.stringMatching(/^a: /), 0.333333, 0.5],
        [expect.stringMatching(/^a: /), 1, 1],
      ],
    });
  });

  it('names models and classes, and omits text', () => {
    const matrix = {
      name: 'a',
      classes: ['x', 'y'],
      counts: [
        [3, 1],
        [0, 4],
      ],
    };
    const { head, rows } = chartData(confusionChart([matrix]));
    expect(head).toEqual(['name', 'actual', 'predicted', 'count', 'share']);
    expect(rows).toContainEqual(['a', 'x', 'y', 1, 0.25]);
  });

  it('contains the bins of a histogram', () => {
    const { rows } = chartData(histogramChart('age', [1, 2, 2, 3]));
    expect(rows.length).toBeGreaterThan(1);
  });

  it('has no rows if a specification has none', () => {
    expect(chartData({ mark: 'bar', data: { url: 'a.csv' } } as never)).toEqual({ head: [], rows: [] });
    expect(chartData({ mark: 'bar', data: { values: [1, 2] } } as never)).toEqual({
      head: ['value'],
      rows: [[1], [2]],
    });
  });
});
