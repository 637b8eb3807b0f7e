import { Random } from '@churn/core';
import { svgsOf } from '../../test/render/rendered.js';
import { suitedScale } from '../profile/suited-scale.js';
import { coverageChart } from './coverage-chart.js';
import { groupErrorChart } from './group-error-chart.js';
import { histogramChart } from './histogram-chart.js';
import { intervalWidthChart } from './interval-width-chart.js';
import { predictionErrorChart } from './prediction-error-chart.js';
import { residualChart } from './residual-chart.js';
import { targetBoxChart } from './target-box-chart.js';
import { targetMeanChart } from './target-mean-chart.js';

const random = new Random(3);
const amounts = (n: number) => {
  const predicted = Float64Array.from({ length: n }, () => 50 + 10 * random.normal());
  return { predicted, actual: predicted.map((value) => value + 4 * random.normal()) };
};
const intervals = (n: number) => {
  const { actual, predicted } = amounts(n);
  return { actual, predicted, low: predicted.map((v) => v - 6), high: predicted.map((v) => v + 6) };
};
// biome-ignore lint/suspicious/noExplicitAny: the parts of a specification, of which types know little
const layersOf = (chart: any): any[] => chart.layer;

describe('regression charts', () => {
  it('stay small for 100,000 rows', () => {
    const many = intervals(100_000);
    const charts = [
      predictionErrorChart(many),
      residualChart(many),
      intervalWidthChart(many, { coverage: 0.9 }),
    ];
    const svgs = svgsOf(...charts);
    for (const [i, svg] of svgs.entries()) {
      expect(svg).toMatch(/^<svg/);
      expect(svg.length).toBeLessThan(300_000);
      expect(JSON.stringify(charts[i]).length).toBeLessThan(200_000);
    }
    expect(svgs[0]).toContain('rows');
  });

  it('draw one dot per row up to 1,000 rows, and above that hexagons that contain every row', () => {
    const [dots] = layersOf(predictionErrorChart(amounts(1000)));
    expect(dots.data.values).toHaveLength(1000);
    const [cloud] = layersOf(predictionErrorChart(amounts(1001)));
    const rows = cloud.data.values.map((each: { rows: number }) => each.rows);
    expect(rows.length).toBeLessThan(1000);
    expect(rows.reduce((sum: number, each: number) => sum + each, 0)).toBe(1001);
  });

  it('report how many outliers are not drawn', () => {
    const { actual, predicted } = amounts(500);
    actual[7] = 1e6;
    for (const make of [predictionErrorChart, residualChart]) {
      const chart = make({ actual, predicted });
      expect(JSON.stringify(chart.title)).toContain('not shown: 1 outlier');
      expect(layersOf(chart)[0].data.values).toHaveLength(499);
    }
  });

  it('use a logarithmic scale for skewed positive values, or as requested', () => {
    const { actual: plain } = amounts(300);
    const skewed = plain.map((value) => Math.exp(value / 5));
    const scaleOf = (actual: Float64Array, scale?: 'log' | 'linear') =>
      layersOf(predictionErrorChart({ actual, predicted: actual }, { scale }))[0].encoding.x.scale.type;
    expect([scaleOf(plain), scaleOf(skewed)]).toEqual(['linear', 'log']);
    expect([scaleOf(plain, 'log'), scaleOf(skewed, 'linear')]).toEqual(['log', 'linear']);
    expect(scaleOf(skewed.map((value, row) => (row === 0 ? -1 : value)))).toBe('linear');
    expect(() => scaleOf(Float64Array.of(1, 0), 'log')).toThrow(
      'predictionErrorChart: expected values above 0 for a logarithmic scale, got 0',
    );
  });

  it('summarise residuals by deciles of the predictions', () => {
    const predicted = Float64Array.from({ length: 400 }, (_, row) => row);
    const actual = predicted.map((value, row) => value + (row < 200 ? 5 : -3) + (row % 2));
    const bands = layersOf(residualChart({ actual, predicted }))[2].data.values;
    expect(bands).toHaveLength(10);
    expect(bands[0]).toEqual({ x: 20, low: 5, median: 5.5, high: 6 });
    expect(bands[9]).toEqual({ x: 380, low: -3, median: -2.5, high: -2 });
    const few = residualChart({ actual: [1, 2], predicted: [1, 1] });
    expect(layersOf(few)[2].data.values).toEqual([]);
  });

  it('show width and coverage of intervals by deciles of the predictions', () => {
    const predicted = Float64Array.from({ length: 200 }, (_, row) => row);
    const chart = intervalWidthChart({
      predicted,
      actual: predicted.map((value, row) => value + (row >= 180 ? 9 : 0)),
      low: predicted.map((value) => value - 1),
      high: predicted.map((value, row) => value + (row < 100 ? 1 : 3)),
    });
    const bins = (chart as unknown as { data: { values: { width: number; share: number; rows: number }[] } })
      .data.values;
    expect(bins.map(({ width }) => width)).toEqual([2, 2, 2, 2, 2, 4, 4, 4, 4, 4]);
    expect(bins.map(({ share }) => share)).toEqual([1, 1, 1, 1, 1, 1, 1, 1, 1, 0]);
    expect(bins.map(({ rows }) => rows)).toEqual(new Array(10).fill(20));
  });

  it('name groups and report what is left out', () => {
    const groups = Array.from({ length: 50 }, (_, i) => ({ group: `group ${i}`, rows: 30, error: i }));
    const [svg] = svgsOf(groupErrorChart(groups, { overall: 20, measure: 'median error' }));
    expect(svg).toContain('the 40 with the largest errors, and 10 others not shown');
    expect(svg).toContain('group 10<');
    expect(svg).not.toContain('group 9<');
    expect(svg).toContain('median error');
  });

  it('draw a coverage curve for each model', () => {
    const [svg] = svgsOf(
      coverageChart([
        { name: '<b>', nominal: [0.5, 0.9], observed: [0.4, 0.8] },
        { name: 'boosting', nominal: [0.5, 0.9], observed: [0.5, 0.9] },
      ]),
    );
    expect(svg).toContain('&lt;b&gt;');
    expect(svg).toContain('nominal coverage');
  });
});

describe('invalid values are one clear error', () => {
  const ends = { low: [0], high: [1] };
  const cases: [make: () => unknown, message: string][] = [
    [
      () => predictionErrorChart({ actual: [], predicted: [] }),
      'predictionErrorChart: expected rows to draw, got none',
    ],
    [
      () => residualChart({ actual: [1], predicted: [1, 2] }),
      'residualChart: expected as many predictions as actual values, got 2 and 1',
    ],
    [
      () => residualChart({ actual: [1], predicted: [NaN] }),
      'residualChart: expected finite numbers as predictions, got NaN at place 0',
    ],
    [
      () => intervalWidthChart({ actual: [1], predicted: [1], ...ends, high: [Infinity] }),
      'intervalWidthChart: expected finite numbers as upper ends, got Infinity at place 0',
    ],
    [
      () => intervalWidthChart({ actual: [1], predicted: [1], low: [2], high: [1] }),
      'intervalWidthChart: expected intervals that end above their start, got 2 to 1 at place 0',
    ],
    [
      () => intervalWidthChart({ actual: [1], predicted: [1], ...ends }, { coverage: 90 }),
      'coverage: expected a number from 0 to 1, got 90',
    ],
    [() => groupErrorChart([]), 'groupErrorChart: expected groups to draw, got none'],
    [
      () => groupErrorChart([{ group: 'a', rows: 1, error: NaN }]),
      'groupErrorChart: expected finite numbers as figures of groups, got NaN at place 0',
    ],
    [() => coverageChart([]), 'coverageChart: expected curves to draw, got none'],
  ];
  it.each(cases)('%#', (make, message) => {
    expect(make).toThrow(message);
  });
});

describe('a column and a numeric target', () => {
  const box = (median: number) => ({ low: 0.5, q1: median - 1, median, q3: median + 1, high: 900 });
  const bin = (level: string, mean: number, rows = 4) => ({
    kind: 'level' as const,
    level,
    from: null,
    to: null,
    rows,
    mean,
    interval: rows > 1 ? ([mean - 1, mean + 1] as const) : null,
    box: box(mean),
  });
  const bins = [bin('<b>', 3), bin('constructor', 30), bin('alone', 4, 1)];

  it('are drawn as means with intervals, and as boxes', () => {
    const [means, boxes, logBoxes] = svgsOf(
      targetMeanChart({ name: 'plan', bins }, { target: 'value', mean: 9 }),
      targetBoxChart({ name: 'plan', bins }, { target: 'value' }),
      targetBoxChart({ name: 'plan', bins }, { target: 'value', scale: 'log' }),
    );
    for (const svg of [means, boxes, logBoxes]) {
      for (const text of ['&lt;b&gt;', 'constructor', 'alone']) expect(svg).toContain(text);
      expect(svg).not.toContain('NaN');
    }
    expect(means).toContain('plan: mean value');
    expect([...means.matchAll(/aria-roledescription="circle"/g)]).toHaveLength(3);
    // One row alone has no interval; the last rule is the mean of all rows.
    expect([...means.matchAll(/aria-roledescription="rule mark"/g)]).toHaveLength(3);
    expect([...boxes.matchAll(/aria-roledescription="bar"/g)]).toHaveLength(3);
    expect(logBoxes).toContain('100<');
  });

  it('are rejected if there is nothing to draw, or no logarithm', () => {
    expect(() => targetMeanChart({ name: 'a', bins: [] })).toThrow(
      'targetMeanChart: expected levels or ranges of "a" to draw, got none',
    );
    expect(() => targetMeanChart({ name: 'a', bins }, { mean: NaN })).toThrow(
      'mean: expected a finite number',
    );
    const below = [{ ...bin('x', 1), box: { ...box(1), low: -2 } }];
    expect(() => targetBoxChart({ name: 'a', bins: below }, { scale: 'log' })).toThrow(
      'targetBoxChart: expected values above 0 for a logarithmic scale, got -2',
    );
  });
});

describe('histogramChart on a logarithmic scale', () => {
  const values = Array.from({ length: 1000 }, () => Math.exp(3 + 1.5 * random.normal()));

  it('has bins of equal logarithmic width that contain all rows', () => {
    const chart = histogramChart('value', values, { scale: 'log' });
    const bins: { from: number; to: number; count: number }[] = (
      chart as unknown as { data: { values: { from: number; to: number; count: number }[] } }
    ).data.values;
    expect(bins.reduce((sum, { count }) => sum + count, 0)).toBe(1000);
    for (const { from, to } of bins) expect(to / from).toBeCloseTo(bins[0].to / bins[0].from, 8);
    expect(svgsOf(chart)[0]).not.toContain('NaN');
    expect(() => histogramChart('value', [1, 0], { scale: 'log' })).toThrow(
      'histogramChart: expected values above 0 for a logarithmic scale, got 0',
    );
  });

  it('suits positive, right-skewed values', () => {
    const one = (shift: number) => values.map((value) => value + shift);
    expect([suitedScale(values), suitedScale(one(-10)), suitedScale(one(1000))]).toEqual([
      'log',
      'linear',
      'linear',
    ]);
    expect(suitedScale([...values, NaN, Infinity])).toBe('log');
    expect([suitedScale([]), suitedScale([5]), suitedScale([1, 2, 3])]).toEqual([
      'linear',
      'linear',
      'linear',
    ]);
  });
});
