import { Labels, Table } from '@churn/core';
import { type Rendered, rendered } from '../../test/render/rendered.js';
import { browsed, inBrowser, why } from '../../test/report/browser.js';
import { classificationReportChart } from '../charts/classification-report-chart.js';
import { confusionChart } from '../charts/confusion-chart.js';
import { correlationChart } from '../charts/correlation-chart.js';
import type { ChartSpec } from '../charts/figure.js';
import { histogramChart } from '../charts/histogram-chart.js';
import { importanceChart } from '../charts/importance-chart.js';
import { classDistributionChart, levelShareChart } from '../charts/level-chart.js';
import { missingChart } from '../charts/missing-chart.js';
import {
  calibrationChart,
  gainsChart,
  liftChart,
  precisionRecallChart,
  rocChart,
} from '../charts/model-curves.js';
import { beeswarmChart, waterfallChart } from '../charts/shap-charts.js';
import { targetRateChart } from '../charts/target-rate-chart.js';
import { thresholdChart } from '../charts/threshold-chart.js';
import { profile } from '../profile/profile.js';
import { InertSvg } from '../svg/svg.js';
import { createReport } from './report.js';

const RUN = `(globalThis.hacked=1,document.documentElement.setAttribute('hacked',1))`;
/** Texts that would run in some place of some document. */
const NAMES = [
  `<script>${RUN}</script>`,
  `</title></style></script></text></svg><script>${RUN}</script>`,
  `"><img src="https://a.example/1" onerror="${RUN}">`,
  `'><svg/onload=${RUN}>`,
  ` onclick="${RUN}" onload=${RUN} `,
  `" onpointermove="${RUN}" onmouseover="${RUN}`,
  `]]><script xmlns="http://www.w3.org/1999/xhtml">${RUN}</script><![CDATA[`,
  `--><script>${RUN}</script><!--`,
  `&lt;script&gt;${RUN}&lt;/script&gt;&#60;script&#62;`,
  `javascript:${RUN}`,
  'url(https://a.example/2)',
  `\ud800<script>${RUN}</script>\udc00`,
  `<\0script>${RUN}</script\u2028>\u001b]0;hacked\u0007`,
  `'+${RUN}+'`,
  `"+${RUN}+"`,
  `datum["a"]; ${RUN}`,
  `\${${RUN}}`,
  `<iframe srcdoc="<script>parent.${RUN}</script>">`,
  '<base href="https://a.example/"><link rel=stylesheet href="3"><meta http-equiv=refresh content="0;url=4">',
  '__proto__',
];

const some = NAMES.slice(0, 14);
const figures = { precision: 0.75, recall: 0.5, f1: 0.6, support: 8 };
const counts = NAMES.map((_, i) => NAMES.map((_, j) => i + j));
const bins = NAMES.map((level) => ({
  kind: 'level' as const,
  level,
  from: null,
  to: null,
  rows: 4,
  positives: 1,
  rate: 0.25,
  interval: [0.1, 0.5] as const,
}));

/** Every chart, with hostile text wherever it takes text. */
const name = NAMES.slice(0, 6).join(' ');
const charts: ChartSpec[] = [
  classDistributionChart(
    NAMES.map((level) => ({ level, rows: 3 })),
    { title: name, subtitle: name },
  ),
  levelShareChart(
    name,
    NAMES.map((level) => ({ level, rows: 3 })),
  ),
  histogramChart(name, [1, 2, 2, 3], { unit: name }),
  correlationChart({ columns: NAMES, values: NAMES.map(() => NAMES.map(() => 0.5)) }),
  targetRateChart({ name, auc: null, mutualInformation: 0, bins }, { rate: 0.4, positive: name }),
  missingChart(Table.fromColumns(Object.fromEntries(NAMES.map((each) => [each, [1, NaN]])))),
  rocChart(some.map((each) => ({ name: each, fpr: [0, 1], tpr: [0, 1], auc: 0.5 }))),
  precisionRecallChart(
    some.map((each) => ({ name: each, precision: [0.2, 1], recall: [1, 0], averagePrecision: 0.6 })),
  ),
  calibrationChart(some.map((each) => ({ name: each, probPred: [0.1, 0.9], probTrue: [0.2, 0.8] }))),
  gainsChart(some.map((each) => ({ name: each, share: [0, 1], gain: [0, 1] }))),
  liftChart(some.map((each) => ({ name: each, share: [0.1, 1], lift: [5, 1] }))),
  thresholdChart({ thresholds: [0.1], precision: [0.2, 1], recall: [1, 0] }, { chosen: 0.3, title: name }),
  confusionChart([{ name, classes: NAMES, counts }]),
  classificationReportChart(
    {
      classes: NAMES.map((label) => ({ label, ...figures })),
      accuracy: 0.7,
      macroAverage: figures,
      weightedAverage: figures,
    },
    { title: name },
  ),
  importanceChart(
    NAMES.map((feature) => ({ feature, mean: 1 })),
    { title: name, subtitle: name, measure: name },
  ),
  beeswarmChart(
    NAMES.map((feature) => ({ feature, contributions: [0.1, -0.2], values: [1, NaN] })),
    { title: name, measure: name },
  ),
  waterfallChart(
    NAMES.map((label) => ({ label, contribution: 1 })),
    { title: name, baseline: 0.5, measure: name },
  ),
];

/** Specifications that ask for more than a picture of shapes and text. */
const values = [{ a: NAMES[0], b: 1, url: 'https://a.example/x.png', js: `javascript:${RUN}` }];
const base = { data: { values }, width: 50, height: 50 };
const specs: Record<string, unknown> = {
  'a link': { ...base, mark: 'bar', encoding: { x: { field: 'b' }, href: { field: 'js' } } },
  'a link of a mark': {
    ...base,
    mark: { type: 'bar', href: `javascript:${RUN}` },
    encoding: { x: { field: 'b' } },
  },
  'a harmless link': {
    ...base,
    mark: { type: 'bar', href: 'https://a.example' },
    encoding: { x: { field: 'b' } },
  },
  'an image': { ...base, mark: 'image', encoding: { x: { field: 'b' }, url: { field: 'url' } } },
  'an image of a file': { ...base, mark: { type: 'image', url: 'file:///etc/passwd' } },
  'an image in itself': { ...base, mark: { type: 'image', url: 'data:image/svg+xml,<svg/>' } },
  'data from elsewhere': { ...base, data: { url: 'https://a.example/data.json' }, mark: 'bar' },
  'a colour from elsewhere': { ...base, mark: { type: 'bar', fill: 'url(https://a.example/p.svg#a)' } },
  'a colour from elsewhere, escaped': {
    ...base,
    mark: { type: 'bar', stroke: 'u\\72l(https://a.example/p.svg#a)' },
  },
  'a colour of an expression': {
    ...base,
    mark: { type: 'bar', fill: { expr: `'"><script>${'1'}</script>'` } },
  },
  'a ground from elsewhere': { ...base, background: 'url(https://a.example/)', mark: 'bar' },
  'a way of mixing': { ...base, mark: { type: 'bar', blend: 'url(https://a.example/)' } },
  'a path': { ...base, mark: { type: 'point', shape: 'M0,0L1,1"><script>1</script>' } },
  'a font': { ...base, mark: { type: 'text', font: '"><script>1</script>', text: 'a' } },
  'a role': { ...base, mark: { type: 'bar', ariaRole: '"><script>1</script>', description: 'a' } },
  'a tooltip': { ...base, mark: { type: 'bar', tooltip: NAMES[0] } },
  'a name': { ...base, name: NAMES[2], mark: 'bar', description: NAMES[2] },
  'an expression as text': {
    ...base,
    mark: { type: 'text', text: { expr: "datum.a + '<script>1</script>'" } },
  },
  'a cursor': { ...base, mark: { type: 'bar', cursor: 'url(https://a.example/c.cur)' } },
};

let drawn: Rendered[];

beforeAll(() => {
  drawn = rendered([...charts, ...Object.values(specs)].map((chart) => ({ chart })));
});

it.each(Object.keys(specs).map((title, i) => [title, i] as const))(
  'a specification with %s gives shapes and text, or is refused',
  (_, i) => {
    const { svg, code, message } = drawn[charts.length + i];
    if (svg === undefined) {
      expect(code).toBe('invalid-data');
      expect(message).toMatch(/^chart: cannot be drawn: /);
      return;
    }
    const tags = [...svg.matchAll(/<([^/][^\s/>]*)/g)].map(([, tag]) => tag);
    expect(tags).not.toEqual(expect.arrayContaining([expect.stringMatching(/script|image|^a$|style/)]));
    expect(svg.replace(/="[^"]*"/g, '').replace(/>[^<]*</g, '><')).not.toMatch(/\son\w+|href/);
    expect(svg).not.toMatch(/="[^"]*a\.example[^"]*"(?<!aria-label="[^"]*")/);
  },
);

it('defines what a chart must not contain', () => {
  const results = ['a link', 'an image'].map(
    (each) => drawn[charts.length + Object.keys(specs).indexOf(each)],
  );
  expect(results.map(({ message }) => message)).toEqual([
    expect.stringMatching(
      /^chart: cannot be drawn: charts cannot contain links or images such as javascript:/,
    ),
    'chart: cannot be drawn: charts cannot contain links or images such as https://a.example/x.png',
  ]);
});

inBrowser(`hostile text in Chromium${why}`, () => {
  it('is detected if it runs or sends a request', () => {
    const files = [
      { name: 'a.html', content: `<p>${NAMES[0]}</p>` },
      { name: 'b.html', content: '<img src="https://a.example/1" alt="">' },
      { name: 'c.svg', content: `<svg xmlns="http://www.w3.org/2000/svg"><g onclick="${RUN}"/></svg>` },
    ];
    expect(browsed('inert.mjs', JSON.stringify(files))).toEqual({
      opened: 3,
      happened: expect.arrayContaining([
        'a.html: a script ran',
        'b.html: https://a.example/1',
        'c.svg: a script ran',
      ]),
    });
  });

  it('runs nothing and requests nothing, in each image and in a report of all', () => {
    for (const { message } of drawn.slice(0, charts.length)) expect(message).toBeUndefined();
    const svgs = drawn.flatMap(({ svg }) => (svg === undefined ? [] : [svg]));
    const columns = Object.fromEntries(NAMES.map((name) => [name, NAMES]));
    const numbers = Object.fromEntries(NAMES.map((name, i) => [`${name} ${i}`, NAMES.map((_, j) => i * j)]));
    const table = Table.fromColumns({ ...columns, ...numbers });
    const y = Labels.from(NAMES.map((_, i) => (i % 2 === 0 ? NAMES[0] : NAMES[1])));
    const page = createReport({
      title: NAMES.join(),
      subtitle: NAMES.join(),
      sections: NAMES.map((name, i) => ({
        title: name,
        blocks: [
          { kind: 'text', text: name },
          { kind: 'list', items: NAMES },
          { kind: 'figures', figures: [{ label: name, value: name, note: name }] },
          { kind: 'table', head: [name, 'n'], rows: NAMES.map((each, j) => [each, j]), caption: name },
          ...svgs
            .filter((_, j) => j % NAMES.length === i)
            .map((svg) => ({ kind: 'chart' as const, svg: new InertSvg(svg), alt: name })),
          ...(i === 0
            ? [
                {
                  kind: 'columns' as const,
                  profile: profile(table, { target: { name: NAMES[1], values: y, positive: NAMES[0] } }),
                },
              ]
            : []),
        ],
      })),
    });
    const files = svgs.map((content, i) => ({ name: `${i}.svg`, content }));
    expect(browsed('inert.mjs', JSON.stringify([{ name: 'report.html', content: page }, ...files]))).toEqual({
      opened: files.length + 1,
      happened: [],
    });
  });
});
