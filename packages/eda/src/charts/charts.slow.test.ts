import { Table } from '@churn/core';
import { type Rendered, rendered, svgsOf } from '../../test/render/rendered.js';
import { profile } from '../profile/profile.js';
import { classificationReportChart } from './classification-report-chart.js';
import { confusionChart } from './confusion-chart.js';
import { correlationChart } from './correlation-chart.js';
import { dependenceChart } from './dependence-chart.js';
import type { ChartSpec } from './figure.js';
import { histogramChart } from './histogram-chart.js';
import { importanceChart } from './importance-chart.js';
import { classDistributionChart, levelShareChart } from './level-chart.js';
import { missingChart } from './missing-chart.js';
import { calibrationChart, gainsChart, liftChart, precisionRecallChart, rocChart } from './model-curves.js';
import { profitChart } from './profit-chart.js';
import { beeswarmChart, waterfallChart } from './shap-charts.js';
import { shareChart } from './share-chart.js';
import { cumulativeHazardChart, horizonCalibrationChart, survivalChart } from './survival-charts.js';
import { targetRateChart } from './target-rate-chart.js';
import { thinCurve } from './thin-curve.js';
import { thresholdChart } from './threshold-chart.js';
import { timelineChart } from './timeline-chart.js';

const svgOf = (chart: ChartSpec) => svgsOf(chart)[0];

/** The texts of a picture, in the order in which they are drawn. */
function textsOf(svg: string): string[] {
  return [...svg.matchAll(/<text[^>]*>(.*?)<\/text>/g)].flatMap(([, text]) =>
    text.includes('<tspan')
      ? [...text.matchAll(/<tspan[^>]*>(.*?)<\/tspan>/g)].map(([, line]) => line)
      : [text],
  );
}

const LONG = 'a name of a column that somebody made very long, and then longer still, for no reason';
const HOSTILE = [
  '<script>alert(1)</script>',
  '__proto__',
  'a.b[0]["c"]',
  "it's \\ here",
  'constructor',
  LONG,
];
const line = { precision: 0.75, recall: 0.5, f1: 0.6, support: 8 };

/** One chart of each kind, with every name that it shows. */
const charts: Record<string, { chart: ChartSpec; shows: string[] }> = {
  classDistribution: {
    chart: classDistributionChart([
      { level: HOSTILE[0], rows: 30 },
      { level: LONG, rows: 10 },
    ]),
    shows: ['Class distribution', HOSTILE[0], LONG, '30 (75.0%)', '10 (25.0%)'],
  },
  levelShare: {
    chart: levelShareChart(
      'plan',
      HOSTILE.map((level, i) => ({ level, rows: 6 - i })),
    ),
    shows: ['plan: share of rows', ...HOSTILE, '6 (28.6%)'],
  },
  share: {
    chart: shareChart(
      HOSTILE.map((label, i) => ({ label, before: 0.1 * i, now: 0.05 })),
      { title: HOSTILE[0], series: ['before', HOSTILE[1]] },
    ),
    shows: [...HOSTILE, 'before', 'share of rows'],
  },
  timeline: {
    chart: timelineChart(
      [
        { time: '2026-10', series: HOSTILE[0], value: 0.9, interval: [0.8, 0.95] },
        { time: '2026-11', series: HOSTILE[0], value: 0.7 },
        { time: '2026-11', series: HOSTILE[1], value: 0.6 },
      ],
      { title: 'Over time', measure: 'ROC AUC', reference: 0.85 },
    ),
    shows: ['Over time', '2026-10', '2026-11', 'ROC AUC', HOSTILE[0], HOSTILE[1]],
  },
  histogram: {
    chart: histogramChart(HOSTILE[2], [1, 2, 2, 3, 3, 3, 4, 9, NaN, Infinity]),
    shows: [`${HOSTILE[2]}: distribution`, '8 rows, 2 without a value', HOSTILE[2]],
  },
  correlation: {
    chart: correlationChart({
      columns: HOSTILE.slice(0, 3),
      values: [
        [1, -0.5, null],
        [-0.5, 1, 0.125],
        [null, 0.125, 1],
      ],
    }),
    shows: [...HOSTILE.slice(0, 3), '1.00', '−0.50', '0.13'],
  },
  targetRate: {
    chart: targetRateChart(
      {
        name: LONG,
        auc: null,
        mutualInformation: 0,
        bins: [
          {
            kind: 'level',
            level: HOSTILE[0],
            from: null,
            to: null,
            rows: 4,
            positives: 1,
            rate: 0.25,
            interval: [0.1, 0.5],
          },
          {
            kind: 'range',
            level: '',
            from: 1.23456,
            to: 2,
            rows: 4,
            positives: 2,
            rate: 0.5,
            interval: [0.2, 0.8],
          },
          {
            kind: 'range',
            level: '',
            from: null,
            to: 3,
            rows: 4,
            positives: 2,
            rate: 0.5,
            interval: [0.2, 0.8],
          },
          {
            kind: 'other',
            level: '',
            from: null,
            to: null,
            rows: 4,
            positives: 2,
            rate: 0.5,
            interval: [0.2, 0.8],
          },
          {
            kind: 'missing',
            level: '',
            from: null,
            to: null,
            rows: 4,
            positives: 4,
            rate: 1,
            interval: [0.5, 1],
          },
        ],
      },
      { rate: 0.4, positive: 'churn' },
    ),
    shows: [`${LONG}: share of churn`, HOSTILE[0], '1.235 to 2', '-∞ to 3', 'all other levels', 'missing'],
  },
  missing: {
    chart: missingChart(Table.fromColumns({ [LONG]: [1, NaN, 3], [HOSTILE[2]]: ['a', '', 'b'] })),
    shows: ['Missing values', LONG, HOSTILE[2], '100%'],
  },
  roc: {
    chart: rocChart(
      HOSTILE.map((name) => ({ name, fpr: [0, 0.2, 1], tpr: [0, 0.7, 1], auc: 0.75, interval: [0.7, 0.8] })),
    ),
    shows: ['ROC curves', ...HOSTILE.map((name) => `${name}: AUC 0.750 (0.700 to 0.800)`)],
  },
  precisionRecall: {
    chart: precisionRecallChart(
      [{ name: LONG, precision: [0.2, 0.5, 1], recall: [1, 0.5, 0], averagePrecision: 0.6 }],
      {
        rate: 0.2,
      },
    ),
    shows: [`${LONG}: average precision 0.600`, 'precision', 'recall'],
  },
  calibration: {
    chart: calibrationChart([{ name: LONG, probPred: [0.1, 0.9], probTrue: [0.2, 0.8] }]),
    shows: [LONG],
  },
  gains: { chart: gainsChart([{ name: LONG, share: [0, 0.5, 1], gain: [0, 0.8, 1] }]), shows: [LONG] },
  lift: {
    chart: liftChart([{ name: LONG, share: [0.1, 0.5, 1], lift: [5.5, 2, 1] }]),
    shows: [LONG, 'lift', '6'],
  },
  survival: {
    chart: survivalChart(
      HOSTILE.slice(0, 5).map((name) => ({
        name,
        times: [1, 3, 7],
        survival: [0.9, 0.5, 0.2],
        lower: [0.8, 0.4, 0.1],
        upper: [1, 0.6, 0.3],
        atRisk: [1234, 7, 2],
      })),
      { time: 'months' },
    ),
    shows: ['Survival', 'months', 'at risk', '1,234', '7', '2', '100%', ...HOSTILE.slice(0, 5)],
  },
  cumulativeHazard: {
    chart: cumulativeHazardChart([{ name: LONG, times: [0.2, 0.3], cumulativeHazard: [0.1, 2.5] }], {
      subtitle: LONG,
    }),
    shows: ['Cumulative hazard', 'cumulative hazard', 'time', LONG],
  },
  horizonCalibration: {
    chart: horizonCalibrationChart(
      Array.from({ length: 9 }, (_, i) => ({
        name: HOSTILE[i] ?? `model ${i}`,
        bins: [{ predicted: 0.01, observed: 0.02, lower: 0.01, upper: 0.05 }],
      })),
    ),
    shows: ['the first 7, and 2 others not shown', 'predicted probability', ...HOSTILE],
  },
  profit: {
    chart: profitChart(
      { length: [0, 1, 2000], profit: [0, 50, -20_000], low: [0, 20, -25_000], high: [0, 80, -15_000] },
      { chosen: 1, unit: LONG },
    ),
    shows: ['Expected profit by number of contacts', 'customers contacted', '−20,000', '2,000'],
  },
  threshold: {
    chart: thresholdChart(
      { thresholds: [0.1, 0.5], precision: [0.2, 0.5, 1], recall: [1, 0.5, 0] },
      { chosen: 0.3 },
    ),
    shows: ['Decision threshold', 'chosen: 0.300', 'precision', 'recall', 'F1'],
  },
  confusion: {
    chart: confusionChart([
      {
        name: HOSTILE[0],
        classes: [LONG, 'no'],
        counts: [
          [3, 1],
          [0, 0],
        ],
      },
      {
        name: 'other',
        classes: [LONG, 'no'],
        counts: [
          [1234, 0],
          [2, 4],
        ],
      },
    ]),
    shows: [HOSTILE[0], 'other', LONG, 'no', '75.0%', '1,234', '33.3%'],
  },
  classificationReport: {
    chart: classificationReportChart({
      classes: [
        { label: HOSTILE[0], ...line },
        { label: LONG, ...line, precision: NaN },
      ],
      accuracy: 0.7,
      macroAverage: line,
      weightedAverage: line,
    }),
    shows: [HOSTILE[0], LONG, 'accuracy 0.700', '0.750', '8', '-', 'macro average'],
  },
  importance: {
    chart: importanceChart(
      HOSTILE.map((feature, i) => ({ feature, mean: i - 1, std: 0.5 })),
      { top: 5, measure: 'fall of AUC' },
    ),
    shows: ['the first 5 of 6 features', LONG, HOSTILE[2], 'fall of AUC'],
  },
  beeswarm: {
    chart: beeswarmChart(
      HOSTILE.map((feature) => ({ feature, contributions: [0.1, -0.2, 0.1], values: [1, NaN, 3] })),
    ),
    shows: ['Feature contributions (SHAP)', ...HOSTILE, 'low', 'high'],
  },
  dependence: {
    chart: dependenceChart(
      { column: HOSTILE[0], values: HOSTILE, average: HOSTILE.map((_, i) => i) },
      { measure: HOSTILE[1] },
    ),
    shows: [...HOSTILE],
  },
  'dependence on numbers': {
    chart: dependenceChart({
      column: 'tenure',
      values: [1, 5, 9],
      average: [3, 2, 1],
      individual: [[4, 3, 1]],
    }),
    shows: ['Prediction by tenure', 'prediction'],
  },
  waterfall: {
    chart: waterfallChart(
      HOSTILE.map((label, i) => ({ label, contribution: (i % 2 ? 1 : -1) * (i + 1) })),
      { baseline: 0.5, top: 4 },
    ),
    shows: ['average row 0.500, this row 3.500', LONG, '2 others', '+6.000', '−5.000'],
  },
};

it('counts rows at risk at each tick of the time axis, including the last', () => {
  const times = [2, 5, 9, 10];
  const chart = survivalChart([
    { name: 'all', times, survival: [0.9, 0.6, 0.3, 0], atRisk: [400, 300, 200, 100] },
  ]);
  const { vconcat } = chart as { vconcat: { data: { values: { time: number; count: string }[] } }[] };
  const counts = new Map(vconcat[1].data.values.map(({ time, count }) => [time, count]));
  expect([0, 2, 4, 6, 10].map((time) => counts.get(time))).toEqual(['400', '400', '300', '200', '100']);
});

it('rejects invalid curves', () => {
  const curve = { name: 'all', times: [1, 2], survival: [0.5, 0.2] };
  expect(() => survivalChart([])).toThrow('survivalChart: expected curves to draw, got none');
  expect(() => survivalChart([{ ...curve, survival: [1] }])).toThrow(
    'expected as many times as values of "all"',
  );
  expect(() => survivalChart([{ ...curve, lower: [NaN, 0], upper: [1, 1] }])).toThrow(
    'lower of "all", got NaN at place 0',
  );
  expect(() => horizonCalibrationChart([{ name: 'a', bins: [] }])).toThrow('expected bins of "a" to draw');
});

it('orders periods like the points, with and without intervals', () => {
  const points = ['March', 'April', 'May', 'June'].flatMap((time, i) => [
    { time, series: 'estimated', value: i, ...(i % 2 === 1 && { interval: [i - 1, i + 1] as const }) },
    { time, series: 'realised', value: i },
  ]);
  const texts = textsOf(svgOf(timelineChart(points)));
  const times = texts.filter((text) => points.some(({ time }) => time === text));
  expect(times).toEqual(['March', 'April', 'May', 'June']);
});

it('draws names of object properties', () => {
  const drawn = ['constructor', '__proto__', 'toString'].flatMap((name) => [
    histogramChart(name, [1, 2, 2, 3], { title: name, subtitle: name }),
    shareChart([{ label: name, before: 0.5, now: 1 }], { title: name, series: [name, 'now'] }),
    timelineChart([{ time: name, series: name, value: 1 }], { title: name, measure: name }),
    importanceChart([{ feature: name, mean: 1 }], { title: name, measure: name }),
  ]);
  const svgs = svgsOf(...drawn);
  expect(svgs.map((svg) => typeof svg)).toEqual(drawn.map(() => 'string'));
  const first = textsOf(svgs[0]).map((text) => text.trim());
  expect(first.filter((text) => text === 'constructor')).toHaveLength(3);
});

describe('rendered charts', () => {
  const names = Object.keys(charts);
  let all: Rendered[];
  beforeAll(() => {
    all = rendered(names.map((name) => ({ chart: charts[name].chart })));
  });

  it.each(names)('%s shows its title and all names in full, as text', (name) => {
    const { svg } = all[names.indexOf(name)];
    const texts = textsOf(svg).map(unescaped);
    for (const shown of charts[name].shows) expect(texts).toContain(shown);
    expect(svg).not.toContain('<script');
    expect(svg).not.toMatch(/NaN|undefined/);
  });

  it('is deterministic', () => {
    const again = rendered([{ chart: charts.roc.chart }])[0].svg;
    // Not toBe, which would print both.
    expect(again === all[names.indexOf('roc')].svg).toBe(true);
  });

  it('makes a PNG of the size of the chart times the scale', () => {
    const { chart } = charts.classDistribution;
    const [{ svg }, one, three] = rendered([{ chart }, { chart, scale: 1 }, { chart, scale: 3 }]);
    const width = Number(/width="(\d+)/.exec(svg)?.[1]);
    const widthOf = ({ png }: Rendered) => Buffer.from(png).readUInt32BE(16);
    expect(one.png.slice(0, 4)).toEqual([0x89, 0x50, 0x4e, 0x47]);
    expect(Math.abs(widthOf(one) - width)).toBeLessThanOrEqual(1);
    expect(Math.abs(widthOf(three) - 3 * width)).toBeLessThanOrEqual(3);
  });

  it('rejects invalid specifications, and reads no external data', () => {
    const [broken, scale, remote] = rendered([
      { chart: { mark: 'nothing' } },
      { chart: charts.roc.chart, scale: 0 },
      { chart: { data: { url: 'http://example.com/data.json' }, mark: 'point' } },
    ]);
    expect(broken).toMatchObject({
      code: 'invalid-data',
      message: expect.stringMatching(/^chart: cannot be drawn/),
    });
    expect(scale).toMatchObject({ code: 'invalid-parameter', message: expect.stringMatching(/^scale: /) });
    expect(remote.svg ?? '').not.toContain('<circle');
  });

  it('draws the same PNG of an SVG directly and in a thread, opaque or not', () => {
    const clear = {
      background: null,
      padding: 0,
      width: 30,
      height: 20,
      data: { values: [{}] },
      mark: 'point',
    };
    const [opaque, transparent] = rendered([
      { chart: charts.roc.chart, scale: 1, twice: true },
      { chart: clear, scale: 1, twice: true },
    ]);
    expect([opaque.isSame, transparent.isSame]).toEqual([true, true]);
    // The kind of colours: three bytes a pixel, and with opacity four.
    expect([opaque.png[25], transparent.png[25]]).toEqual([2, 6]);
  });

  it('accepts further fonts, and rejects missing ones', () => {
    const font = require.resolve('dejavu-fonts-ttf/ttf/DejaVuSerif.ttf');
    const { chart } = charts.classDistribution;
    const [taken, missing] = rendered([
      { chart, scale: 1, fontFiles: [font] },
      { chart, scale: 1, fontFiles: [font, '/nowhere/font.otf'] },
    ]);
    expect(taken.png.slice(1, 4)).toEqual([...Buffer.from('PNG')]);
    expect(missing).toMatchObject({
      code: 'invalid-parameter',
      message: 'fontFiles: expected existing files, got "/nowhere/font.otf"',
    });
  });

  it('draws one bar per level and one dot per row', () => {
    const marks = (name: string, role: string) =>
      [...all[names.indexOf(name)].svg.matchAll(new RegExp(`aria-roledescription="${role}"`, 'g'))].length;
    expect(marks('levelShare', 'bar')).toBe(HOSTILE.length);
    expect(marks('classDistribution', 'bar')).toBe(2);
    expect(marks('beeswarm', 'circle')).toBe(3 * HOSTILE.length);
  });
});

describe('a chart without data is one clear error', () => {
  const empty: [string, () => unknown][] = [
    ['classDistributionChart', () => classDistributionChart([])],
    ['histogramChart', () => histogramChart('a', [NaN, Infinity])],
    ['correlationChart', () => correlationChart({ columns: [], values: [] })],
    ['missingChart', () => missingChart(Table.fromColumns({}))],
    ['rocChart', () => rocChart([])],
    ['rocChart', () => rocChart([{ name: 'a', fpr: [], tpr: [], auc: NaN }])],
    ['confusionChart', () => confusionChart([])],
    ['importanceChart', () => importanceChart([])],
    ['beeswarmChart', () => beeswarmChart([])],
    ['beeswarmChart', () => beeswarmChart([{ feature: 'a', contributions: [], values: [] }])],
    ['waterfallChart', () => waterfallChart([], { baseline: 0 })],
    ['profitChart', () => profitChart({ length: [], profit: [], low: [], high: [] })],
    ['thresholdChart', () => thresholdChart({ thresholds: [], precision: [], recall: [] })],
  ];
  it.each(empty)('%s', (name, make) => {
    expect(make).toThrow(new RegExp(`^${name}: expected .* got none`));
  });

  it('also of arrays that differ in length', () => {
    expect(() => rocChart([{ name: 'a', fpr: [0, 1], tpr: [0], auc: 1 }])).toThrow(
      'rocChart: expected as many false positive rate as true positive rate, got 2 and 1',
    );
  });
});

describe('thinCurve', () => {
  it('keeps short curves, and the ends and an even subset of long ones', () => {
    expect(thinCurve([0, 0.5, 1], [0, 1, 1])).toEqual([0, 1, 2]);
    const n = 1_000_000;
    const x = Float64Array.from({ length: n }, (_, i) => i / (n - 1));
    const kept = thinCurve(x, x.map(Math.sqrt));
    expect(kept.length).toBeLessThanOrEqual(400);
    expect(kept.length).toBeGreaterThan(300);
    expect([kept[0], kept[kept.length - 1]]).toEqual([0, n - 1]);
    expect(kept).toEqual([...kept].sort((a, b) => a - b));
  });

  it('keeps the file of a curve with a million points small', () => {
    const n = 1_000_000;
    const x = Float64Array.from({ length: n }, (_, i) => i / (n - 1));
    expect(svgOf(rocChart([{ name: 'a', fpr: x, tpr: x, auc: 0.5 }])).length).toBeLessThan(60_000);
  });
});

it('charts accept a profile', () => {
  const x = Table.fromColumns({ age: [20, 30, 40, 50], plan: ['a', 'b', 'a', 'b'] });
  const { columns, correlations, target } = profile(x, { target: ['no', 'yes', 'no', 'yes'] });
  const [, plan] = columns;
  if (plan.kind !== 'category' || !target) throw new Error('expected a category and a target');
  const svgs = rendered([
    { chart: levelShareChart(plan.name, plan.top, { totalRows: x.nRows - plan.missing }) },
    { chart: correlationChart(correlations.pearson) },
    { chart: targetRateChart(target.relations[1], { rate: target.rate }) },
  ]);
  for (const { svg } of svgs) expect(svg).toMatch(/^<svg/);
});

function unescaped(text: string): string {
  return text
    .replace(/&lt;/g, '<')
    .replace(/&gt;/g, '>')
    .replace(/&quot;/g, '"')
    .replace(/&#39;/g, "'")
    .replace(/&amp;/g, '&');
}

it('shares refer to all rows if only the most frequent levels are given', () => {
  const chart = levelShareChart('city', [{ level: 'a', rows: 10 }], { totalRows: 1000 });
  const texts = textsOf(svgOf(chart));
  expect(texts).toContain('10 (1.0%)');
  expect(texts).toContain('990 (99.0%)');
  expect(texts).toContain('all other levels');
});

it('beeswarmChart draws missing numbers in grey', () => {
  const svg = svgOf(
    beeswarmChart([
      { feature: 'number', contributions: [1, -1], values: [1, 2] },
      { feature: 'category', contributions: [0.5, -0.5], values: [NaN, NaN] },
    ]),
  );
  const dots = /mark-symbol role-mark[^>]*>(.*?)<\/g>/s.exec(svg)?.[1] ?? '';
  const fills = [...dots.matchAll(/fill="([^"]+)"/g)].map(([, fill]) => fill);
  expect(fills).toHaveLength(4);
  expect(fills.slice(2)).toEqual(['#888888', '#888888']);
  expect(new Set(fills).size).toBe(3);
});
