import { chartTitle } from './chart-title.js';
import { histogramChart } from './histogram-chart.js';

it('is the title of a chart, with its lines joined, or undefined', () => {
  const chart = histogramChart('age', [45, 49, 51]);
  expect(chartTitle(chart)).toBe('age: distribution');
  expect(chartTitle({ ...chart, title: ['first', 'second'] })).toBe('first second');
  expect(chartTitle({ ...chart, title: { text: ['first', 'second'], subtitle: 'third' } })).toBe(
    'first second',
  );
  expect(chartTitle({ ...chart, title: undefined })).toBeUndefined();
});
