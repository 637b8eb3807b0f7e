import { svgsOf } from '../../test/render/rendered.js';
import { chartData } from './chart-data.js';
import { groupMeasureChart } from './group-measure-chart.js';

const recall = { name: 'recall', overall: 0.8, isShare: true };
const precision = { name: 'precision', isShare: true };
const figures = (value: number) => [{ value, interval: [value - 0.1, value + 0.1] as const }, { value }];

it('draws a panel for each metric, with a value for each group', () => {
  const chart = groupMeasureChart(
    [
      { group: 'F', rows: 120, figures: figures(0.75) },
      { group: '<b>', rows: 80, figures: [null, { value: 0.5, interval: null }] },
    ],
    [recall, precision],
  );
  const [svg] = svgsOf(chart);
  for (const text of ['>recall<', '>precision<', '>F<', '&lt;b&gt;']) expect(svg).toContain(text);
  expect(svg.match(/stroke-dasharray="4,4"/g)).toHaveLength(1);
  expect(svg).toContain('dashed lines: all rows');
  expect(chartData(chart).rows).toEqual([
    ['recall', 'F', 120, 0.75, '75.0%', '65.0% to 85.0%', 0.65, 0.85, 0.8],
    ['recall', '<b>', 80, '', 'not known', 'none', '', '', 0.8],
    ['precision', 'F', 120, 0.75, '75.0%', 'none', '', '', ''],
    ['precision', '<b>', 80, 0.5, '50.0%', 'none', '', '', ''],
  ]);
});

it('draws the 40 largest groups, and says so', () => {
  const groups = Array.from({ length: 50 }, (_, i) => ({
    group: `group ${i}`,
    rows: i,
    figures: [{ value: 5 * i }],
  }));
  const [svg] = svgsOf(groupMeasureChart(groups, [{ name: 'error' }]));
  expect(svg).toContain('the 40 with the most rows, and 10 others not shown');
  expect(svg).toContain('group 10<');
  expect(svg).not.toContain('group 9<');
});

it.each([
  [() => groupMeasureChart([], [recall]), 'groupMeasureChart: expected groups to draw, got none'],
  [
    () => groupMeasureChart([{ group: 'F', rows: 1, figures: [] }], []),
    'groupMeasureChart: expected measures to draw, got none',
  ],
  [
    () => groupMeasureChart([{ group: 'F', rows: 1, figures: [{ value: 1 }] }], [recall, precision]),
    'groupMeasureChart: expected as many figures of "F" as measures, got 1 and 2',
  ],
  [
    () => groupMeasureChart([{ group: 'F', rows: 1, figures: [{ value: NaN }] }], [recall]),
    'groupMeasureChart: expected finite numbers as figures of recall, got NaN at place 0',
  ],
  [
    () => groupMeasureChart([{ group: 'F', rows: 1, figures: [null] }], [{ name: 'recall', overall: NaN }]),
    'groupMeasureChart: expected finite numbers as figures of recall, got NaN at place 0',
  ],
])('rejects invalid data (%#)', (make, message) => {
  expect(make).toThrow(message);
});
