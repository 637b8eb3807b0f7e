import { createHash } from 'node:crypto';
import { Table } from '@churn/core';
import { browsed, inBrowser, why } from '../../test/report/browser.js';
import { profile } from '../profile/profile.js';
import { InertSvg, type Svg } from '../svg/svg.js';
import { SCRIPT, SCRIPT_HASH } from './page-parts.js';
import { createReport, type Report } from './report.js';

const HOSTILE = `<script>window.hacked = true</script>"'&</style><img src=x onerror="window.hacked = true">`;
const SVG = new InertSvg(
  '<svg width="9" height="9"><rect width="9" height="9" fill="#ffffff"/><g clip-path="url(#clip1)"/><clipPath id="clip1"/></svg>',
);

const x = Table.fromColumns({
  [HOSTILE]: [1, 2, 2, NaN, 5],
  '__proto__ plan': [HOSTILE, 'b', 'b', '', 'c'],
  empty: [NaN, NaN, NaN, NaN, NaN],
});

const report: Report = {
  title: `Report ${HOSTILE}`,
  subtitle: HOSTILE,
  sections: [
    {
      title: HOSTILE,
      blocks: [
        { kind: 'text', text: HOSTILE },
        { kind: 'list', items: [HOSTILE] },
        { kind: 'figures', figures: [{ label: HOSTILE, value: HOSTILE, note: HOSTILE }] },
        {
          kind: 'table',
          head: ['name', HOSTILE],
          rows: [
            [HOSTILE, 12345],
            ['a', 0.123456],
            ['b', { value: 12.5, text: '12.50' }],
          ],
          caption: HOSTILE,
        },
        { kind: 'chart', svg: SVG, alt: HOSTILE },
        { kind: 'chart', svg: SVG, alt: 'two' },
      ],
    },
    { title: 'Columns', blocks: [{ kind: 'columns', profile: profile(x) }] },
  ],
};

describe('createReport', () => {
  const html = createReport(report);

  it('escapes all data', () => {
    const outside = html
      .replace(/<script>[\s\S]*?<\/script>\n<\/body>/, '')
      .replace(/<style>[\s\S]*?<\/style>/, '');
    expect(outside).not.toMatch(/<script|<img|onerror="/);
    expect(outside.match(/&lt;script&gt;/g)?.length).toBeGreaterThan(12);
  });

  it('shows very large and very small numbers in scientific notation', () => {
    const values = Float64Array.of(1e300, 2e300, 3e-320);
    const wide = profile(Table.fromColumns({ values }));
    const page = createReport({
      ...report,
      sections: [{ title: 'Columns', blocks: [{ kind: 'columns', profile: wide }] }],
    });
    expect(page).toContain('2e+300');
    expect(page).not.toMatch(/\d{20}|,000,000,000,000,000/);
  });

  it('is one self-contained page, deterministically', () => {
    expect(createReport(report)).toBe(html);
    expect(html).not.toMatch(/(src|href)="(?!#|data:text\/csv;)/);
    expect(html).not.toMatch(/https?:/);
    expect(html).toContain("default-src 'none'");
  });

  it('links to each section, with unique names', () => {
    const ids = [...html.matchAll(/ id="([^"]+)"/g)].map(([, id]) => id);
    expect(new Set(ids).size).toBe(ids.length);
    for (const [, target] of html.matchAll(/href="#([^"]+)"/g)) expect(ids).toContain(target);
    expect(html).toContain('url(#c1-clip1)');
    expect(html).toContain('url(#c2-clip1)');
  });

  it('aligns numbers right, and removes the white background of charts', () => {
    expect(html).toContain('<td class="n" data-value="12345">12,345</td>');
    expect(html).toContain('data-value="0.123456">0.1235</td>');
    expect(html).toContain('<td class="n" data-value="12.5">12.50</td>');
    expect(html).not.toContain('fill="#ffffff"');
  });

  it('shows each column, with missing values, levels and statistics', () => {
    expect(html).toContain('<dd>1 (20.0%)</dd>');
    expect(html).toContain('<dd>1 to 5</dd>');
    expect(html).toContain('<span>b</span><b>40.0%</b>');
    expect(html).toContain('<dd>5 (100.0%)</dd>');
  });

  it('stays small for a wide table', () => {
    const columns = Object.fromEntries(Array.from({ length: 1000 }, (_, j) => [`c${j}`, [j, 1, 2, 3]]));
    const wide = createReport({
      title: 'wide',
      sections: [
        { title: 'columns', blocks: [{ kind: 'columns', profile: profile(Table.fromColumns(columns)) }] },
      ],
    });
    expect(wide.length).toBeLessThan(500_000);
    expect(wide).toContain('800 further columns are not shown');
  });

  it('folds a section under its heading, and offers the data of a chart', () => {
    const rows = [
      ['=1+1', 0.5],
      ['a,"b"', 1],
    ];
    const data = { name: 'roc', head: ['name', 'x'], rows };
    const page = createReport({
      title: 'a',
      sections: [{ title: 'Data', folded: true, blocks: [{ kind: 'chart', svg: SVG, alt: 'ROC', data }] }],
    });
    expect(page).toContain('<details class="fold"><summary><h2 id="h1">Data</h2></summary>');
    const [, address] = /download="roc\.csv" href="data:text\/csv;charset=utf-8,([^"]+)"/.exec(page) ?? [];
    const lines = decodeURIComponent(address.replaceAll('&#39;', "'")).split('\r\n');
    expect(lines).toEqual(['name,x', "'=1+1,0.5", '"a,""b""",1', '']);
  });

  it('offers charts by name', () => {
    const chart = { kind: 'chart' as const, svg: SVG, alt: 'a' };
    const charts = ['age', '<b>', 'age'].map((name) => ({ ...chart, name }));
    const page = createReport({
      title: 'a',
      sections: [{ title: 'Columns', blocks: [{ kind: 'choice', label: 'Column', charts }] }],
    });
    expect(page).toContain('<option value="0">age</option><option value="1">&lt;b&gt;</option>');
    expect(page.match(/<figure>/g)).toHaveLength(3);
    expect(page).toContain('data-places="0 1 0"');
    expect(page).toContain('url(#c3-clip1)');
  });

  it('runs only its own script', () => {
    const hash = createHash('sha256').update(String(SCRIPT)).digest('base64');
    expect(SCRIPT_HASH).toBe(`sha256-${hash}`);
    expect(html).toContain(`script-src '${SCRIPT_HASH}'"`);
  });

  it('rejects a report without sections, and images not made by renderSvg', () => {
    expect(() => createReport({ title: 'a', sections: [] })).toThrow(
      'createReport: expected sections, got none',
    );
    for (const svg of ['<svg/>', undefined, { toString: () => '<svg/>', inPage: () => '<p>' }]) {
      const sections = [
        { title: 'a', blocks: [{ kind: 'chart' as const, svg: svg as unknown as Svg, alt: 'a' }] },
      ];
      expect(() => createReport({ title: 'a', sections })).toThrow(/expected a picture of renderSvg/);
    }
  });
});

inBrowser(`a report in Chromium${why}`, () => {
  it('draws its charts, supports sorting and themes by keyboard, prints on white, sends nothing and runs no data', () => {
    expect(browsed('browse.mjs', createReport(report))).toEqual({
      hacked: false,
      messages: [],
      requests: [],
      charts: 2,
      sorted: ['0.1235', '12.50', '12,345'],
      sortedDown: ['12,345', '12.50', '0.1235'],
      light: 'rgb(246, 248, 250)',
      dark: 'rgb(18, 22, 27)',
      skip: '#content',
      overflows: false,
      isHeadApart: true,
      printed: {
        ground: 'rgb(255, 255, 255)',
        text: 'rgb(0, 0, 0)',
        contents: false,
        button: false,
        charts: 'none',
        pdf: '%PDF-',
      },
    });
  });
});
