import { Table } from '@churn/core';
import { rendered, svgsOf } from '../../test/render/rendered.js';
import { classificationReportChart } from './classification-report-chart.js';
import { confusionChart } from './confusion-chart.js';
import { correlationChart } from './correlation-chart.js';
import type { ChartSpec } from './figure.js';
import { histogramChart } from './histogram-chart.js';
import { importanceChart } from './importance-chart.js';
import { classDistributionChart, levelShareChart } from './level-chart.js';
import { missingChart } from './missing-chart.js';
import { calibrationChart, liftChart, rocChart } from './model-curves.js';
import { beeswarmChart, waterfallChart } from './shap-charts.js';
import { targetRateChart } from './target-rate-chart.js';
import { thresholdChart } from './threshold-chart.js';

const times = <T>(n: number, make: (i: number) => T) => Array.from({ length: n }, (_, i) => make(i));
const line = { precision: 0.75, recall: 0.5, f1: 0.6, support: 8 };
const roc = (name: string) => ({ name, fpr: [0, 0.2, 1], tpr: [0, 0.7, 1], auc: 0.75 });
const bin = (level: string, rows = 4) => ({
  kind: 'level' as const,
  level,
  from: null,
  to: null,
  rows,
  positives: 1,
  rate: 0.25,
  interval: [0.1, 0.5] as const,
});
const relation = (name: string, bins: ReturnType<typeof bin>[]) => ({
  name,
  auc: null,
  mutualInformation: 0,
  bins,
});

describe('a figure of too much data stays small, and says what it leaves out', () => {
  const long = (i: number) => `${i} ${'x'.repeat(5000)}`;
  const figures: [name: string, chart: () => ChartSpec, says: RegExp][] = [
    [
      'missingChart',
      () =>
        missingChart(
          Table.fromColumns(
            Object.fromEntries(
              times(300, (j) => [`column ${j}`, times(500, (i) => ((i * (j + 7)) % 11 < j % 9 ? NaN : i))]),
            ),
          ),
        ),
      /the 50 columns with the most missing values, and 250 others not shown, 34 of them complete/,
    ],
    [
      'correlationChart',
      () =>
        correlationChart({
          columns: times(150, (i) => `column ${i}`),
          values: times(150, (i) => times(150, (j) => Math.cos(i * j))),
        }),
      /the 50 columns with the strongest correlations, and 100 others not shown/,
    ],
    [
      'beeswarmChart',
      () =>
        beeswarmChart(
          times(60, (k) => ({
            feature: long(k),
            contributions: times(2000, (i) => Math.sin(i * (k + 1))),
            values: times(2000, (i) => i),
          })),
        ),
      /the first 15 of 60 features, 200 of 2,000 rows/,
    ],
    [
      'classDistributionChart',
      () => classDistributionChart(times(1000, (i) => ({ level: long(i), rows: i }))),
      /the 40 with the most rows, and 960 others combined/,
    ],
    [
      'levelShareChart',
      () =>
        levelShareChart(
          long(0),
          times(5000, (i) => ({ level: long(i), rows: i })),
        ),
      /the 40 with the most rows, and 4,960 others combined/,
    ],
    [
      'targetRateChart',
      () =>
        targetRateChart(
          relation(
            long(0),
            times(1000, (i) => bin(long(i), i)),
          ),
        ),
      /the 50 with the most rows, and 950 others not shown/,
    ],
    [
      'confusionChart',
      () =>
        confusionChart(
          times(40, (k) => ({
            name: `model ${k}`,
            classes: times(60, (i) => `class ${i}`),
            counts: times(60, (i) => times(60, (j) => i + j)),
          })),
        ),
      /the 7 classes with the most rows, and 53 others combined; the first 28 models, and 12 others not shown/,
    ],
    [
      'classificationReportChart',
      () =>
        classificationReportChart({
          classes: times(500, (i) => ({ label: long(i), ...line })),
          accuracy: 0.5,
          macroAverage: line,
          weightedAverage: line,
        }),
      /the 40 with the most rows, and 460 others not shown/,
    ],
    [
      'rocChart',
      () =>
        rocChart(
          times(100, (k) => {
            const x = times(2000, (i) => i / 1999);
            return { name: long(k), fpr: x, tpr: x.map((each) => each ** 0.3), auc: 0.7 };
          }),
        ),
      /the first 28, and 72 others not shown/,
    ],
    [
      'calibrationChart',
      () => {
        const x = times(2000, (i) => i / 1999);
        return calibrationChart(times(100, (k) => ({ name: `model ${k}`, probPred: x, probTrue: x })));
      },
      /the first 28, and 72 others not shown/,
    ],
    [
      'importanceChart',
      () =>
        importanceChart(
          times(5000, (i) => ({ feature: long(i), mean: i })),
          { subtitle: 'of a forest' },
        ),
      /of a forest.*the first 25 of 5,?000 features/,
    ],
  ];
  let svgs: string[];
  beforeAll(() => {
    svgs = svgsOf(...figures.map(([, make]) => make()));
  });
  it.each(figures.map(([name, , says], i) => [name, i, says] as const))('%s', (_, i, says) => {
    const svg = svgs[i];
    expect(svg.length).toBeLessThan(1_050_000);
    expect(svg.replace(/<[^>]*>/g, '|')).toMatch(says);
  });
});

describe('histogramChart', () => {
  const bars = (svg: string) =>
    [...svg.matchAll(/aria-label="values: ([^;]*); rows: ([\d,]+)"/g)].map(([, values, rows]) => [
      values,
      rows,
    ]);

  it('draws one bar per integer', () => {
    const [svg] = svgsOf(histogramChart('a', [0, 0, 1, 2, 2, 2]));
    expect(bars(svg)).toEqual([
      ['0', '2'],
      ['1', '1'],
      ['2', '3'],
    ]);
  });

  it('draws the middle range, and reports values outside, whatever the subtitle', () => {
    const values = [...times(1000, (i) => Math.sin(i)), 1e9, 2e9, -5e6];
    const [middle, own, whole] = svgsOf(
      histogramChart('a', values),
      histogramChart('a', values, { subtitle: 'of mine' }),
      histogramChart('a', values, { wholeRange: true }),
    );
    const note = 'not shown: 1 below -1 (from -5,000,000), 2 above 1 (up to 2,000,000,000)';
    expect(middle).toContain('>1,003 rows<');
    expect(own).toContain('>of mine<');
    for (const svg of [middle, own]) {
      expect(svg).toContain(`>${note}<`);
      expect(bars(svg).length).toBeGreaterThan(8);
    }
    expect(whole).not.toContain('not drawn');
    expect(bars(whole).reduce((sum, [, rows]) => sum + Number(rows.replace(',', '')), 0)).toBe(1003);
  });

  it('draws no density above the bars', () => {
    const lines = (svg: string) => svg.match(/aria-roledescription="line mark"/g)?.length ?? 0;
    const [few, many] = svgsOf(
      histogramChart(
        'a',
        times(3000, (i) => i % 3),
      ),
      histogramChart(
        'a',
        times(3000, (i) => Math.sin(i)),
      ),
    );
    expect([lines(few), lines(many)]).toEqual([0, 1]);
  });
});

describe('names', () => {
  it('are stacked if they do not fit side by side', () => {
    const names = ['customers who have stayed with us', 'customers who have left us since'];
    const [long, short] = svgsOf(
      classDistributionChart(names.map((level) => ({ level, rows: 3 }))),
      classDistributionChart(['no', 'yes'].map((level) => ({ level, rows: 3 }))),
    );
    const heights = (svg: string, texts: string[]) =>
      texts.map((text) => svg.match(new RegExp(`translate\\([^,]*,([^)]*)\\)[^>]*>${text}<`))?.[1]);
    const [first, second] = heights(long, names);
    expect(Number(second) - Number(first)).toBeGreaterThan(15);
    const [no, yes] = heights(short, ['no', 'yes']);
    expect(no).toBe(yes);
  });

  it('are numbered if equal, and all are drawn', () => {
    const features = times(2, (k) => ({ feature: 'same', contributions: [1, -k], values: [1, 2] }));
    const matrix = { name: 'same', classes: ['a', 'b'], counts: times(2, () => [1, 2]) };
    const charts: ChartSpec[] = [
      rocChart([roc('same'), roc('same')]),
      importanceChart(times(2, (i) => ({ feature: 'same', mean: i }))),
      beeswarmChart(features),
      waterfallChart(
        times(2, (i) => ({ label: 'same', contribution: i })),
        { baseline: 0 },
      ),
      confusionChart([matrix, matrix]),
      classDistributionChart(times(2, (i) => ({ level: 'same', rows: i }))),
      levelShareChart(
        'a',
        times(2, (i) => ({ level: 'same', rows: i })),
      ),
      targetRateChart(relation('a', [bin('same'), bin('same')])),
      correlationChart({ columns: ['same', 'same'], values: times(2, () => [1, 0.5]) }),
      classificationReportChart({
        classes: times(2, () => ({ label: 'same', ...line })),
        accuracy: 1,
        macroAverage: line,
        weightedAverage: line,
      }),
    ];
    for (const svg of svgsOf(...charts)) {
      expect(svg).toMatch(/>same(<|:)/);
      expect(svg).toMatch(/>same \(2\)(<|:)/);
    }
  });

  it('may contain letters that no image supports', () => {
    const bad = 'a\u0000b\u0007c\nd\ud800e\uffff';
    const shown = 'a\\u0000b\\u0007c\\nd\\ud800e\\uffff';
    const charts: ChartSpec[] = [
      rocChart([roc(bad)], { title: bad, subtitle: bad }),
      histogramChart(bad, [1, 2, 3]),
      levelShareChart(bad, [{ level: bad, rows: 1 }]),
      missingChart(Table.fromColumns({ [bad]: [1, NaN] })),
      confusionChart([{ name: bad, classes: [bad, 'b'], counts: times(2, () => [1, 1]) }]),
      waterfallChart([{ label: bad, contribution: 1 }], { baseline: 0, measure: bad }),
      targetRateChart(relation(bad, [bin(bad)]), { positive: bad }),
      {
        mark: 'text',
        data: { values: [{ text: bad.replace('\n', '\\n') }] },
        encoding: { text: { field: 'text' } },
      },
    ];
    for (const svg of svgsOf(...charts)) expect(svg).toContain(shown);
    for (const { message, png } of rendered(charts.map((chart) => ({ chart, scale: 1 })))) {
      expect(message).toBeUndefined();
      expect(png.slice(1, 4)).toEqual([...Buffer.from('PNG')]);
    }
  });
});

it('more curves than colours differ by dashes', () => {
  const [svg] = svgsOf(rocChart(times(14, (k) => roc(`model ${k}`))));
  const looks = [
    ...svg.matchAll(/<path aria-label="(model \d+)[^>]*aria-roledescription="line mark"[^>]*>/g),
  ].map(([tag]) => `${/stroke="([^"]*)"/.exec(tag)?.[1]} ${/stroke-dasharray="([^"]*)"/.exec(tag)?.[1]}`);
  expect(looks).toHaveLength(14);
  expect(new Set(looks).size).toBe(14);
});

it('draws a beeswarm of 20,000 rows', () => {
  const n = 20_000;
  const features = times(8, (k) => ({
    feature: `f${k}`,
    contributions: times(n, (i) => Math.sin(i + k)),
    values: times(n, (i) => i),
  }));
  const { data } = beeswarmChart(features, { maxRows: n });
  expect(data).toMatchObject({ values: { length: 8 * n } });
});

describe('invalid data is one clear error', () => {
  const swarm = { feature: 'f', contributions: [1], values: [1] };
  const water = [{ label: 'a', contribution: 1 }];
  const table = Table.fromColumns({ a: [1] });
  const matrix = { columns: ['a'], values: [[1]] };
  const thresholds = { thresholds: [0.1, 0.5], precision: [1, 1, 1], recall: [1, 0.5, 0] };
  const counts = [
    [1, 2],
    [3, 4],
  ];
  const errors: [message: string, make: () => unknown][] = [
    ['top: expected an integer of at least 1, got 0', () => beeswarmChart([swarm], { top: 0 })],
    ['maxRows: expected an integer of at least 1, got NaN', () => beeswarmChart([swarm], { maxRows: NaN })],
    [
      'beeswarmChart: expected finite numbers as contributions of "f", got NaN at place 0',
      () => beeswarmChart([{ ...swarm, contributions: [NaN] }]),
    ],
    [
      'beeswarmChart: expected as many contributions of "g" as rows, got 2 and 1',
      () => beeswarmChart([swarm, { feature: 'g', contributions: [1, 2], values: [1, 2] }]),
    ],
    [
      'top: expected an integer of at least 1, got 2.5',
      () => importanceChart([{ feature: 'a', mean: 1 }], { top: 2.5 }),
    ],
    [
      'importanceChart: expected finite numbers as means, got NaN at place 1',
      () => importanceChart([1, NaN].map((mean) => ({ feature: 'a', mean }))),
    ],
    ['top: expected an integer of at least 1, got -1', () => waterfallChart(water, { baseline: 0, top: -1 })],
    ['baseline: expected a finite number, got NaN', () => waterfallChart(water, { baseline: NaN })],
    [
      'waterfallChart: expected finite numbers as contributions, got Infinity at place 0',
      () => waterfallChart([{ label: 'a', contribution: Infinity }], { baseline: 0 }),
    ],
    [
      'liftChart: expected finite numbers as lift of "a", got Infinity at place 1',
      () => liftChart([{ name: 'a', share: [0.5, 1], lift: [1, Infinity] }]),
    ],
    [
      'thresholdChart: expected a recall for each of 2 thresholds, got 1',
      () => thresholdChart({ ...thresholds, recall: [1] }),
    ],
    [
      'thresholdChart: expected finite numbers as precision, got NaN at place 1',
      () => thresholdChart({ ...thresholds, precision: [1, NaN] }),
    ],
    ['chosen: expected a number from 0 to 1, got NaN', () => thresholdChart(thresholds, { chosen: NaN })],
    ['maxBins: expected an integer from 1 to 500, got 0', () => histogramChart('a', [1], { maxBins: 0 })],
    ['maxBlocks: expected an integer of at least 1, got 0', () => missingChart(table, { maxBlocks: 0 })],
    [
      'maxColumns: expected an integer of at least 1, got NaN',
      () => missingChart(table, { maxColumns: NaN }),
    ],
    [
      'maxColumns: expected an integer of at least 1, got 0',
      () => correlationChart(matrix, { maxColumns: 0 }),
    ],
    [
      'correlationChart: expected as many columns as rows of values, got 2 and 1',
      () => correlationChart({ columns: ['a', 'b'], values: [[1]] }),
    ],
    [
      'rate: expected a number from 0 to 1, got 2',
      () => targetRateChart(relation('a', [bin('b')]), { rate: 2 }),
    ],
    [
      'classDistributionChart: expected finite numbers as rows of classes, got NaN at place 0',
      () => classDistributionChart([{ level: 'a', rows: NaN }]),
    ],
    [
      'confusionChart: expected the classes of "n" to be those of the first model, got "c" and not "b" at place 1',
      () =>
        confusionChart([
          { name: 'm', classes: ['a', 'b'], counts },
          { name: 'n', classes: ['a', 'c'], counts },
        ]),
    ],
    [
      'confusionChart: expected as many classes of "m" as counts in each row, got 2 and 1',
      () => confusionChart([{ name: 'm', classes: ['a', 'b'], counts: [[1], [2]] }]),
    ],
  ];
  it.each(errors)('%s', (message, make) => {
    expect(make).toThrow(message);
    expect(make).toThrow(expect.objectContaining({ name: 'ChurnError' }));
  });
});
