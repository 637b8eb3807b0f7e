import { svgsOf } from '../../test/render/rendered.js';
import type { TimeProfile } from '../profile/time-profile.js';
import { periodChart } from './period-chart.js';

const profile: TimeProfile = {
  column: '<b>',
  period: 'month',
  target: { kind: 'classes', name: 'left', positive: 'constructor' },
  value: 0.3,
  periods: [
    { time: '2024-01', rows: 10, value: 0.3, interval: [0.1, 0.6] },
    { time: '2024-02', rows: 0, value: null, interval: null },
    { time: '2024-03', rows: 1, value: 0, interval: [0, 0.8] },
  ],
  missing: 2,
  omittedRows: 0,
};

it('draws the target above the row counts, at the same positions', () => {
  const [classes, amounts, rows] = svgsOf(
    periodChart(profile),
    periodChart({ ...profile, target: { kind: 'values', name: 'value' }, omittedRows: 1234 }),
    periodChart({ ...profile, target: null, value: null }),
  );
  for (const svg of [classes, amounts, rows]) {
    expect(svg).toContain('&lt;b&gt;, by month');
    expect(svg).not.toContain('NaN');
  }
  expect(classes).toContain('share of constructor with 95% intervals');
  expect(classes).toContain('not shown: 2 rows without a date');
  expect(amounts).toContain('mean value');
  expect(amounts).toContain('1,234 rows of periods with fewer rows');
  const dots = [...classes.matchAll(/aria-roledescription="point" transform="translate\(([\d.]+),/g)];
  const bars = [...classes.matchAll(/aria-roledescription="bar" d="M([\d.]+),/g)];
  expect([dots.length, bars.length]).toEqual([2, 3]);
  expect(Number(dots[1][1])).toBeGreaterThan(Number(bars[2][1]));
});

it('rejects empty data', () => {
  expect(() => periodChart({ ...profile, periods: [] })).toThrow(
    'periodChart: expected periods to draw, got none',
  );
});
